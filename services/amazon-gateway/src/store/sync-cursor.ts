import { AppError } from '@orderbus/kernel';
import type { Database, Transaction } from '@orderbus/outbox';
import type { NextStep, SyncCursor } from '../domain/pass.ts';

/** The right to synchronize a store for a while. Whoever takes it after us gets a higher fence, and ours opens nothing any more. */
export interface Lease {
  readonly storeId: string;
  readonly fence: number;
}

export interface Failure {
  readonly code: string;
  readonly words: string;
  /** Until then nothing is asked of Amazon for this store. */
  readonly pauseMs?: number | undefined;
}

/** Longer than a call's deadline with its retries; each committed page renews it. */
const leaseMs = 120_000;

/** Makes sure that the store has a cursor. A store that has one keeps it. */
export const ensureCursor = async (database: Database, storeId: string, startFrom: string): Promise<void> => {
  await database.query('insert into sync_cursor (store_id, watermark) values ($1, $2) on conflict do nothing', [storeId, startFrom]);
};

/**
 * The lease, with where to go on; nothing when another one has it, or while the store pauses (unless that is `overridden`).
 * Passes of one owner never overlap: a lease that is still in its own name is left over from a pass that could not give it back.
 */
export const takeLease = async (
  database: Database,
  storeId: string,
  owner: string,
  { overridden = [] }: { readonly overridden?: readonly string[] } = {},
): Promise<{ lease: Lease; cursor: SyncCursor } | undefined> => {
  const [row] = await database.query<CursorRow>(
    `with taken as (
       update sync_cursor set lease_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 ms', fence = fence + 1
       where store_id = $1
         and (lease_until is null or lease_until < clock_timestamp() or lease_owner = $2)
         and (paused_until is null or paused_until < clock_timestamp() or last_error_code = any($4))
       returning *)
     select fence, watermark, last_success_at as "lastSuccessAt", window_from as "windowFrom", window_until as "windowUntil",
            page_token as "pageToken", page_token_at as "pageTokenAt" from taken`,
    [storeId, owner, leaseMs, overridden],
  );
  if (!row) return undefined;
  const { fence, watermark, lastSuccessAt, windowFrom, windowUntil, pageToken, pageTokenAt } = row;
  const pass =
    windowFrom === null
      ? undefined
      : { from: windowFrom, until: windowUntil ?? undefined, token: pageToken ?? undefined, tokenAt: pageTokenAt ?? undefined };
  return { lease: { storeId, fence }, cursor: { watermark, lastSuccessAt, pass } };
};

/**
 * Writes down how far the pass has come, first thing in the page's transaction: it locks the row, so two pollers cannot both commit.
 * @throws AppError `sync.lease-lost` when somebody else has taken over.
 */
export const advance = async (tx: Transaction, { storeId, fence }: Lease, next: NextStep): Promise<void> => {
  const pass = next.step === 'continue' ? next.pass : undefined;
  const watermark = next.step === 'finish' ? next.watermark : null;
  const rows: unknown[] = await tx.query(
    `with moved as (
       update sync_cursor set
         window_from = $3, window_until = $4, page_token = $5, page_token_at = $6,
         lease_until = clock_timestamp() + $7 * interval '1 ms',
         watermark = coalesce($8, watermark),
         last_success_at = case when $8::timestamptz is null then last_success_at else clock_timestamp() end,
         consecutive_failures = case when $8::timestamptz is null then consecutive_failures else 0 end,
         paused_until = null,
         last_error = case when $8::timestamptz is null then last_error end,
         last_error_code = case when $8::timestamptz is null then last_error_code end
       where store_id = $1 and fence = $2 returning 1)
     select 1 from moved`,
    [storeId, fence, pass?.from ?? null, pass?.until ?? null, pass?.token ?? null, pass?.tokenAt ?? null, leaseMs, watermark],
  );
  if (rows.length === 0) throw new AppError('conflict', 'sync.lease-lost', { storeId });
};

/** Gives the lease back, and says what went wrong if something did. Without effect when somebody else has taken over. */
export const giveBack = async (database: Database, { storeId, fence }: Lease, failure?: Failure): Promise<void> => {
  if (failure === undefined) {
    await database.query('update sync_cursor set lease_owner = null, lease_until = null where store_id = $1 and fence = $2', [
      storeId,
      fence,
    ]);
    return;
  }
  await database.query(
    `update sync_cursor set lease_owner = null, lease_until = null, consecutive_failures = consecutive_failures + 1,
       last_error = $3, last_error_code = $4, paused_until = clock_timestamp() + $5 * interval '1 ms'
     where store_id = $1 and fence = $2`,
    [storeId, fence, failure.words, failure.code, failure.pauseMs ?? null],
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
}
