import type { LedgerLine, Order, OrderLine, Reservation, Return } from '../facts.ts';

export interface Item {
  readonly line: OrderLine;
  /** Absent for what has not become an order. */
  readonly units: LedgerLine | undefined;
  readonly returned: number;
  readonly stock: Reservation['lines'][number] | undefined;
  /** Why it is missing. */
  readonly missing: Order['blockReasons'][number] | undefined;
}

/** Each line with what became of its units here and in the stock. */
export const itemsOf = (
  { lines, ledger, blockReasons }: Pick<Order, 'lines' | 'ledger' | 'blockReasons'>,
  reservation: Reservation | undefined,
  returns: readonly Return[] = [],
): readonly Item[] =>
  lines.map((line) => ({
    line,
    units: ledger.find(({ lineId }) => lineId === line.lineId),
    returned: returns
      .flatMap((one) => one.lines)
      .filter(({ lineId }) => lineId === line.lineId)
      .reduce((sum, { quantity }) => sum + quantity, 0),
    stock: reservation?.lines.find(({ lineId }) => lineId === line.lineId),
    missing: blockReasons.find(({ sku }) => sku === line.sku),
  }));

/** The tax of a line, whether it is added to the prices or contained in them. */
export const taxOf = ({ amounts, taxes }: OrderLine): number | undefined => {
  if (!taxes?.included) return amounts?.taxMinor;
  return taxes.itemMinor + taxes.shippingMinor + taxes.giftWrapMinor + taxes.discountMinor + taxes.otherMinor;
};
