import { AppError } from '@orderbus/kernel';
import type { Reason } from '../../domain/reason.ts';

/** A target that may not be called, is not found, or does not answer in time. */
export class NotCallable extends AppError {
  /** Without anything of the URL but its host. */
  readonly reason: Reason;

  constructor(code: 'target.forbidden' | 'target.unknown' | 'target.too-late', reason: Reason) {
    super(code === 'target.too-late' ? 'unavailable' : 'invalid', code, { why: reason.words });
    this.reason = reason;
  }
}
