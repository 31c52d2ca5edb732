import type { StuckAnswer } from './reason.ts';

type Looked = Pick<StuckAnswer, 'stuck'>;

/** Not all that is in an order's way is an event of the order: the store, the broker, the installation, and what has waited for a minute. */
const mostMs = 30_000;
/** A try takes a moment. */
const afterMs = 2_000;

/** When it is worth asking again: soon after the next try of anything, after half a minute at most. */
export const nextLookMs = (looked: Looked | undefined, now: number): number => {
  const reasons = looked?.stuck ? [looked.stuck, ...looked.stuck.behind] : [];
  const tries = reasons.flatMap(({ nextAttemptAt }) => (nextAttemptAt === undefined ? [] : [Date.parse(nextAttemptAt) - now]));
  return Math.min(mostMs, ...tries.filter((inMs) => inMs > 0).map((inMs) => inMs + afterMs));
};
