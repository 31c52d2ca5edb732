/** Money that has moved, as Amazon's books show it. */
export interface Booking {
  /** Amazon's name of it. */
  readonly transactionId: string;
  readonly currency: string;
  /** What the buyer got back. */
  readonly amountMinor: number;
  readonly settledAt: string;
}

/** A refund that Amazon has paid, or may have. */
export interface Unbooked {
  readonly commandId: string;
  readonly currency: string;
  readonly amountMinor: number;
  /** When it was sent for the first time: what was booked before is another one. */
  readonly since: string;
  /** By this they take their turns, if several are of one amount. Null: nobody knows whether it was accepted; it comes last. */
  readonly acceptedAt: string | null;
}

/** What Amazon's books say about one transaction of an order, as far as it concerns refunds. */
export interface Transaction extends Omit<Booking, 'amountMinor'> {
  /** What the buyer got; and, as some accounts show no parts, all that moved. */
  readonly amountsMinor: readonly number[];
}

/** How far apart Amazon's clock and ours may be. */
const clockToleranceMs = 300_000;

/**
 * Which refund each transaction settles: it says only how much, and when. One settles one refund; of several with the same amount, the
 * one that was accepted first comes first. `taken`: transactions that have settled one already.
 */
export const matchBookings = (
  refunds: readonly Unbooked[],
  transactions: readonly Transaction[],
  taken: ReadonlySet<string>,
): { readonly commandId: string; readonly booking: Booking }[] => {
  const free = new Map(
    transactions
      .filter(({ transactionId }) => !taken.has(transactionId))
      .toSorted((a, b) => compare(a.settledAt, b.settledAt) || compare(a.transactionId, b.transactionId))
      .map((transaction) => [transaction.transactionId, transaction]),
  );
  return refunds
    .toSorted(
      (a, b) => compare(a.acceptedAt ?? last, b.acceptedAt ?? last) || compare(a.since, b.since) || compare(a.commandId, b.commandId),
    )
    .flatMap((refund) => {
      const found = [...free.values()].find((transaction) => fits(refund, transaction));
      if (!found) return [];
      const { transactionId, currency, settledAt } = found;
      free.delete(transactionId);
      return [{ commandId: refund.commandId, booking: { transactionId, currency, amountMinor: refund.amountMinor, settledAt } }];
    });
};

const fits = ({ currency, amountMinor, since }: Unbooked, transaction: Transaction): boolean =>
  transaction.currency === currency &&
  transaction.amountsMinor.includes(amountMinor) &&
  Date.parse(transaction.settledAt) >= Date.parse(since) - clockToleranceMs;

const last = '9999';

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
