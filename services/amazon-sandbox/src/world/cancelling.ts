import { free } from './amounts.ts';
import type { Canceller, LineAmounts, Pieces, WorldLine, WorldOrder } from './order.ts';
import { countedStatus, quantitiesOf } from './quantities.ts';

/** The whole order. What it would have cost stays known to the sandbox; nobody else sees it any more. */
export const cancelOrder = (order: WorldOrder, by: Canceller, reason: string): WorldOrder => ({
  ...order,
  status: 'CANCELLED',
  lines: order.lines.map((line) => ({ ...line, cancelled: line.cancelled ?? { by, reason } })),
});

/** Pieces that were not shipped. The buyer does not pay for them: the amounts of the line shrink with its quantity. */
export const cancelPieces = (order: WorldOrder, items: readonly Pieces[], by: Canceller, reason: string): WorldOrder => {
  const quantities = quantitiesOf(items);
  const lines = order.lines.map((line) => {
    const quantity = quantities.get(line.orderItemId) ?? 0;
    if (quantity === 0) return line;
    return quantity === line.quantity ? { ...line, amounts: free, cancelled: { by, reason } } : shrunk(line, line.quantity - quantity);
  });
  return { ...order, lines, status: countedStatus(lines) };
};

const shrunk = (line: WorldLine, quantity: number): WorldLine => {
  const share = (amount: number): number => Math.floor((amount * quantity) / line.quantity);
  const amounts = Object.fromEntries(Object.entries(line.amounts).map(([name, amount]) => [name, share(amount)])) as unknown as LineAmounts;
  return { ...line, quantity, amounts, ...(line.points !== undefined && { points: share(line.points) }) };
};
