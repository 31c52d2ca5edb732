import { createHash } from 'node:crypto';
import type { Execution } from '@orderbus/outbox';
import type { Log, Part } from '@orderbus/service-kit';
import { Cron } from 'croner';
import { latestFor } from '../domain/sweep.ts';
import { type PlannedSweep, planSweeps } from '../store/sweep-requests.ts';

export interface SweepPlannerOptions {
  readonly execution: Execution;
  readonly active: () => readonly { readonly store: { readonly id: string } }[];
  /** When to look for gaps, in UTC. */
  readonly pattern: string;
  /** How far back. */
  readonly windowMs: number;
  readonly log: Log;
}

/** The stores are spread over this time after the one on the schedule: each always at its own moment. */
const spreadMs = 3_600_000;

/** Plans the search for gaps of every store, also one that was due while nobody was there to plan it. */
export const sweepPlanner = ({ execution, active, pattern, windowMs, log }: SweepPlannerOptions): Required<Part> => {
  let cron: Cron | undefined;

  const plan = async (scheduledFor: Date): Promise<void> => {
    const until = latestFor(scheduledFor);
    const from = new Date(Date.parse(until) - windowMs).toISOString();
    const sweeps = active().map(
      ({ store }): PlannedSweep => ({ storeId: store.id, from, until, startsAt: momentOf(store.id, scheduledFor) }),
    );
    if (sweeps.length > 0) await planSweeps(execution.database, scheduledFor, sweeps);
  };
  const planSafely = (scheduledFor: Date | null | undefined): void => {
    if (!scheduledFor) return;
    plan(scheduledFor).catch((error: unknown) => log.error({ err: error }, 'the search for gaps could not be planned'));
  };

  return {
    name: 'gap sweeps',
    start: async () => {
      cron = new Cron(pattern, { timezone: 'UTC' }, (self: Cron) => planSafely(self.currentRun()));
      planSafely(cron.previousRuns(1)[0]);
    },
    stop: async () => cron?.stop(),
  };
};

const momentOf = (storeId: string, scheduledFor: Date): string => {
  const share = createHash('sha256').update(storeId).digest().readUInt32BE(0) / 2 ** 32;
  return new Date(scheduledFor.getTime() + share * spreadMs).toISOString();
};
