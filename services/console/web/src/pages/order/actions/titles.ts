import type { Order } from '../facts.ts';
import type { QuantityLine } from './Lines.tsx';

/** What is left of lines, with what they are called. */
export const linesLeft = (
  order: Pick<Order, 'lines'>,
  left: readonly { readonly lineId: string; readonly quantity: number }[],
): QuantityLine[] =>
  left.map(({ lineId, quantity }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    return { lineId, most: quantity, title: line?.title ?? lineId, sku: line?.sku ?? '' };
  });

export const titleOf = (order: Pick<Order, 'lines'>, lineId: string): string =>
  order.lines.find((one) => one.lineId === lineId)?.title ?? lineId;
