import type { ParkedError, Settlement } from './port.ts';
import { delayAfter } from './retry.ts';

/** What a broker has to do for one delivery. A copy is confirmed before the original is acknowledged. */
export type Deed =
  | { readonly act: 'forget' }
  | {
      readonly act: 'copy-to-delay';
      readonly delayMs: number;
      readonly attempt: number;
      readonly reason: string;
      readonly error?: ParkedError;
    }
  | { readonly act: 'copy-to-parked'; readonly reason: string; readonly error?: ParkedError };

/** From the fate that the handler chose to what must be done about it. */
export const settle = (attempt: number, settlement: Settlement, retryDelaysMs: readonly number[]): Deed => {
  if (settlement.fate === 'done') return { act: 'forget' };
  const why = { reason: settlement.reason, ...(settlement.error && { error: settlement.error }) };
  if (settlement.fate === 'park') return { act: 'copy-to-parked', ...why };
  const delayMs = delayAfter(attempt, retryDelaysMs);
  if (delayMs === 'exhausted') return { act: 'copy-to-parked', ...why };
  return { act: 'copy-to-delay', delayMs, attempt: attempt + 1, ...why };
};
