import type { ToldRefusal } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import type { Database, Transaction } from '@orderbus/outbox';
import type { Dataset } from '../domain/datasets.ts';
import type { Degraded, NextStep, SyncCursor } from '../domain/pass.ts';

/** The right to synchronize a store for a while. Whoever takes it after us gets a higher fence, and ours opens nothing any more. */
export interface Lease {
  readonly storeId: string;
  readonly fence: number;
}

export interface Failure extends ToldRefusal {
  /** Until then nothing is asked of Amazon for this store. */
  readonly pauseMs?: number | undefined;
  /** Our own rate budget asks for the pause: nothing has gone wrong. */
  readonly isWait?: boolean;
}

/**
 * Whoever reads renews it, as long as he lives, and each committed page does. A process that dies is followed when it is over.
 */
export const leaseMs = 30_000;

/** Clocks of replicas differ by less. A time on the schedule that lies further ahead was written by one that was wrong, and binds nobody. */
const clocksDifferMs = 60_000;

/** Makes sure that the store has a cursor, from its start date. One that has a cursor keeps it; one that is gone or paused gets none. */
export const ensureCursor = async (database: Database, storeId: string): Promise<void> => {
  await database.query(
    `insert into sync_cursor (store_id, watermark) select id, start_from from store where id = $1 and status = 'active' on conflict do nothing`,
    [storeId],
  );
};

export interface LeaseWish {
  /** Codes of failures after which the pause does not hold. */
  readonly overridden?: readonly string[];
  /** The time on the schedule that this is for: it is given once, to whichever replica comes first. */
  readonly scheduledFor?: Date;
}

export interface LeasedCursor {
  readonly lease: Lease;
  readonly cursor: SyncCursor;
}

/**
 * The lease, with where to go on; nothing when another one has it, or while the store pauses (unless that is `overridden`).
 * Passes of one owner never overlap: a lease that is still in its own name is left over from a pass that could not give it back.
 */
export const takeLease = async (
  database: Database,
  storeId: string,
  owner: string,
  now: Date,
  { overridden = [], scheduledFor }: LeaseWish = {},
): Promise<LeasedCursor | undefined> => {
  const [row] = await database.query<CursorRow>(
    `with taken as (
       update sync_cursor set lease_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 ms', fence = fence + 1,
         polled_for = coalesce($5, polled_for)
       where store_id = $1
         and ($5::timestamptz is null or polled_for is null or polled_for < $5 or polled_for > $5 + $7 * interval '1 ms')
         and (lease_until is null or lease_until < clock_timestamp() or lease_owner = $2)
         and (paused_until is null or paused_until <= $6 or last_error_code = any($4))
       returning *)
     select fence, watermark, last_success_at as "lastSuccessAt", window_from as "windowFrom", window_until as "windowUntil",
            page_token as "pageToken", page_token_at as "pageTokenAt", refused_datasets as "refusedDatasets",
            degraded_since as "degradedSince", degraded_until as "degradedUntil", all_tried_at as "allTriedAt" from taken`,
    [storeId, owner, leaseMs, overridden, scheduledFor?.toISOString() ?? null, now.toISOString(), clocksDifferMs],
  );
  if (!row) return undefined;
  const { fence, watermark, lastSuccessAt, windowFrom, windowUntil, pageToken, pageTokenAt } = row;
  const pass =
    windowFrom === null
      ? undefined
      : { from: windowFrom, until: windowUntil ?? undefined, token: pageToken ?? undefined, tokenAt: pageTokenAt ?? undefined };
  return { lease: { storeId, fence }, cursor: { watermark, lastSuccessAt, pass, degraded: degradedOf(row) } };
};

/** He who has it is alive: it stays his for another while. One that is over, or somebody else's by now, is not brought back. */
export const renewLease = async (database: Database, { storeId, fence }: Lease): Promise<void> => {
  await database.query(
    `update sync_cursor set lease_until = clock_timestamp() + $3 * interval '1 ms'
     where store_id = $1 and fence = $2 and lease_until > clock_timestamp()`,
    [storeId, fence, leaseMs],
  );
};

/**
 * Writes down how far the pass has come, first thing in the page's transaction: it locks the row, so two pollers cannot both commit.
 * @throws AppError `sync.lease-lost` when somebody else has taken over.
 */
export const advance = async (
  tx: Transaction,
  { storeId, fence }: Lease,
  next: NextStep,
  degraded: Degraded | undefined,
): Promise<void> => {
  const pass = next.step === 'continue' ? next.pass : undefined;
  const watermark = next.step === 'finish' ? next.watermark : null;
  const atItsEnd = next.step === 'finish' || next.step === 'finish-degraded';
  const degradedUntil = (next.step === 'finish-degraded' ? next.until : degraded?.until) ?? null;
  const rows: unknown[] = await tx.query(
    `with moved as (
       update sync_cursor set
         window_from = $3, window_until = $4, page_token = $5, page_token_at = $6,
         lease_until = clock_timestamp() + $7 * interval '1 ms',
         watermark = coalesce($8, watermark),
         last_success_at = case when $8::timestamptz is null then last_success_at else clock_timestamp() end,
         refused_datasets = $9, degraded_since = $10, degraded_until = $11, all_tried_at = $12,
         consecutive_failures = case when $13 then 0 else consecutive_failures end,
         failing_since = case when $13 then null else failing_since end,
         paused_until = null,
         last_error = case when $13 then null else last_error end,
         last_error_code = case when $13 then null else last_error_code end,
         last_error_facts = case when $13 then null else last_error_facts end
       where store_id = $1 and fence = $2 returning 1)
     select 1 from moved`,
    [
      ...[storeId, fence, pass?.from ?? null, pass?.until ?? null, pass?.token ?? null, pass?.tokenAt ?? null, leaseMs, watermark],
      ...[degraded?.without ?? [], degraded?.since ?? null, degradedUntil, degraded?.triedAt ?? null, atItsEnd],
    ],
  );
  if (rows.length === 0) throw new AppError('conflict', 'sync.lease-lost', { storeId });
};

/** Gives the lease back, and says what went wrong if something did. Without effect when somebody else has taken over. */
export const giveBack = async (database: Database, { storeId, fence }: Lease, failed?: { failure: Failure; now: Date }): Promise<void> => {
  if (failed === undefined) {
    await database.query('update sync_cursor set lease_owner = null, lease_until = null where store_id = $1 and fence = $2', [
      storeId,
      fence,
    ]);
    return;
  }
  const { failure, now } = failed;
  const pausedUntil = failure.pauseMs === undefined ? null : new Date(now.getTime() + failure.pauseMs).toISOString();
  if (failure.isWait) {
    await database.query(
      'update sync_cursor set lease_owner = null, lease_until = null, paused_until = $3 where store_id = $1 and fence = $2',
      [storeId, fence, pausedUntil],
    );
    return;
  }
  await database.query(
    `update sync_cursor set lease_owner = null, lease_until = null, consecutive_failures = consecutive_failures + 1,
       failing_since = coalesce(failing_since, $6), last_error = $3, last_error_code = $4, paused_until = $5, last_error_facts = $7
     where store_id = $1 and fence = $2`,
    [storeId, fence, failure.words, failure.code, pausedUntil, now.toISOString(), failure.facts ?? null],
  );
};

interface CursorRow {
  readonly fence: number;
  readonly watermark: string;
  readonly lastSuccessAt: string | null;
  readonly windowFrom: string | null;
  readonly windowUntil: string | null;
  readonly pageToken: string | null;
  readonly pageTokenAt: string | null;
  readonly refusedDatasets: readonly Dataset[];
  readonly degradedSince: string | null;
  readonly degradedUntil: string | null;
  readonly allTriedAt: string | null;
}

const degradedOf = ({ refusedDatasets, degradedSince, degradedUntil, allTriedAt }: CursorRow): Degraded | undefined =>
  degradedSince === null || allTriedAt === null
    ? undefined
    : { without: refusedDatasets, since: degradedSince, until: degradedUntil ?? undefined, triedAt: allTriedAt };
