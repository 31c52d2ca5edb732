import { AppError } from '@orderbus/kernel';

/** What went wrong with a call, in words. Messages of libraries are not passed on: nobody knows what they hold. */
export const wordsFor = (error: unknown, name: string): string => {
  if (error instanceof AppError && typeof error.details.why === 'string') return error.details.why;
  const code = codeOf(error);
  const known = words.find(([pattern]) => pattern.test(code));
  return `${name} ${known?.[1] ?? 'could not be called'}${code === '' ? '' : ` (${code})`}`;
};

const words: readonly (readonly [RegExp, string])[] = [
  [/^ENOTFOUND$|^ENODATA$/, 'has no address'],
  [/^EAI_AGAIN$|^ESERVFAIL$|^ETIMEOUT$|^EREFUSED$/, 'could not be looked up'],
  [/^ECONNREFUSED$/, 'refuses connections'],
  [/^ECONNRESET$|^EPIPE$|^UND_ERR_SOCKET$/, 'has broken the connection off'],
  [/^UND_ERR_CONNECT_TIMEOUT$|^ETIMEDOUT$/, 'could not be reached in time'],
  [/^EHOSTUNREACH$|^ENETUNREACH$|^EADDRNOTAVAIL$/, 'cannot be reached'],
  [/CERT|SIGNATURE|^UNABLE_TO|^HOSTNAME_MISMATCH$/, 'has no certificate that can be trusted'],
  [/^EPROTO$|^ERR_SSL/, 'does not speak TLS'],
  [/^HPE_|^UND_ERR/, 'does not speak HTTP as it should'],
];

/** Codes are words of Node and its libraries, never of the other side. */
const codeOf = (error: unknown): string => {
  if (!Error.isError(error)) return '';
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
};
