import { AppError } from '@orderbus/kernel';
import { codes, inWords, needsPerson } from '../amazon/amazon-error.ts';
import type { Failure } from '../store/sync-cursor.ts';

/** searchOrders is granted once in 179 seconds, and its throttled answers do not say when. */
const documentedPauseMs = 179_000;

/** Nothing changes by itself: asked now and then, or when a person says so. */
const refusedPauseMs = 3_600_000;

/** What a failed pass means for the next ones of its store. */
export const failureOf = (error: unknown, random = Math.random()): Failure => {
  const code = error instanceof AppError ? error.code : 'unexpected';
  const words = inWords(error);
  if (code === codes.quota) {
    const { retryAfterMs } = (error as AppError).details;
    const pauseMs = typeof retryAfterMs === 'number' ? retryAfterMs : documentedPauseMs;
    return { code, words, pauseMs: Math.round(pauseMs * (1 + random / 10)) };
  }
  return { code, words, ...(needsPerson(code) && { pauseMs: refusedPauseMs }) };
};
