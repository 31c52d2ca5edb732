import type { FieldIssue } from '@orderbus/kernel';
import type { z } from 'zod';

type Coded = Pick<FieldIssue, 'code' | 'facts'>;

const own = new Map<string, string>();

/** A message of our own in a schema, with the code that it is known by: `z.iso.date(said('field.not-date', 'Expected a day'))`. */
export const said = (code: string, message: string): string => {
  own.set(message, code);
  return message;
};

/** By which code others know what a schema says; nothing where it says it in words that have none. */
export const issueCode = (issue: z.core.$ZodIssue): Coded => {
  const code = own.get(issue.message);
  if (code !== undefined) return { code };
  return isZodsOwn(issue.message) ? codeOf(issue) : {};
};

/** A schema with words of its own says more than the kind of its rule. */
const isZodsOwn = (message: string): boolean =>
  /^(Invalid (input|option|string|ISO|email|URL|UUID)|Too (big|small): expected)\b/.test(message);

const codeOf = (issue: z.core.$ZodIssue): Coded => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.endsWith('received undefined')) return { code: 'field.missing' };
      return issue.expected === 'int' || issue.expected === 'number' ? { code: `field.not-${issue.expected}` } : {};
    case 'invalid_format':
      return issue.format in formats ? { code: formats[issue.format] as string } : { code: 'field.format' };
    case 'invalid_value':
      return { code: 'field.not-one-of', facts: { values: issue.values.map(String).join(', ') } };
    case 'too_big':
      return limit('most', issue.origin, Number(issue.maximum), issue.inclusive);
    case 'too_small':
      return limit('least', issue.origin, Number(issue.minimum), issue.inclusive);
    default:
      return {};
  }
};

const formats: Readonly<Record<string, string>> = {
  email: 'field.not-email',
  url: 'field.not-url',
  date: 'field.not-date',
  datetime: 'field.not-moment',
  uuid: 'field.not-id',
};

const counted: Readonly<Record<string, string>> = { string: 'characters', array: 'entries' };

/** `field.most-characters`, `field.least-entries`, `field.most`, `field.more-than`. */
const limit = (side: 'most' | 'least', origin: string, bound: number, inclusive = true): Coded => {
  const what = counted[origin];
  if (what !== undefined) return { code: `field.${side}-${what}`, facts: { count: bound } };
  if (inclusive) return { code: `field.${side}`, facts: { bound } };
  return { code: side === 'most' ? 'field.less-than' : 'field.more-than', facts: { bound } };
};
