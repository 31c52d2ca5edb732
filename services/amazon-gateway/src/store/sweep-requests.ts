import type { ToldRefusal } from '@orderbus/contracts';
import { newId, orderIdOf } from '@orderbus/kernel';
import type { Database, Execution } from '@orderbus/outbox';
import type { GapEvidence } from '../domain/gap.ts';
import type { SweepKind, SweepRange, SweepState } from '../domain/sweep.ts';

/** Sweeps as they are asked for, looked at and called off. */

export interface SweepRow extends SweepRange {
  readonly id: string;
  readonly storeId: string;
  readonly kind: SweepKind;
  readonly state: SweepState;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly nextTurnAt: string;
  readonly at: string;
  readonly pages: number;
  readonly seen: number;
  readonly imported: number;
  readonly changed: number;
  readonly missing: number;
  readonly stale: number;
  readonly unreadable: number;
  readonly lastError: string | null;
  readonly lastErrorCode: string | null;
  readonly lastErrorFacts: ToldRefusal['facts'] | null;
}

export interface SweepRequest extends SweepRange {
  readonly storeId: string;
  readonly kind: SweepKind;
  /** The range in the words of who asked: the same again is the same sweep, until it is finished. */
  readonly asked: string;
  readonly requestedBy: string;
}

const columns = `id, store_id as "storeId", kind, state, from_at as "from", until_at as "until", requested_by as "requestedBy",
  requested_at as "requestedAt", started_at as "startedAt", finished_at as "finishedAt", next_turn_at as "nextTurnAt", at, pages, seen, imported,
  changed, missing, stale, unreadable, last_error as "lastError", last_error_code as "lastErrorCode",
  last_error_facts as "lastErrorFacts"`;

/** A new sweep, or the one that is under way for the same range. */
export const requestSweep = async ({ database, clock }: Execution, request: SweepRequest): Promise<SweepRow> => {
  const { storeId, kind, asked, from, until, requestedBy } = request;
  const [row] = await database.query<SweepRow>(
    `insert into sweep (id, store_id, kind, asked, from_at, until_at, requested_by, requested_at, next_turn_at, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $5)
     on conflict (store_id, kind, asked) where state in ('queued', 'running') do update set asked = excluded.asked
     returning ${columns}`,
    [newId(), storeId, kind, asked, from, until, requestedBy, clock.now().toISOString()],
  );
  return row as SweepRow;
};

export interface PlannedSweep extends SweepRange {
  readonly storeId: string;
  readonly startsAt: string;
}

/**
 * The gap sweeps of one time on the schedule, of the stores that were in step before: once, however many replicas plan them, and not
 * while the one before is still under way.
 */
export const planSweeps = async (database: Database, scheduledFor: Date, sweeps: readonly PlannedSweep[]): Promise<void> => {
  await database.query(
    `insert into sweep (id, store_id, kind, asked, from_at, until_at, requested_by, requested_at, next_turn_at, at)
     select u.id, u.store_id, 'gap', 'scheduled', u.from_at, u.until_at, 'schedule', $6, u.starts_at, u.from_at
     from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[]) as u(id, store_id, from_at, until_at, starts_at)
     join sync_cursor c on c.store_id = u.store_id and c.last_success_at is not null and c.created_at < $6
     on conflict do nothing`,
    [
      sweeps.map(({ storeId }) => orderIdOf(storeId, `gap sweep of ${scheduledFor.toISOString()}`)),
      sweeps.map(({ storeId }) => storeId),
      sweeps.map(({ from }) => from),
      sweeps.map(({ until }) => until),
      sweeps.map(({ startsAt }) => startsAt),
      scheduledFor.toISOString(),
    ],
  );
};

export interface SweepFilter {
  /** Absent: of all. */
  readonly storeIds?: readonly string[] | undefined;
  readonly kind?: SweepKind | undefined;
  readonly before?: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Newest first. */
export const listSweeps = (database: Database, { storeIds, kind, before, limit }: SweepFilter): Promise<SweepRow[]> =>
  database.query(
    `select ${columns} from sweep
     where ($1::text[] is null or store_id = any($1)) and ($2::text is null or kind = $2)
       and ($3::timestamptz is null or (requested_at, id) < ($3, $4::uuid))
     order by requested_at desc, id desc limit $5`,
    [storeIds ?? null, kind ?? null, before?.at ?? null, before?.id ?? null, limit],
  );

export const findSweep = async (database: Database, id: string): Promise<SweepRow | undefined> => {
  const [row] = await database.query<SweepRow>(`select ${columns} from sweep where id = $1`, [id]);
  return row;
};

/** What the sweep has found that should have been here, as far as it was kept. */
export const evidenceFrom = async (database: Database, id: string): Promise<GapEvidence[]> => {
  const [row] = await database.query<{ evidence: GapEvidence[] }>('select evidence from sweep where id = $1', [id]);
  return row?.evidence ?? [];
};

/** What is under way stops at its next page; what it has imported stays. Nothing when it has ended already. */
export const cancelSweep = async ({ database, clock }: Execution, id: string): Promise<SweepRow | undefined> => {
  const [row] = await database.query<SweepRow>(
    `update sweep set state = 'canceled', finished_at = $2, lease_until = null where id = $1 and state in ('queued', 'running') returning ${columns}`,
    [id, clock.now().toISOString()],
  );
  return row;
};
