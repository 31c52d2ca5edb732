import type { LineQuantity, OrderLine } from '@orderbus/contracts';
import type { Order, OrderState } from './order.ts';
import { noUnits, type Units } from './quantities.ts';

type Ledger = Order['ledger'];

/** Remembers the most that was ever ordered of each line, whichever snapshot said so, and however late it came. */
export const withOrdered = (ledger: Ledger, lines: readonly OrderLine[]): Ledger => {
  const higher = lines.filter(({ lineId, quantity }) => quantity > (ledger[lineId]?.ordered ?? -1));
  if (higher.length === 0) return ledger;
  return {
    ...ledger,
    ...Object.fromEntries(higher.map(({ lineId, quantity }) => [lineId, { ...(ledger[lineId] ?? noUnits), ordered: quantity }])),
  };
};

/** What became of the units, from all that is known: the same whatever came first. */
export const booked = (order: OrderState): Ledger => {
  const lines = new Map(order.lines.map((line) => [line.lineId, line]));
  const sent = sumOf(Object.values(order.parcels).flatMap((parcel) => parcel.lines));
  const refunds = Object.values(order.refunds).filter(({ accepted }) => accepted);
  const refunded = sumOf(refunds.flatMap((refund) => refund.lines));
  const unshipped = sumOf(refunds.filter((refund) => refund.unshipped).flatMap((refund) => refund.lines));
  const invoices = Object.values(order.billed).filter(({ kind, canceled }) => kind === 'invoice' && !canceled);
  const isAllInvoiced = invoices.some((invoice) => invoice.lines === null);
  const invoiced = sumOf(invoices.flatMap((invoice) => invoice.lines ?? []));

  const unitsOf = (lineId: string, { ordered }: Units): Units => {
    const line = lines.get(lineId);
    const atAmazon = order.shippedAtAmazon ? line?.quantity : line?.quantityShipped;
    // Without any lines, Amazon has not told them; a line that is missing among others is canceled.
    const canceled = lines.size === 0 ? 0 : ordered - (line?.quantity ?? 0);
    return {
      ordered,
      canceled,
      // Units that are canceled after they were invoiced count as canceled.
      invoiced: isAllInvoiced ? ordered - canceled : Math.min(invoiced.get(lineId) ?? 0, ordered - canceled),
      shipped: Math.max(atAmazon ?? 0, sent.get(lineId) ?? 0),
      refunded: refunded.get(lineId) ?? 0,
      refundedUnshipped: unshipped.get(lineId) ?? 0,
    };
  };
  return Object.fromEntries(Object.entries(order.ledger).map(([lineId, units]) => [lineId, unitsOf(lineId, units)]));
};

const sumOf = (lines: readonly LineQuantity[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { lineId, quantity } of lines) sums.set(lineId, (sums.get(lineId) ?? 0) + quantity);
  return sums;
};
