import { newId } from '@orderbus/kernel';
import { type Execution, execute, type Target } from '@orderbus/outbox';
import { every, type Log, type Part } from '@orderbus/service-kit';
import { needsPerson } from '../amazon/amazon-error.ts';
import { datasetRefused } from '../domain/datasets.ts';
import type { Store } from '../domain/store.ts';
import type { HealthCommand } from '../domain/sync-health.ts';
import { healthIdOf, type OutOfStep, outOfStep } from '../store/sync-health.ts';

export interface SyncWatchOptions {
  readonly execution: Execution;
  readonly health: Target<HealthCommand>;
  /** The stores that are to be kept in step. */
  readonly active: () => readonly { readonly store: Pick<Store, 'id' | 'name'> }[];
  /** How long a store may be out of step before somebody is told. */
  readonly stalledAfterMs: number;
  readonly log: Log;
}

const lookEveryMs = 2_000;

/** Tells that a store is no longer kept in step, once; that it is again is told by the pass that has reached its end. */
export const syncWatch = ({ execution, health, active, stalledAfterMs, log }: SyncWatchOptions): Required<Part> => {
  const look = async (): Promise<void> => {
    const names = new Map(active().map(({ store }) => [store.id, store.name]));
    const { database, clock } = execution;
    const stalled = await outOfStep(database, [...names.keys()], { now: clock.now(), forMs: stalledAfterMs });
    if (stalled.length === 0) return;
    for (const { storeId, code } of stalled) log.warn({ store: storeId, code }, 'the store is not kept in step');
    await execute(
      execution,
      health,
      stalled.map((one) => ({
        key: healthIdOf(one.storeId),
        command: stallOf(one, names.get(one.storeId) ?? one.storeId),
        cause: { tenant: one.storeId, correlationId: newId() },
      })),
    );
  };
  return every(lookEveryMs, look, { name: 'sync watch', log });
};

const stallOf = ({ code, words, lastSuccessAt, refusedDatasets }: OutOfStep, storeName: string): HealthCommand => {
  const about = { type: 'stall', storeName, lastSuccessAt } as const;
  if (code !== null) return { ...about, code, words: words ?? code, needsPerson: needsPerson(code) };
  const refused = `Amazon refuses to show ${refusedDatasets.join(', ')} of any order. The rest is read, and all of it once Amazon shows it again.`;
  return { ...about, code: datasetRefused, words: refused, needsPerson: false };
};
