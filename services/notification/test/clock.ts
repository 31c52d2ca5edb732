import type { Clock } from '@orderbus/kernel';

/** Goes as every clock does, and can be put forward. */
export interface TestClock extends Clock {
  advance(ms: number): void;
  /** To the next moment at which a clock in UTC shows this time: `06:00`. */
  advanceTo(time: string): void;
}

export const testClock = (): TestClock => {
  let ahead = 0;
  const now = (): Date => new Date(Date.now() + ahead);
  return {
    now,
    advance: (ms) => {
      ahead += ms;
    },
    advanceTo: (time) => {
      const next = new Date(`${now().toISOString().slice(0, 10)}T${time}:00Z`);
      ahead += (next.getTime() - now().getTime() + 86_400_000) % 86_400_000;
    },
  };
};
