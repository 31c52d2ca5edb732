import { isNativeError } from 'node:util/types';

const redacted = '[redacted]';

/** Keys whose values no log line may hold: credentials, and whatever names or locates a buyer. */
const forbiddenKey =
  /^(authorization|proxy-authorization|cookie|set-cookie|token|sealed|e-?mail|phone.*|gift_?message|.*password.*|.*passwd.*|.*secret.*|.*(api|private|signing|sealing|orderbus)_?-?keys?.*|.*(refresh|access|id|session|bearer|restricted_?data)[-_]?token.*|.*buyer.*|.*recipient.*|.*customer.*|.*address.*)$/i;

/** Passwords in URLs, credentials in query strings and forms, bearer tokens, Login-with-Amazon tokens, our API keys, tokens that are JWTs. */
const credentials: readonly (readonly [RegExp, string])[] = [
  [/:\/\/([^\s/:@"]{0,256}):[^\s"]{1,512}@/g, `://$1:${redacted}@`],
  [/\b((?:access_token|refresh_token|client_secret|password|api_key)=)[^&\s"]+/gi, `$1${redacted}`],
  [/\b(Bearer )[\w.~+/|=-]+/g, `$1${redacted}`],
  [/\bAtz[arm]\|[\w|.~+/=-]+/g, redacted],
  [/\bobk_[\w-]+/g, redacted],
  [/\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/g, redacted],
];

/** The same text without the credentials in it. Safe for connection URLs in messages, and for whole log lines. */
export const scrubText = (text: string): string => credentials.reduce((clean, [pattern, instead]) => clean.replace(pattern, instead), text);

/** A copy for the log: forbidden keys censored at any depth, errors as plain objects. Deeper than 8 levels is cut off. */
export const scrubFields = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> => scrubObject(fields, 0);

/**
 * An error as fields. Only properties known to be harmless are kept: drivers put parameters and row contents on their errors
 * (`detail: Key (email)=(…) already exists`).
 */
const errorFields = (error: Error, depth: number): Record<string, unknown> => {
  const fields: Record<string, unknown> = { type: error.constructor.name, message: error.message, stack: error.stack };
  for (const name of ['code', 'kind', 'status', 'syscall', 'schema', 'table', 'column', 'constraint'] as const) {
    const value = (error as unknown as Record<string, unknown>)[name];
    if (typeof value === 'string' || typeof value === 'number') fields[name] = value;
  }
  const { details } = error as { details?: unknown };
  if (typeof details === 'object' && details !== null) fields.details = scrubValue(details, depth + 1);
  if (isNativeError(error.cause)) fields.cause = scrubValue(error.cause, depth + 1);
  const { errors } = error as { errors?: unknown };
  if (Array.isArray(errors)) fields.errors = errors.map((inner) => scrubValue(inner, depth + 1));
  return fields;
};

const maxDepth = 8;

const scrubObject = (fields: object, depth: number): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [
      key,
      forbiddenKey.test(key) && value !== undefined && value !== null ? redacted : scrubValue(value, depth + 1),
    ]),
  );

const scrubValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth > maxDepth) return '[deep]';
  if (isNativeError(value)) return errorFields(value, depth);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => scrubValue(item, depth + 1));
  if (value instanceof Map || value instanceof Set) return `[${value.size} items]`;
  return scrubObject(value, depth);
};
