import type { AmazonRefusal, LineQuantity } from '@orderbus/contracts';
import type { Facts, LineFacts } from './facts.ts';
import type { Picture } from './write-kind.ts';

/** What speaks against any parcel and any pickup of this order, whatever is in it; in words that say what to do. */
export const objectionToOrder = ({ fulfilledBy, status, facts }: Picture): AmazonRefusal | undefined => {
  const programs = facts?.programs ?? [];
  if (fulfilledBy === 'amazon')
    return {
      code: 'order.fulfilled-by-amazon',
      words: 'Amazon ships this order from its own warehouse: do not send it, a parcel cannot be told.',
    };
  if (programs.includes('non-amazon'))
    return { code: 'order.not-sold-on-amazon', words: 'This order was not sold on Amazon: tell the shop that sold it.' };
  if (status === 'canceled') return { code: 'order.canceled', words: 'The order is canceled at Amazon: stop the parcel.' };
  return undefined;
};

/** What our picture of the order says against it, and what a look at the order may change. */
export const obstacleOfOrder = ({ status, facts }: Picture): AmazonRefusal | undefined => {
  if (facts === null) return { code: 'order.not-read', words: 'The lines of this order are not known yet: it is read first.' };
  if (status === 'pending')
    return {
      code: 'order.pending',
      words: 'Amazon has not released this order yet. Keep the parcel, and tell it again when the order is unshipped.',
    };
  return undefined;
};

/** Lines that the order does not have, or that are named twice. */
export const objectionToLines = (lines: readonly LineQuantity[], facts: Facts | null): AmazonRefusal | undefined => {
  const twice = lines.find(({ lineId }, n) => lines.findIndex((line) => line.lineId === lineId) < n);
  if (twice) return { code: 'line.twice', words: `Line ${twice.lineId} is named twice: add its units up.`, facts: { line: twice.lineId } };
  const unknown = facts && lines.find(({ lineId }) => !lineOf(facts, lineId));
  if (unknown)
    return {
      code: 'line.unknown',
      words: `The order has no line ${unknown.lineId}: look at what was packed.`,
      facts: { line: unknown.lineId },
    };
  return undefined;
};

export const lineOf = (facts: Facts, lineId: string): LineFacts | undefined => facts.lines.find((line) => line.lineId === lineId);
