import { AppError } from '@orderbus/kernel';
import { codes, inWords, needsPerson } from '../amazon/amazon-error.ts';
import { refusedPauseMs } from '../amazon/certainty.ts';
import type { Failure } from '../store/sync-cursor.ts';

/** What a failed pass means for the next ones of its store: how long nothing is asked, unless it is worth trying at the next poll. */
export const failureOf = (error: unknown): Failure => {
  const { code, details } = error instanceof AppError ? error : { code: 'unexpected', details: {} as AppError['details'] };
  const words = inWords(error);
  if (needsPerson(code)) return { code, words, pauseMs: refusedPauseMs };
  const waits = code === codes.quota || code === codes.budget;
  return {
    ...{ code, words },
    ...(waits && typeof details.retryAfterMs === 'number' && { pauseMs: details.retryAfterMs }),
    ...(code === codes.budget && { isWait: true }),
  };
};
