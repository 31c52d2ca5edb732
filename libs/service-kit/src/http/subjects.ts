import { z } from 'zod';
import type { ReadRequest } from '../access/rule.ts';
import { scrubText } from '../scrub.ts';
import type { Route } from './route.ts';

/** What a request is about, in ids: never a body, a search or a name. */
export interface Subjects {
  readonly subjects: readonly string[];
  readonly reason: string | undefined;
  /** The names of the fields that its body sets. */
  readonly fields: readonly string[];
}

export const subjectsOf = (route: Pick<Route, 'path' | 'body' | 'auditsReason'>, { params, query, body }: ReadRequest): Subjects => {
  const parts = [body].flat().filter(isRecord);
  const subjects = [
    ...idsIn(route.path, isRecord(params) ? params : {}, () => true),
    ...[query, ...parts].filter(isRecord).flatMap((part) => idsIn(route.path, part, isIdName)),
  ];
  const said = [...parts, query].filter(isRecord).flatMap(({ reason, purpose }) => [reason, purpose]);
  return {
    subjects: [...new Set(subjects)],
    reason: route.auditsReason ? said.find((text) => typeof text === 'string') : undefined,
    fields: fieldsOf(route.body, body),
  };
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isIdName = (name: string): boolean => /^(id|ids|sku|skus|tenant)$|(Id|Ids|Sku|Skus)$/.test(name);

/** What is part of a credential stays out, whatever it is called. */
const isSecretName = (name: string): boolean => /client|token|secret|password|session/i.test(name);

/** No mail address, no credential, and nothing as long as a text. */
const isIdValue = (value: unknown): value is string | number =>
  typeof value === 'number' || (typeof value === 'string' && /^[^@\p{Cc}]{1,120}$/u.test(value) && scrubText(value) === value);

const idsIn = (path: string, part: Record<string, unknown>, isId: (name: string) => boolean): string[] =>
  Object.entries(part)
    .filter(([name]) => isId(name) && !isSecretName(name))
    .flatMap(([name, values]) =>
      [values]
        .flat()
        .filter(isIdValue)
        .map((value) => `${kindOf(name, path)}:${value}`),
    );

/** `orderId` and `orderIds` are of an order; what is called `id`, `ids` or `code` is of what the path names in front of it. */
const kindOf = (name: string, path: string): string => {
  if (name === 'tenant') return 'store';
  if (!/^(id|ids|code)$/.test(name)) return name.replace(/Ids?$/, '').replace(/s$/, '');
  const segments = path.split('/');
  const parameter = segments.indexOf(`:${name}`);
  return singular((parameter > 0 ? segments[parameter - 1] : segments[1]) ?? '');
};

const singular = (plural: string): string => plural.replace(/ies$/, 'y').replace(/(ses|s)$/, (end) => (end === 'ses' ? 's' : ''));

const fieldsOf = (schema: z.ZodType | undefined, body: unknown): string[] =>
  schema instanceof z.ZodObject && isRecord(body) ? Object.keys(body).filter((name) => name in schema.shape) : [];
