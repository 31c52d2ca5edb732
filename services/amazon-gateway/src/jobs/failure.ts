import { AppError } from '@orderbus/kernel';
import { codes, needsPerson } from '../amazon/amazon-error.ts';
import { refusedPauseMs } from '../amazon/certainty.ts';
import type { Failure } from '../store/sync-cursor.ts';
import { refusalOf } from './refusal.ts';

/** What a failed pass means for the next ones of its store: how long nothing is asked, unless it is worth trying at the next poll. */
export const failureOf = (error: unknown): Failure => {
  const refusal = refusalOf(error);
  const { code } = refusal;
  if (needsPerson(code)) return { ...refusal, pauseMs: refusedPauseMs };
  const retryAfterMs = error instanceof AppError ? error.details.retryAfterMs : undefined;
  const waits = code === codes.quota || code === codes.budget;
  return {
    ...refusal,
    ...(waits && typeof retryAfterMs === 'number' && { pauseMs: retryAfterMs }),
    ...(code === codes.budget && { isWait: true }),
  };
};
