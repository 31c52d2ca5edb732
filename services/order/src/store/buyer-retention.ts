import type { Database } from '@orderbus/outbox';
import type { RetentionRules } from '../vault/retention.ts';
import { purgeDueAt, rulesAsParameters } from './buyer-reading.ts';

/** What is kept; the same words as in its index. */
const kept = '(sealed is not null or correction is not null)';
const held = `(legal_hold ->> 'until')::timestamptz > $4`;

export interface DueBuyer {
  readonly orderId: string;
  readonly tenant: string;
}

/** Whose time is up and who is not held, the oldest purchases first. */
export const findDueBuyers = (database: Database, rules: RetentionRules, now: string, limit: number): Promise<DueBuyer[]> =>
  database.query(
    `select order_id as "orderId", tenant from buyer_vault
     where ${kept} and ${purgeDueAt} <= $4 and not coalesce(${held}, false) order by purchased_at limit $5`,
    [...rulesAsParameters(rules), now, limit],
  );

/** How many buyers were to be forgotten before this moment, and are kept. */
export const countOverdueBuyers = async (database: Database, rules: RetentionRules, before: string): Promise<number> => {
  const [row] = await database.query<{ overdue: number }>(
    `select count(*)::int as overdue from buyer_vault where ${kept} and ${purgeDueAt} <= $4 and not coalesce(${held}, false)`,
    [...rulesAsParameters(rules), before],
  );
  return row?.overdue ?? 0;
};

/** What the version before has kept as the gateway had sealed it. */
export const findKeyless = (database: Database, limit: number): Promise<KeylessBuyer[]> =>
  database.query(
    `select order_id as "orderId", tenant, sealed, sealed_version as "sealedVersion", purchased_at as "purchasedAt", ship_by as "shipBy",
       deliver_by as "deliverBy", delivered_at as "deliveredAt", canceled_at as "canceledAt"
     from buyer_vault where sealed is not null and wrapped_key is null order by purchased_at limit $1`,
    [limit],
  );

interface KeylessBuyer extends DueBuyer {
  readonly sealed: string;
  readonly sealedVersion: number;
  readonly purchasedAt: string;
  readonly shipBy: string | null;
  readonly deliverBy: string | null;
  readonly deliveredAt: string | null;
  readonly canceledAt: string | null;
}

export interface PurgeRun {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly purged: number;
  readonly emptiedDeadLetters: number;
  /** The code of what went wrong. */
  readonly failure: string | null;
}

export const recordRun = async (database: Database, run: PurgeRun): Promise<void> => {
  await database.query(
    'insert into vault_run (started_at, finished_at, purged, emptied_dead_letters, failure) values ($1, $2, $3, $4, $5)',
    [run.startedAt, run.finishedAt, run.purged, run.emptiedDeadLetters, run.failure],
  );
  await database.query(`delete from vault_run where started_at < now() - interval '400 days'`);
};

/** When a run last came to its end without a failure. */
export const lastPurge = async (database: Database): Promise<string | undefined> => {
  const [run] = await database.query<{ at: string }>(
    'select finished_at as at from vault_run where failure is null order by id desc limit 1',
  );
  return run?.at;
};
