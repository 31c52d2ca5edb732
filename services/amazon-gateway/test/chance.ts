import type { Clock } from '@orderbus/kernel';

/** Chance that a seed decides: the same seed, the same choices (mulberry32). */
export interface Chance {
  /** From 0 up to 1. */
  next(): number;
  pick<T>(from: readonly T[]): T;
  happens(probability: number): boolean;
}

export const chanceOf = (seed: number): Chance => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { next, pick: (from) => from[Math.floor(next() * from.length)] as never, happens: (probability) => next() < probability };
};

/** A clock on which days pass in seconds. */
export const fastClock = (factor: number): Clock => {
  const [began, startedAt] = [Date.now(), performance.now()];
  return { now: () => new Date(began + (performance.now() - startedAt) * factor) };
};
