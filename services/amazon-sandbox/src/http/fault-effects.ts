import type { NextFunction, Response } from 'express';
import { type AmazonError, internalFailure, quotaExceeded, serviceUnavailable, unauthorized } from '../amazon/amazon-error.ts';
import type { FaultAfter, FaultBefore } from './fault-kinds.ts';

/** What the caller gets instead of an answer. */
export const failInstead = (response: Response, fault: FaultBefore, next: NextFunction): void => {
  switch (fault.kind) {
    case 'error':
      next(errorOf(fault.status));
      break;
    case 'forbidden':
      next(unauthorized(''));
      break;
    case 'hang':
      break;
    case 'reset':
      response.socket?.resetAndDestroy();
      break;
    case 'malformed':
      response.type('application/json').send('{"orders":[{"orderId":"111-');
  }
};

/**
 * Watches for the end of the answer, and then asks whether a fault spoils it. Only a success is spoilt: a refusal had no effect. What has no
 * body cannot be truncated.
 */
export const spoilAnswer = (response: Response, pick: (possible: (fault: FaultAfter) => boolean) => FaultAfter | undefined): void => {
  const { end } = response;
  response.end = ((...args: Parameters<typeof end>) => {
    response.end = end;
    const [body] = args as unknown[];
    const text = typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.from(body as string) : undefined;
    const fault = response.statusCode < 300 ? pick(({ kind }) => kind !== 'truncated' || (text?.length ?? 0) > 1) : undefined;
    return fault ? spoil(response, fault, text) : end.apply(response, args);
  }) as typeof end;
};

/** Goes on after a delay, unless the caller has gone meanwhile. */
export const later = (response: Response, delayMs: number | undefined, goOn: () => void): void => {
  if (delayMs === undefined) {
    goOn();
    return;
  }
  const timer = setTimeout(goOn, delayMs);
  response.once('close', () => clearTimeout(timer));
};

const spoil = (response: Response, fault: FaultAfter, body: Buffer | undefined): Response => {
  switch (fault.kind) {
    case 'hang-after-effect':
      return response;
    case 'reset-after-effect':
      response.socket?.resetAndDestroy();
      return response;
    case 'truncated':
      response.write(body?.subarray(0, body.length >> 1), () => response.socket?.destroy());
      return response;
    case 'error-after-effect': {
      const error = errorOf(fault.status);
      return response.status(error.status).set('x-amzn-ErrorType', error.code).json(error.body);
    }
  }
};

const errorOf = (status: 429 | 500 | 503): AmazonError => {
  switch (status) {
    case 429:
      return quotaExceeded();
    case 500:
      return internalFailure();
    case 503:
      return serviceUnavailable();
  }
};
