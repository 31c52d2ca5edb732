import { type Clock, orderIdOf } from '@orderbus/kernel';
import { aggregates, type Database, type Target } from '@orderbus/outbox';
import { EntitySchema } from 'typeorm';
import { codes } from '../amazon/codes.ts';
import { decideHealth, type HealthCommand, type SyncHealth } from '../domain/sync-health.ts';

export const SyncHealthEntity = new EntitySchema<SyncHealth>({
  name: 'sync_health',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    stalledSince: { name: 'stalled_since', type: 'timestamptz', nullable: true },
    code: { type: 'text', nullable: true },
  },
});

/** Whether stores are in step. A row is made when a store gets out of step for the first time. */
export const syncHealth = (clock: Clock): Target<HealthCommand> =>
  aggregates<SyncHealth, HealthCommand, { now: string }>({
    name: 'syncHealth',
    entity: SyncHealthEntity,
    decide: decideHealth,
    context: async () => ({ context: { now: clock.now().toISOString() }, finish: async () => {} }),
  });

/** The key of a store's health: its events are not those of an order. */
export const healthIdOf = (storeId: string): string => orderIdOf(storeId, 'sync');

export interface OutOfStep {
  readonly storeId: string;
  readonly lastSuccessAt: string | null;
  /** Why passes fail; null when they do not, and Amazon only refuses part of what is asked for. */
  readonly code: string | null;
  readonly words: string | null;
  readonly refusedDatasets: readonly string[];
}

/**
 * Stores of which nobody has been told yet that they are out of step: at once when only a person can help, else when they have been
 * failing, or have been shown only part of each order, for this long.
 */
export const outOfStep = (
  database: Database,
  storeIds: readonly string[],
  { now, forMs }: { now: Date; forMs: number },
): Promise<OutOfStep[]> =>
  database.query(
    `select c.store_id as "storeId", c.last_success_at as "lastSuccessAt", refused_datasets as "refusedDatasets",
       case when c.failing_since is not null then c.last_error_code end as code,
       case when c.failing_since is not null then c.last_error end as words
     from sync_cursor c left join sync_health h on h.tenant = c.store_id
     where c.store_id = any($1) and h.stalled_since is null
       and (c.failing_since is not null and c.last_error_code = any($2)
         or c.failing_since < $4::timestamptz - $3 * interval '1 ms'
         or c.degraded_since < $4::timestamptz - $3 * interval '1 ms')`,
    [storeIds, [codes.denied, codes.loginRefused], forMs, now.toISOString()],
  );
