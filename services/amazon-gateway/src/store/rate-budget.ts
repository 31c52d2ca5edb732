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

/** Clocks of replicas differ by less than a minute: a bucket that was filled later than that had somebody at it whose clock was wrong. */
const writtenAhead = (now: string): string => `b.filled_at > ${now}::timestamptz + interval '1 minute'`;

export const rateBudget = (database: Database): RateBudget => ({
  take: async ({ storeId, operation, plan, spare, now }) => {
    const usable = usableBurst(plan.burst);
    const [row] = await database.query<TakenRow>(
      // One statement: the row is locked from the count to the update. What somebody wrote whose clock was ahead binds nobody.
      `insert into rate_budget as b (store_id, operation, rate, burst, tokens, filled_at, granted)
       values ($1, $2, $3, $4, $5::float8 - 1, $6, true)
       on conflict (store_id, operation) do update set
         burst = excluded.burst,
         (tokens, granted) = (
           select filled - case when enough then 1 else 0 end, enough from (
             select filled, filled >= least(1 + $7::float8, $5::float8) - 1e-9 and (coalesce(b.paused_until <= $6, true) or ${writtenAhead('$6')}) as enough from (
               select least($5::float8, b.tokens + b.rate * greatest(0, extract(epoch from $6 - b.filled_at)::float8)) as filled) f) e),
         filled_at = case when ${writtenAhead('$6')} then $6 else greatest(b.filled_at, $6) end,
         paused_until = case when ${writtenAhead('$6')} then null else b.paused_until end
       returning granted, rate, burst, tokens, filled_at as "filledAt", paused_until as "pausedUntil"`,
      [storeId, operation, plan.rate, plan.burst, usable, now.toISOString(), spare],
    );
    const { granted, ...bucket } = row as TakenRow;
    return { granted, bucket };
  },
  pause: async ({ storeId, operation, now, until, because }) => {
    await database.query(
      // What fills while it pauses is the one call that is there when the pause ends.
      `update rate_budget b set
         tokens = 1 - rate * extract(epoch from $4::timestamptz - $3::timestamptz)::float8,
         filled_at = case when ${writtenAhead('$3')} then $3 else greatest(filled_at, $3) end,
         paused_until = case when ${writtenAhead('$3')} then $4 else greatest(paused_until, $4) end, paused_because = $5
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
