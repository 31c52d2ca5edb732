import { z } from 'zod';
import { AmazonError } from './amazon-error.ts';

/** @throws AmazonError 400 naming the fields that are missing, of the wrong type, unknown or wrong. */
export const readBody = <T extends z.ZodType>(schema: T, body: unknown): z.output<T> => {
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  const { issues } = result.error;
  const complaints = [
    complaint('missing required fields', issues.filter(isMissing).map(pathOf)),
    complaint('fields with invalid type', issues.filter((issue) => isOfWrongType(issue) && !isMissing(issue)).map(pathOf)),
    complaint('unknown fields', issues.flatMap(unknownPaths)),
    ...issues.filter((issue) => !isOfWrongType(issue) && issue.code !== 'unrecognized_keys').map(({ message }) => message),
  ];
  const message = complaints.filter((text) => text !== undefined).join('; ');
  throw new AmazonError(400, 'InvalidInput', message, message);
};

/** A rule with Amazon's own words. */
export const text = (rule: string, isValid: (value: string) => boolean = (value) => value.trim() !== '') =>
  z.string().refine(isValid, rule);

const complaint = (what: string, fields: readonly string[]): string | undefined =>
  fields.length > 0 ? `${what} [${fields.join(', ')}]` : undefined;

const pathOf = ({ path }: z.core.$ZodIssue): string => path.join('.') || 'body';

const isOfWrongType = (issue: z.core.$ZodIssue): boolean => issue.code === 'invalid_type';

const isMissing = (issue: z.core.$ZodIssue): boolean => isOfWrongType(issue) && issue.input === undefined;

const unknownPaths = (issue: z.core.$ZodIssue): string[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key].join('.')) : [];
