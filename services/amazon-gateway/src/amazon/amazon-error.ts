import { AppError, type ErrorKind } from '@orderbus/kernel';
import { scrubText } from '@orderbus/service-kit';
import { codes } from './codes.ts';
import { type HttpAnswer, jsonOf } from './http.ts';

export { codes } from './codes.ts';

/** What an answer means that is not a success: `code` is ours, the rest is Amazon's own, unless it repeats what is secret. */
export const spApiError = (answer: HttpAnswer, secret?: string): AppError => {
  const [first] = (bodyOf(answer) as { errors?: unknown[] } | undefined)?.errors ?? [];
  const { code, message, details } = (first ?? {}) as Record<string, unknown>;
  return refusalOf(answer, meaningOf(answer.status), { code, words: [message, details], ...(secret !== undefined && { secret }) });
};

/** Login with Amazon's answer to a refused token request: `{error, error_description}`. */
export const lwaError = (answer: HttpAnswer): AppError => {
  const { status } = answer;
  const { error, error_description: description } = (bodyOf(answer) ?? {}) as Record<string, unknown>;
  const isRefused = status >= 400 && status < 500 && status !== 429;
  const words = [error, description].filter((part) => typeof part === 'string').join(': ');
  return refusalOf(answer, isRefused ? ['conflict', codes.loginRefused] : meaningOf(status), { code: error, words: [words] });
};

/** Expired tokens come as 403, with nothing but the words to tell them from a lack of permission. */
export const saysExpired = (error: unknown): boolean =>
  error instanceof AppError && error.code === codes.denied && /access token.*expired/i.test(String(error.details.amazonSays));

/** Does it say that Amazon is ill? Throttling, answers that blame the call, and callers that hang up do not. */
export const isIllness = (error: unknown): boolean =>
  !(error instanceof AppError) || (error.kind === 'unavailable' && !healthy.includes(error.code));

const healthy: readonly string[] = [codes.quota, codes.budget, codes.aborted, codes.document];

/** Only a person can help: the seller's authorization, the application's roles, its secret. */
export const needsPerson = (code: string): boolean => code === codes.denied || code === codes.loginRefused;

/** One sentence for the operator. */
export const inWords = (error: unknown): string => {
  if (!(error instanceof AppError)) return error instanceof Error ? error.message.slice(0, 500) : 'Unknown error';
  const { amazonSays, requestId, name } = error.details;
  const sentence = sentences[error.code] ?? error.code;
  return [sentence, amazonSays && `Amazon says: ${amazonSays}`, requestId && `(request ${requestId})`, !amazonSays && name && `(${name})`]
    .filter(Boolean)
    .join(' ');
};

const sentences: Readonly<Record<string, string>> = {
  [codes.invalid]: 'Amazon does not accept our request.',
  [codes.denied]: "Amazon denies access: the seller's authorization or a role of the application is missing.",
  [codes.loginRefused]: 'Login with Amazon refuses the credentials: client id, client secret or refresh token.',
  [codes.quota]: 'Amazon throttles us: the quota is used up, the store pauses.',
  [codes.budget]: 'The quota that Amazon grants is used up for now; it goes on as soon as there is some again.',
  [codes.ill]: 'Amazon has a problem; it is tried again.',
  [codes.unreachable]: 'Amazon cannot be reached; it is tried again.',
  [codes.garbled]: 'Amazon answered with something that is not what its model says; it is tried again.',
  [codes.document]: 'Amazon does not take or give the document of a feed at the address it has named; a new one is asked for.',
  [codes.circle]: 'Amazon sent the same page token twice; the window is read again.',
  'billing.unreachable': 'The billing service, which writes the document, cannot be reached; it is tried again.',
  'billing.unexpected-answer': 'The billing service does not give the document; it is tried again.',
  'billing.no-such-document': 'The billing service has no such document; it is tried again.',
  'billing.not-a-pdf': 'What the billing service gives is no PDF; it is tried again.',
  'billing.document-too-large': 'The document is larger than the 10 MiB that Amazon takes.',
  [codes.leaseLost]: 'The process that was to send it was held up for too long: it did not send it.',
  'circuit.open': 'Too many calls have failed; Amazon is left alone for a moment.',
  'call.timeout': 'Amazon did not answer in time; it is tried again.',
};

const meaningOf = (status: number): [ErrorKind, string] => {
  if (status === 401 || status === 403) return ['conflict', codes.denied];
  if (status === 404) return ['not-found', 'amazon.not-found'];
  if (status === 413) return ['too-large', 'amazon.request-too-large'];
  if (status === 429) return ['unavailable', codes.quota];
  if (status >= 500) return ['unavailable', codes.ill];
  if (status === 400) return ['invalid', codes.invalid];
  return ['bug', 'amazon.unexpected-status'];
};

const refusalOf = (
  { status, requestId, retryAfterMs }: HttpAnswer,
  [kind, code]: readonly [ErrorKind, string],
  said: { readonly code: unknown; readonly words: readonly unknown[]; readonly secret?: string },
): AppError => {
  const words = [...new Set(said.words)].filter((word) => typeof word === 'string' && word !== '').join(' ');
  return new AppError(kind, code, {
    status,
    ...(words && { amazonSays: repeats(words, said.secret) ? withheld : quotable(words) }),
    ...(typeof said.code === 'string' && said.code !== '' && { amazonCode: quotable(said.code).slice(0, 100) }),
    ...(requestId && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
};

/** Amazon's words are kept, shown and sent on: not so what they may repeat of a buyer's mail address or of a token. */
const quotable = (text: string): string => scrubText(text).replace(mailAddress, '[e-mail]').slice(0, 500);

/** Do the words contain a piece of it? Amazon likes to quote the value that it does not accept. */
const repeats = (words: string, secret = ''): boolean => {
  const [said, hidden] = [plain(words), plain(secret)];
  if (hidden === '') return false;
  if (hidden.length <= piece) return said.includes(hidden);
  for (let at = 0; at + piece <= said.length; at += 1) if (hidden.includes(said.slice(at, at + piece))) return true;
  return false;
};

const piece = 12;
const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();
const withheld = 'It repeats the message: its words are not kept.';

const mailAddress = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[a-z]{2,}/gi;

/** A refusal is understood by its status: what does not parse says no more. */
const bodyOf = (answer: HttpAnswer): unknown => {
  try {
    return jsonOf(answer);
  } catch {
    return undefined;
  }
};
