/** What the kind of an error means to everyone: the HTTP caller and the message retry. */
export const errorKinds = {
  invalid: { http: 400, retry: false },
  'not-found': { http: 404, retry: false },
  conflict: { http: 409, retry: false },
  'too-large': { http: 413, retry: false },
  'not-yet': { http: 409, retry: true },
  unavailable: { http: 503, retry: true },
  bug: { http: 500, retry: false },
} as const satisfies Record<string, { http: number; retry: boolean }>;

export type ErrorKind = keyof typeof errorKinds;

/** One field of an input that is wrong, named by its path: `items.0.quantity`. */
export interface FieldIssue {
  readonly field: string;
  readonly message: string;
  /** What the message says, for whoever says it in another language: `field.too-long`, and what it tells by name. */
  readonly code?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** An error with a kind (what to do about it), a code (what it is) and details that name the thing. Details never hold buyer data. */
export class AppError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(kind: ErrorKind, code: string, details: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(`${code}${Object.keys(details).length > 0 ? ` ${JSON.stringify(details)}` : ''}`, options);
    this.name = 'AppError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

/** PostgreSQL and network failures that pass by themselves: serialization, deadlock, connection loss, shutdown, too many connections. */
const transientCode = /^(40001|40P01|55P03|08\d{3}|57P0\d|53\d{3}|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
const transientMessage =
  /connection terminated|timeout exceeded when trying to connect|connection closed|client has encountered a connection error|query runner (?:was )?already released/i;

/** Is it worth trying again, without anything having been changed by a person? Unknown errors are not: they are bugs until classified. */
export const isTransient = (error: unknown): boolean => {
  if (error instanceof AppError) return errorKinds[error.kind].retry;
  if (!Error.isError(error)) return false;
  const code = (error as { code?: unknown }).code ?? (error as { driverError?: { code?: unknown } }).driverError?.code;
  return (typeof code === 'string' && transientCode.test(code)) || transientMessage.test(error.message);
};
