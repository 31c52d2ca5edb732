import type { CancelReason, LineQuantity } from '@orderbus/contracts';
import type { LineFacts } from './facts.ts';
import { type Check, isObstacle, type KnownPicture, known, type Obstacle, obstacle, obstacleForNow, shipmentOf } from './feed-check.ts';
import type { Picture } from './write-kind.ts';

/** What somebody wants to cancel. Without lines, the whole order. */
export interface Cancellation {
  readonly reason: CancelReason;
  readonly lines?: readonly LineQuantity[] | undefined;
}

/** Amazon has one way for whole orders and another one for single units. */
export type CancellationPlan =
  | { readonly way: 'order'; readonly lineIds: readonly string[] }
  | { readonly way: 'units'; readonly lines: readonly LineQuantity[] };

/**
 * How Amazon is to be asked. The way for whole orders refunds everything once a unit has been shipped, so it is taken for orders of which
 * nothing has been; units that are all that is left of such an order go this way as well.
 */
export const planCancellation = ({ lines }: Cancellation, picture: Picture): Check<CancellationPlan> => {
  if (picture.status === 'canceled') return { done: { code: 'order.canceled-already', words: 'The order is canceled already.' } };
  const order = known(picture);
  if (isObstacle(order)) return { obstacle: order };
  const inTheWay = obstacleOf(order) ?? (lines && obstacleOfLines(order, lines));
  if (inTheWay) return { obstacle: inTheWay };
  const isUntouched = shipmentOf(order) === 'none' && order.facts.lines.every(({ quantityShipped }) => quantityShipped === 0);
  if (lines && !(isUntouched && isAllThatIsLeft(order.facts.lines, lines))) return { plan: { way: 'units', lines } };
  if (isUntouched) return { plan: { way: 'order', lineIds: order.facts.lines.map(({ lineId }) => lineId) } };
  return {
    obstacle: obstacleForNow(
      'cancellation.partly-shipped',
      'Units of this order have been shipped: cancel those that remain, line by line, and refund the others.',
    ),
  };
};

const obstacleOf = ({ status }: KnownPicture): Obstacle | undefined => {
  if (status === 'unshipped' || status === 'partially-shipped') return undefined;
  if (status === 'pending')
    return obstacleForNow(
      'order.pending',
      'Amazon has not released this order yet, and cancels none that is pending. Ask again when it is unshipped.',
    );
  if (status === 'shipped') return obstacleForNow('order.shipped', 'Everything has been shipped: refund the order instead.');
  return obstacleForNow('order.not-cancelable', `The order is ${status} at Amazon: it cannot be canceled from here.`, { atAmazon: status });
};

const obstacleOfLines = ({ facts }: KnownPicture, wanted: readonly LineQuantity[]): Obstacle | undefined => {
  const seen = new Set<string>();
  for (const { lineId, quantity } of wanted) {
    const line = facts.lines.find((each) => each.lineId === lineId);
    if (!line) return obstacleForNow('line.unknown', `The order has no line ${lineId}.`, { line: lineId });
    if (seen.has(lineId)) return obstacle('line.twice', `Line ${lineId} is named twice: add its units up.`, { line: lineId });
    seen.add(lineId);
    const remaining = remainingOf(line);
    if (quantity > remaining)
      return obstacleForNow('cancellation.too-many', `${quantity} units of line ${lineId} are to be canceled, ${remaining} remain.`, {
        ...{ line: lineId, units: quantity },
        left: remaining,
      });
  }
  return undefined;
};

const remainingOf = ({ quantity, quantityShipped }: LineFacts): number => Math.max(0, quantity - quantityShipped);

const isAllThatIsLeft = (lines: readonly LineFacts[], wanted: readonly LineQuantity[]): boolean =>
  lines.every(
    (line) => remainingOf(line) === 0 || wanted.some(({ lineId, quantity }) => lineId === line.lineId && quantity === remainingOf(line)),
  );
