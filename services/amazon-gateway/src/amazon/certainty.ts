import { AppError } from '@orderbus/kernel';
import { codes, needsPerson } from './amazon-error.ts';

/**
 * What a failed call means for whoever wanted it to happen.
 * - `refused`: Amazon has said no to this very request, and would say so again.
 * - `not-sent`: it surely did not happen, and may later.
 * - `unknown`: it may have happened. Nothing is sent again before Amazon has been read.
 */
export type CallOutcome = 'refused' | 'not-sent' | 'unknown';

/** Whatever is not known to be one of the others is unknown. */
export const outcomeOf = (error: unknown): CallOutcome => {
  if (!(error instanceof AppError)) return 'unknown';
  const { code, details } = error;
  if (details.sent === false || code === 'circuit.open' || needsPerson(code) || code === codes.quota) return 'not-sent';
  return refusing.has(details.status) ? 'refused' : 'unknown';
};

/** The answers that are about the request itself. */
const refusing: ReadonlySet<unknown> = new Set([400, 404, 413, 415]);

/** When a call that was not sent may be tried again. */
export const retryAt = (error: unknown, now: Date): Date => {
  const { code, details } = error instanceof AppError ? error : { code: '', details: {} as Record<string, unknown> };
  const afterMs = needsPerson(code) ? refusedPauseMs : details.retryAfterMs;
  return new Date(now.getTime() + (typeof afterMs === 'number' ? afterMs : hiccupMs));
};

/** Nothing changes by itself when a seller's authorization is missing: asked now and then, or when a person says so. */
export const refusedPauseMs = 3_600_000;

const hiccupMs = 15_000;
