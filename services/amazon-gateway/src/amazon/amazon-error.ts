import { AppError, type ErrorKind } from '@orderbus/kernel';

/** An answer of Amazon's that is not a success, as it came. */
export interface Refusal {
  readonly status: number;
  readonly body: unknown;
  readonly requestId: string | undefined;
  readonly retryAfter: string | undefined;
}

/** What an answer means: `code` is ours, `message` and `details` are Amazon's own words. */
export const spApiError = ({ status, body, requestId, retryAfter }: Refusal): AppError => {
  const [kind, code] = meaningOf(status);
  const { message, details } = firstErrorOf(body);
  return new AppError(kind, code, {
    status,
    ...(message && { amazonSays: [message, details].filter(Boolean).join(' ').slice(0, 500) }),
    ...(requestId && { requestId }),
    ...(code === codes.quota && { retryAfterMs: readRetryAfter(retryAfter) }),
  });
};

/** Login with Amazon's answer to a refused token request: `{error, error_description}`. */
export const lwaError = ({ status, body, retryAfter }: Refusal): AppError => {
  const { error, error_description: description } = (body ?? {}) as { error?: unknown; error_description?: unknown };
  const words = [error, description].filter((part) => typeof part === 'string').join(': ');
  const [kind, code]: [ErrorKind, string] =
    status >= 400 && status < 500 && status !== 429 ? ['conflict', codes.loginRefused] : meaningOf(status);
  return new AppError(kind, code, {
    status,
    ...(words && { amazonSays: words.slice(0, 500) }),
    ...(code === codes.quota && { retryAfterMs: readRetryAfter(retryAfter) }),
  });
};

export const codes = {
  invalid: 'amazon.invalid-input',
  denied: 'amazon.access-denied',
  loginRefused: 'amazon.login-refused',
  quota: 'amazon.quota-exceeded',
  ill: 'amazon.internal-failure',
  unreachable: 'amazon.unreachable',
  garbled: 'amazon.garbled-answer',
  circle: 'amazon.token-repeats',
} as const;

/** Expired tokens come as 403, with nothing but the words to tell them from a lack of permission. */
export const saysExpired = (error: unknown): boolean =>
  error instanceof AppError && error.code === codes.denied && /access token.*expired/i.test(String(error.details.amazonSays));

/** Does it say that Amazon is ill? Throttling and answers that blame the call do not. */
export const isIllness = (error: unknown): boolean =>
  !(error instanceof AppError) || (error.kind === 'unavailable' && error.code !== codes.quota);

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
  [codes.ill]: 'Amazon has a problem; it is tried again.',
  [codes.unreachable]: 'Amazon cannot be reached; it is tried again.',
  [codes.garbled]: 'Amazon answered with something that is not what its model says; it is tried again.',
  [codes.circle]: 'Amazon sent the same page token twice; the window is read again.',
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

/** Seconds or a date; nothing when it says neither. */
const readRetryAfter = (header: string | undefined): number | undefined => {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
};

const firstErrorOf = (body: unknown): { message: string; details: string } => {
  const [first] = (body as { errors?: unknown[] } | undefined)?.errors ?? [];
  const { message, details } = (first ?? {}) as { message?: unknown; details?: unknown };
  return { message: typeof message === 'string' ? message : '', details: typeof details === 'string' ? details : '' };
};
