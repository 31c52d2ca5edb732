import type { FulfillmentStatus, Pieces, WorldLine, WorldOrder } from './order.ts';

/** How many pieces of a line still have to be shipped. */
export const leftOf = (line: WorldLine): number => (line.cancelled ? 0 : line.quantity - line.shipped);

export const piecesLeft = ({ lines }: Pick<WorldOrder, 'lines'>): number => lines.reduce((sum, line) => sum + leftOf(line), 0);

/** Everything that still has to be shipped. */
export const restOf = ({ lines }: Pick<WorldOrder, 'lines'>): Pieces[] =>
  lines.filter((line) => leftOf(line) > 0).map((line) => ({ orderItemId: line.orderItemId, quantity: leftOf(line) }));

export const countedStatus = (lines: readonly WorldLine[]): FulfillmentStatus => {
  if (lines.every(({ cancelled }) => cancelled)) return 'CANCELLED';
  if (piecesLeft({ lines }) === 0) return 'SHIPPED';
  return lines.some(({ shipped }) => shipped > 0) ? 'PARTIALLY_SHIPPED' : 'UNSHIPPED';
};

/** Adds up the pieces of each line. */
export const quantitiesOf = (items: readonly Pieces[]): ReadonlyMap<string, number> => {
  const quantities = new Map<string, number>();
  for (const { orderItemId, quantity } of items) quantities.set(orderItemId, (quantities.get(orderItemId) ?? 0) + quantity);
  return quantities;
};
