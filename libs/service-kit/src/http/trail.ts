import type { ReadRequest } from '../access/rule.ts';

/** What one request leaves in the audit log. */
export interface Trail {
  /** Has its work to be on record before it is done? */
  readonly isKept: boolean;
  /** On record before the work. @throws AppError `unavailable`: then there is no work. */
  asks(request: ReadRequest, stores: readonly string[]): Promise<void>;
  /** What it was answered. What was on record already is completed behind the answer; anything else is put there in front of it. */
  answered(status: number): Promise<void>;
  failed(error: unknown): Promise<void>;
}
