import type { Clock } from '@orderbus/kernel';

export interface AmazonClock extends Clock {
  /** Everything happens to the orders there that would have happened meanwhile. */
  pass(minutes: number): void;
}

/** After so long, orders that live by themselves have come to their end: nothing moves any more while it is being looked at. */
export const untilAllIsQuiet = 15;

/** The clock that Amazon goes by. It begins at a fixed instant, so that the same orders are sold each time. */
export const amazonClock = (): AmazonClock => {
  let aheadMs = Date.parse('2026-03-01T10:00:00Z') - Date.now();
  return {
    now: () => new Date(Date.now() + aheadMs),
    pass: (minutes) => {
      aheadMs += minutes * 60_000;
    },
  };
};
