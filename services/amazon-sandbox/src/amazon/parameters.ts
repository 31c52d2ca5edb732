import { invalidInput } from './amazon-error.ts';

/** The query of a request, as Express gives it: a parameter that comes twice is an array. */
export type RawQuery = Readonly<Record<string, unknown>>;

/** Every parameter once and known. A misspelt or outdated name (v0's `MarketplaceIds`) is refused, not ignored. */
export const singleParameters = (query: RawQuery, known: readonly string[]): Record<string, string> => {
  const single: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name)) throw invalidInput(name, value, `Member must be one of the parameters: [${known.join(', ')}]`);
    if (typeof value !== 'string') throw invalidInput(name, value, 'Member must appear once; lists are comma-separated');
    single[name] = value;
  }
  return single;
};

/** Milliseconds of an ISO 8601 time with a zone. An unencoded `+09:00` arrives as a blank and is refused, as by Amazon. */
export const timeParameter = (name: string, value: string | undefined): number | undefined => {
  if (value === undefined) return undefined;
  const time = isoPattern.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw invalidInput(name, value, 'Member must be a date-time in ISO 8601 format');
  return time;
};

export const listParameter = <T extends string>(
  name: string,
  value: string | undefined,
  allowed: readonly T[] | undefined,
  max = Number.POSITIVE_INFINITY,
): readonly T[] | undefined => {
  if (value === undefined) return undefined;
  const members = value.split(',');
  if (members.length > max) throw invalidInput(name, value, `Member must have length less than or equal to ${max}`);
  const wrong = members.find((member) => (allowed ? !(allowed as readonly string[]).includes(member) : member === ''));
  if (wrong !== undefined) {
    throw invalidInput(name, wrong, allowed ? `Member must satisfy enum value set: [${allowed.join(', ')}]` : 'Member must not be empty');
  }
  return members as T[];
};

export const countParameter = (name: string, value: string | undefined, min: number, max: number): number | undefined => {
  if (value === undefined) return undefined;
  const count = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!(count >= min && count <= max)) throw invalidInput(name, value, `Member must be an integer between ${min} and ${max}`);
  return count;
};

const isoPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
