import type { Database } from '@orderbus/outbox';
import { type Bucket, usableBurst } from '../domain/budget.ts';

/** The quotas of all stores, in the database: replicas share them, and a restart does not forget them. Times are the caller's. */
export interface RateBudget {
  /** Takes one call if there is one, and `spare` more for others; tells in any case how the bucket stands. */
  take(request: TakeRequest): Promise<{ readonly granted: boolean; readonly bucket: Bucket }>;
  /** Nothing before this moment, and then one call. */
  pause(pause: PauseRequest): Promise<void>;
  /** From now on it fills at this rate. */
  adopt(change: { readonly storeId: string; readonly operation: string; readonly rate: number }): Promise<void>;
}

interface TakeRequest {
  readonly storeId: string;
  readonly operation: string;
  /** What a bucket starts with that nobody has used yet. */
  readonly plan: { readonly rate: number; readonly burst: number };
  readonly spare: number;
  readonly now: Date;
}

interface PauseRequest {
  readonly storeId: string;
  readonly operation: string;
  readonly now: Date;
  readonly until: Date;
  /** Amazon's words. */
  readonly because: string;
}

export const rateBudget = (database: Database): RateBudget => ({
  take: async ({ storeId, operation, plan, spare, now }) => {
    const usable = usableBurst(plan.burst);
    const [row] = await database.query<TakenRow>(
      // One statement: the row is locked from the count to the update. A clock that was an hour ahead is not waited for.
      `insert into rate_budget as b (store_id, operation, rate, burst, tokens, filled_at, granted)
       values ($1, $2, $3, $4, $5::float8 - 1, $6, true)
       on conflict (store_id, operation) do update set
         burst = excluded.burst,
         (tokens, granted) = (
           select filled - case when enough then 1 else 0 end, enough from (
             select filled, filled >= least(1 + $7::float8, $5::float8) - 1e-9 and coalesce(b.paused_until <= $6, true) as enough from (
               select least($5::float8, b.tokens + b.rate * greatest(0, extract(epoch from $6 - b.filled_at)::float8)) as filled) f) e),
         filled_at = case when b.filled_at > $6 + interval '1 hour' then $6 else greatest(b.filled_at, $6) end
       returning granted, rate, burst, tokens, filled_at as "filledAt", paused_until as "pausedUntil"`,
      [storeId, operation, plan.rate, plan.burst, usable, now.toISOString(), spare],
    );
    const { granted, ...bucket } = row as TakenRow;
    return { granted, bucket };
  },
  pause: async ({ storeId, operation, now, until, because }) => {
    await database.query(
      // What fills while it pauses is the one call that is there when the pause ends.
      `update rate_budget set
         tokens = 1 - rate * extract(epoch from $4::timestamptz - $3::timestamptz)::float8,
         filled_at = greatest(filled_at, $3), paused_until = greatest(paused_until, $4), paused_because = $5
       where store_id = $1 and operation = $2`,
      [storeId, operation, now.toISOString(), until.toISOString(), because],
    );
  },
  adopt: async ({ storeId, operation, rate }) => {
    await database.query('update rate_budget set rate = $3 where store_id = $1 and operation = $2', [storeId, operation, rate]);
  },
});

/** A bucket as the HTTP API shows it. */
export interface BudgetRow extends Bucket {
  readonly operation: string;
  readonly pausedBecause: string | null;
}

/** The buckets that a store has used so far. */
export const bucketsOf = (database: Database, storeId: string): Promise<BudgetRow[]> =>
  database.query(
    `select operation, rate, burst, tokens, filled_at as "filledAt", paused_until as "pausedUntil", paused_because as "pausedBecause"
     from rate_budget where store_id = $1`,
    [storeId],
  );

/** The buckets with the least in them, of all stores: as many as a graph can bear. */
export const scarcestBuckets = (database: Database, now: Date): Promise<(BudgetRow & { readonly storeId: string })[]> =>
  database.query(
    `select store_id as "storeId", operation, rate, burst, tokens, filled_at as "filledAt", paused_until as "pausedUntil",
       paused_because as "pausedBecause"
     from rate_budget order by (tokens + rate * extract(epoch from $1 - filled_at)::float8) / burst limit 200`,
    [now.toISOString()],
  );

interface TakenRow extends Bucket {
  readonly granted: boolean;
}
