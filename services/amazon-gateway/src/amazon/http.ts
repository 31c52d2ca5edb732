import { type as osType } from 'node:os';
import { AppError } from '@orderbus/kernel';
import { codes } from './amazon-error.ts';

export interface HttpAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
  readonly requestId: string | undefined;
  readonly retryAfter: string | undefined;
}

/** Required by Amazon, in this form. */
export const userAgent = `Orderbus/0.1 (Language=TypeScript/7.0; Platform=${osType()})`;

/**
 * One call, its JSON read. @throws AppError `amazon.unreachable`, or `amazon.garbled-answer` when a success is not JSON.
 */
export const call = async (url: string, init: RequestInit & { readonly signal: AbortSignal }): Promise<HttpAnswer> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'error' });
    const text = await response.text();
    const requestId = response.headers.get('x-amzn-requestid') ?? undefined;
    return {
      ok: response.ok,
      status: response.status,
      body: parse(text, response.ok, requestId),
      requestId,
      retryAfter: response.headers.get('retry-after') ?? undefined,
    };
  } catch (error) {
    if (error instanceof AppError || init.signal.aborted) throw error;
    const { cause } = error as { cause?: { code?: unknown } };
    throw new AppError('unavailable', codes.unreachable, { reason: String(cause?.code ?? (error as Error).message) }, { cause: error });
  }
};

const parse = (text: string, ok: boolean, requestId: string | undefined): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    if (!ok) return undefined;
    throw new AppError('unavailable', codes.garbled, { ...(requestId && { requestId }), length: text.length });
  }
};
