import { type as osType } from 'node:os';
import { AppError } from '@orderbus/kernel';
import { codes } from './codes.ts';

export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly bytes: Buffer;
  readonly requestId: string | undefined;
  /** How long to wait, if the answer says so. */
  readonly retryAfterMs: number | undefined;
  /** Calls per second that are granted, if the answer says so. */
  readonly rateLimit: number | undefined;
}

/** Required by Amazon, in this form, 500 characters at most. */
export const userAgent = `Orderbus/0.1 (Language=TypeScript/7.0; Platform=${osType()})`;

/** One call. @throws AppError `amazon.unreachable`, with `sent: false` when not a byte of it can have left. */
export const call = async (url: string, init: RequestInit & { readonly signal: AbortSignal }): Promise<HttpAnswer> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'error' });
    const bytes = Buffer.from(await response.arrayBuffer());
    const { headers, ok, status } = response;
    return {
      ok,
      status,
      bytes,
      requestId: headers.get('x-amzn-requestid') ?? undefined,
      retryAfterMs: retryAfterOf(headers),
      rateLimit: rateOf(headers.get('x-amzn-ratelimit-limit')),
    };
  } catch (error) {
    if (init.signal.aborted) throw error;
    const { cause } = error as { cause?: { code?: unknown } };
    const reason = String(cause?.code ?? (error as Error).message);
    throw new AppError('unavailable', codes.unreachable, { reason, ...(neverLeft(cause) && { sent: false }) }, { cause: error });
  }
};

/** The body as JSON; nothing if there is none. @throws AppError `amazon.garbled-answer` */
export const jsonOf = ({ bytes, requestId }: HttpAnswer): unknown => {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new AppError('unavailable', codes.garbled, { ...(requestId && { requestId }), bytes: bytes.length });
  }
};

/** Seconds, or a date: counted from the answer's own date, whatever our clock says. */
const retryAfterOf = (headers: Headers): number | undefined => {
  const header = headers.get('retry-after');
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1_000), longestPauseMs) : undefined;
};

const longestPauseMs = 3_600_000;

const rateOf = (header: string | null): number | undefined => {
  const rate = Number(header ?? Number.NaN);
  return rate > 0 && rate <= 10_000 ? rate : undefined;
};

/**
 * Is it certain, from the reason of a failed connection, that not a byte of the request was sent? There was no name, no connection,
 * no secure channel; or there was one that nothing was ever written to.
 */
const neverLeft = (reason: unknown): boolean => {
  const { code, syscall, message, socket, errors } = (reason ?? {}) as ConnectionError;
  // Several addresses were tried.
  if (errors !== undefined && errors.length > 0) return errors.every(neverLeft);
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || untrusted.test(code ?? '')) return true;
  if (message?.includes('before secure TLS connection was established')) return true;
  return socket?.bytesWritten === 0;
};

interface ConnectionError {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
  readonly errors?: readonly unknown[];
  readonly socket?: { readonly bytesWritten?: number };
}

/** The certificate is looked at before anything is said. */
const untrusted = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER))/;
