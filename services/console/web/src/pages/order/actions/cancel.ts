import type { operations } from '../../../api/generated/order.d.ts';
import type { Order } from '../facts.ts';
import { isAll, namedLines, type Quantities } from './invoice.ts';

export type CancelBody = operations['postOrdersByOrderIdCancel']['requestBody']['content']['application/json'];
export type CancelReason = CancelBody['reason'];

export const cancelReasons: readonly CancelReason[] = [
  'no-inventory',
  'buyer-canceled',
  'undeliverable-address',
  'customer-exchange',
  'pricing-error',
];

export const cancelable = ({ ledger }: Pick<Order, 'ledger'>): { lineId: string; quantity: number }[] =>
  ledger.filter(({ toCancel }) => toCancel > 0).map(({ lineId, toCancel }) => ({ lineId, quantity: toCancel }));

/** What is missing here is the reason more often than not; and what the buyer asks for, where he does. */
export const likelyReason = ({
  cancelRequested,
  blockReasons,
  addressIssues,
}: Pick<Order, 'cancelRequested' | 'blockReasons' | 'addressIssues'>): CancelReason => {
  if (cancelRequested) return 'buyer-canceled';
  if (blockReasons.length > 0) return 'no-inventory';
  return addressIssues.length > 0 ? 'undeliverable-address' : 'no-inventory';
};

export const cancelBody = (order: Pick<Order, 'ledger'>, reason: CancelReason, quantities: Quantities): CancelBody => {
  const lines = namedLines(quantities, cancelable(order));
  return { reason, ...(lines === undefined ? {} : { lines }) };
};

/** Nothing of the order will be left: Amazon cancels it as a whole. */
export const isWholeOrder = ({ ledger }: Pick<Order, 'ledger'>, quantities: Quantities): boolean =>
  isAll(quantities, cancelable({ ledger })) && ledger.every(({ shipped }) => shipped === 0);
