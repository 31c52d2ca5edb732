import type { Database } from '@orderbus/outbox';
import type { RetentionRules } from '../vault/retention.ts';
import { purgeDueAt, rulesAsParameters } from './buyer-reading.ts';
import type { PurgeRun } from './buyer-retention.ts';

/** What an auditor asks: what is kept, since when and why; what was forgotten, when and why; who has looked. */
export interface VaultReport {
  readonly kept: {
    readonly orders: number;
    readonly oldestPurchaseAt: string | null;
    /** Their time is up. Not zero for longer than the job's interval: it does not run, or they are held. */
    readonly overdue: number;
    readonly oldestDueAt: string | null;
    readonly dueWithinWeek: number;
    readonly held: number;
  };
  readonly keptByMonth: readonly MonthCount[];
  readonly purgedByMonth: readonly (MonthCount & { readonly reason: string })[];
  readonly accessesByMonth: readonly (MonthCount & { readonly action: string })[];
  /** The first thousand, the longest first. */
  readonly holds: readonly { orderId: string; tenant: string; reason: string; by: string; since: string; until: string }[];
  readonly lastRun: PurgeRun | null;
  readonly lastFailure: PurgeRun | null;
}

interface MonthCount {
  /** `2026-03`, in UTC. */
  readonly month: string;
  readonly orders: number;
}

export const vaultReport = async (database: Database, rules: RetentionRules, now: string): Promise<VaultReport> => {
  const [kept, keptByMonth, purgedByMonth, accessesByMonth, holds, lastRun, lastFailure] = await Promise.all([
    keptNow(database, rules, now),
    database.query<MonthCount>(
      `select ${month('purchased_at')} as month, count(*)::int as orders from buyer_vault where ${isKept} group by 1 order by 1`,
    ),
    database.query<MonthCount & { reason: string }>(
      `select ${month('purged_at')} as month, purge_reason as reason, count(*)::int as orders
       from buyer_vault where purged_at is not null group by 1, 2 order by 1, 2`,
    ),
    database.query<MonthCount & { action: string }>(
      `select ${month('at')} as month, substring(action from 7) as action, count(*)::int as orders from audit_log
       where action like 'buyer.%' group by 1, 2 order by 1, 2`,
    ),
    database.query<VaultReport['holds'][number]>(
      `select order_id as "orderId", tenant, legal_hold ->> 'reason' as reason, legal_hold ->> 'by' as by, legal_hold ->> 'since' as since,
         legal_hold ->> 'until' as until
       from buyer_vault where ${isKept} and ${isHeld('$1')} order by legal_hold ->> 'until' desc, order_id limit 1000`,
      [now],
    ),
    lastRunOf(database, 'true'),
    lastRunOf(database, 'failure is not null'),
  ]);
  return { kept, keptByMonth, purgedByMonth, accessesByMonth, holds, lastRun, lastFailure };
};

/** The same words as in the index of what is kept. */
const isKept = '(sealed is not null or correction is not null)';
const isHeld = (now: string): string => `coalesce((legal_hold ->> 'until')::timestamptz > ${now}::timestamptz, false)`;
const month = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM')`;

const keptNow = async (database: Database, rules: RetentionRules, now: string): Promise<VaultReport['kept']> => {
  const [row] = await database.query<VaultReport['kept']>(
    `select count(*)::int as orders, min(purchased_at) as "oldestPurchaseAt",
       count(*) filter (where due <= $4 and not held)::int as overdue, min(due) filter (where not held) as "oldestDueAt",
       count(*) filter (where due > $4 and due <= $4::timestamptz + interval '7 days' and not held)::int as "dueWithinWeek",
       count(*) filter (where held)::int as held
     from (select purchased_at, ${purgeDueAt} as due, ${isHeld('$4')} as held from buyer_vault where ${isKept}) as v`,
    [...rulesAsParameters(rules), now],
  );
  return row as VaultReport['kept'];
};

const lastRunOf = async (database: Database, condition: string): Promise<PurgeRun | null> => {
  const [row] = await database.query<PurgeRun>(
    `select started_at as "startedAt", finished_at as "finishedAt", purged, emptied_dead_letters as "emptiedDeadLetters", failure
     from vault_run where ${condition} order by id desc limit 1`,
  );
  return row ?? null;
};
