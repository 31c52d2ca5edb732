import type { Reason } from '../../domain/reason.ts';
import { NotCallable } from './not-callable.ts';

/** What went wrong with a call. Messages of libraries are not passed on: nobody knows what they hold. */
export const reasonOf = (error: unknown, host: string): Reason => {
  if (error instanceof NotCallable) return error.reason;
  const heard = codeOf(error);
  if (heard === '') return { code: 'target.not-called', words: `${host} could not be called`, facts: { host } };
  const { code, words } = failures.find(({ by }) => by.test(heard)) ?? { code: 'target.failed', words: 'could not be called' };
  return { code, words: `${host} ${words} (${heard})`, facts: { host, heard } };
};

const failures: readonly (Reason & { readonly by: RegExp })[] = [
  { by: /^ENOTFOUND$|^ENODATA$/, code: 'target.has-no-address', words: 'has no address' },
  { by: /^EAI_AGAIN$|^ESERVFAIL$|^ETIMEOUT$|^EREFUSED$/, code: 'target.not-looked-up', words: 'could not be looked up' },
  { by: /^ECONNREFUSED$/, code: 'target.refuses', words: 'refuses connections' },
  { by: /^ECONNRESET$|^EPIPE$|^UND_ERR_SOCKET$/, code: 'target.breaks-off', words: 'has broken the connection off' },
  { by: /^UND_ERR_CONNECT_TIMEOUT$|^ETIMEDOUT$/, code: 'target.not-reached-in-time', words: 'could not be reached in time' },
  { by: /^EHOSTUNREACH$|^ENETUNREACH$|^EADDRNOTAVAIL$/, code: 'target.not-reachable', words: 'cannot be reached' },
  {
    by: /CERT|SIGNATURE|^UNABLE_TO|^HOSTNAME_MISMATCH$/,
    code: 'target.without-certificate',
    words: 'has no certificate that can be trusted',
  },
  { by: /^EPROTO$|^ERR_SSL/, code: 'target.without-tls', words: 'does not speak TLS' },
  { by: /^HPE_|^UND_ERR/, code: 'target.without-http', words: 'does not speak HTTP as it should' },
];

/** Codes are words of Node and its libraries, never of the other side. */
const codeOf = (error: unknown): string => {
  if (!Error.isError(error)) return '';
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') return code;
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return codeOf(error.cause);
};
