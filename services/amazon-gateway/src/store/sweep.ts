import type { ToldRefusal } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';
import type { SweepKind, SweepPlace, SweepRange } from '../domain/sweep.ts';

/** The right to go on with a sweep for a while. */
export interface SweepTurn extends SweepRange {
  readonly id: string;
  readonly storeId: string;
  readonly kind: SweepKind;
  readonly fence: number;
  readonly failures: number;
  readonly place: SweepPlace;
}

/** Longer than a call's deadline with its retries; each committed page renews it. */
export const leaseMs = 120_000;

/**
 * The sweeps whose turn it is, at most one of each store: gaps before backfills, the one that has waited longest first. One statement,
 * so that two replicas never take the same.
 */
export const claimSweeps = async (
  database: Database,
  storeIds: readonly string[],
  { now, limit }: { readonly now: Date; readonly limit: number },
): Promise<SweepTurn[]> => {
  const rows = await database.query<TurnRow>(
    `with due as (
       select distinct on (store_id) id from sweep s
       where state in ('queued', 'running') and next_turn_at <= $2 and store_id = any($1)
         and not exists (select 1 from sweep o where o.store_id = s.store_id and o.state = 'running' and o.lease_until > clock_timestamp())
       order by store_id, kind desc, requested_at),
     free as (
       select id from sweep where id in (select id from due) and (lease_until is null or lease_until < clock_timestamp())
       order by next_turn_at limit $3 for update skip locked),
     claimed as (
       update sweep set state = 'running', started_at = coalesce(started_at, $2), fence = fence + 1,
         lease_until = clock_timestamp() + $4 * interval '1 ms'
       where id in (select id from free) returning *)
     select id, store_id as "storeId", kind, fence, failures, from_at as "from", until_at as "until", at, page_token as token,
       page_token_at as "tokenAt", window_pages as "windowPages", restarts from claimed`,
    [storeIds, now.toISOString(), limit, leaseMs],
  );
  return rows.map(({ at, token, tokenAt, windowPages, restarts, ...turn }) => ({
    ...turn,
    place: { at, token: token ?? undefined, tokenAt: tokenAt ?? undefined, windowPages, restarts },
  }));
};

/** Gives the sweep back until its next turn. Without effect when it was canceled or somebody else has taken over. */
export const putBack = async (
  database: Database,
  { id, fence }: SweepTurn,
  { nextTurnAt, failure }: { readonly nextTurnAt: Date; readonly failure?: ToldRefusal & { readonly counts: boolean } },
): Promise<void> => {
  await database.query(
    `update sweep set lease_until = null, next_turn_at = $3, failures = failures + $4, last_error = coalesce($5, last_error),
       last_error_code = coalesce($6, last_error_code), last_error_facts = case when $6::text is null then last_error_facts else $7::jsonb end
     where id = $1 and fence = $2 and state = 'running'`,
    [id, fence, nextTurnAt.toISOString(), failure?.counts ? 1 : 0, failure?.words ?? null, failure?.code ?? null, failure?.facts ?? null],
  );
};

/** The window under way is read from its first page. */
export const restartWindow = async (database: Database, { id, fence }: SweepTurn, place: SweepPlace): Promise<void> => {
  await database.query(
    'update sweep set page_token = null, page_token_at = null, window_pages = 0, restarts = $3 where id = $1 and fence = $2',
    [id, fence, place.restarts],
  );
};

export const giveUp = async (
  database: Database,
  { id, fence }: SweepTurn,
  { code, words, facts }: ToldRefusal,
  now: Date,
): Promise<void> => {
  await database.query(
    `update sweep set state = 'failed', finished_at = $3, lease_until = null, last_error = $4, last_error_code = $5, last_error_facts = $6
     where id = $1 and fence = $2 and state = 'running'`,
    [id, fence, now.toISOString(), words, code, facts ?? null],
  );
};

interface TurnRow extends Omit<SweepTurn, 'place'> {
  readonly at: string;
  readonly token: string | null;
  readonly tokenAt: string | null;
  readonly windowPages: number;
  readonly restarts: number;
}
