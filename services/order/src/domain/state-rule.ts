import type { State } from './lifecycle.ts';
import type { Money } from './money.ts';
import { toInvoice, toShip, type Units } from './quantities.ts';

/**
 * Where an order goes by itself, after everything that happens to it.
 * `complete` once all of it is invoiced and nothing is left to be shipped. `closed` once, besides, all the money has gone back.
 * As long as something is to be invoiced it stays where it is. There are no unpaid invoices: Amazon has taken the money before.
 */
export const automaticState = (state: State, lines: readonly Units[], money: Money): State => {
  if (!reaches[state] || canInvoice(lines, money)) return state;
  const isFulfilled = lines.every((line) => toShip(line) === 0);
  if (!isFulfilled) return state;
  if (isRefunded(lines, money)) return 'closed';
  // Nothing to ship and nothing shipped, an order for nothing, is for Amazon to end.
  return lines.some(({ shipped }) => shipped > 0) ? 'complete' : state;
};

/** An order without a price needs no invoice. */
export const canInvoice = (lines: readonly Units[], { grandTotalMinor }: Money): boolean =>
  grandTotalMinor > 0 && lines.some((line) => toInvoice(line) > 0);

/** There is no money that could still go back, and there was some, or units, that did. */
const isRefunded = (lines: readonly Units[], { refundedMinor, refundableMinor }: Money): boolean =>
  refundableMinor === 0 && (refundedMinor > 0 || lines.some(({ refunded }) => refunded > 0));

/** The states that the rule leads out of. Stock that is still missing does not keep what was shipped elsewhere from being complete. */
const reaches: Readonly<Record<State, boolean>> = {
  pending: false,
  new: true,
  blocked: true,
  processing: true,
  held: false,
  complete: true,
  closed: false,
  canceled: false,
};
