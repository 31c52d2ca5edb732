import type { OrderState } from './order.ts';

/** An order's money, in the minor unit of its currency. */
export interface Money {
  readonly grandTotalMinor: number;
  readonly invoicedMinor: number;
  /** Amazon has taken the buyer's money before we see the order: what is invoiced is paid. */
  readonly paidMinor: number;
  readonly dueMinor: number;
  /** What Amazon has accepted to pay back. */
  readonly refundedMinor: number;
  /** The most that is left to pay back. */
  readonly refundableMinor: number;
  /** What will never be paid because the order was canceled; it stands in place of what is due. */
  readonly canceledMinor: number;
}

type Paid = Pick<OrderState, 'grandTotalMinor' | 'billed' | 'refunds' | 'state'>;

export const moneyOf = ({ grandTotalMinor, billed, refunds, state }: Paid): Money => {
  const total = grandTotalMinor ?? 0;
  const paid = Object.values(billed)
    .filter(({ canceled }) => !canceled)
    .reduce((sum, { kind, totalMinor }) => sum + (kind === 'invoice' ? totalMinor : -totalMinor), 0);
  const refunded = Object.values(refunds).reduce((sum, refund) => sum + (refund.accepted ? refund.totalMinor : 0), 0);
  const open = Math.max(total - paid, 0);
  return {
    grandTotalMinor: total,
    invoicedMinor: paid,
    paidMinor: paid,
    dueMinor: state === 'canceled' ? 0 : open,
    refundedMinor: refunded,
    refundableMinor: Math.max(paid - refunded, 0),
    canceledMinor: state === 'canceled' ? open : 0,
  };
};
