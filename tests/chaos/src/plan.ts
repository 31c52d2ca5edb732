import { type Random, randomOf } from '@orderbus/tests-system/random';
import type { Fault } from './fault.ts';

/** One fault of a storm, and how long the shop may work in peace before it. */
export interface Step {
  readonly fault: Fault;
  readonly pauseMs: number;
  /** The chance of this step alone: it does not depend on what was played before. */
  readonly random: Random;
}

/** A storm: one fault after the other, as this seed has it. It is longer than it takes: the clock ends it. */
export const stormOf = (seed: number, minutes: number, faults: readonly Fault[]): Step[] => {
  const random = randomOf(seed, 'storm');
  // Faults that need long to be over would be the whole storm.
  const candidates = faults.filter(({ patience }) => patience === undefined);
  return Array.from({ length: Math.ceil(minutes * 20) }, (_, n) => ({
    fault: random.pick(candidates),
    pauseMs: random.int(500, 4_000),
    random: randomOf(seed, `storm/${n}`),
  }));
};

/** What is played together before the judge looks: each alone, or some at a time when there is little time. */
export const roundsOf = (faults: readonly Fault[], together: number): Fault[][] =>
  Array.from({ length: Math.ceil(faults.length / together) }, (_, n) => faults.slice(n * together, (n + 1) * together));
