import { AmazonGapFound, type NewEvent } from '@orderbus/contracts';
import { AppError, newId } from '@orderbus/kernel';
import type { CausedEvent, Transaction } from '@orderbus/outbox';
import { codes } from '../amazon/codes.ts';
import { evidenceOf, type GapEvidence } from '../domain/gap.ts';
import { freshPlace, type SweepStep } from '../domain/sweep.ts';
import type { SeenOrder } from './commit-orders.ts';
import { leaseMs, type SweepTurn } from './sweep.ts';

/** The sweep as it is when a page of it is committed. */
export interface LockedSweep {
  /** Up to here no pass looks again. */
  readonly passedUntil: string;
  readonly evidenceKept: number;
}

/** What a page has shown, and where the sweep goes on. */
export interface SweptPage extends LockedSweep {
  readonly step: SweepStep;
  readonly seen: readonly SeenOrder[];
  readonly now: Date;
  readonly storeName: string;
}

/** What is kept of the evidence: enough to see what happened. */
const mostEvidence = 1_000;

/**
 * Locks the sweep for a page of it. @throws AppError `sweep.lost` when it was canceled or
 * another replica has taken over.
 */
export const lockSweep = async (tx: Transaction, { id, fence }: SweepTurn, overlapMs: number): Promise<LockedSweep> => {
  const [row]: { passedUntil: string | null; evidenceKept: number }[] = await tx.query(
    `select (select watermark - $3 * interval '1 ms' from sync_cursor c where c.store_id = s.store_id) as "passedUntil",
       jsonb_array_length(evidence) as "evidenceKept"
     from sweep s where id = $1 and fence = $2 and state = 'running' for update`,
    [id, fence, overlapMs],
  );
  if (!row) throw new AppError('conflict', 'sweep.lost', { sweepId: id });
  return { passedUntil: row.passedUntil ?? beforeEverything, evidenceKept: row.evidenceKept };
};

const beforeEverything = new Date(0).toISOString();

/** Writes down what a page has shown. Whoever ends the sweep having found gaps tells so. */
export const recordPage = async (tx: Transaction, turn: SweepTurn, page: SweptPage): Promise<CausedEvent[]> => {
  const { step, seen, passedUntil, evidenceKept, now, storeName } = page;
  const evidence = turn.kind === 'gap' ? seen.flatMap((order) => evidenceIn(order, passedUntil) ?? []) : [];
  const kept = evidence.slice(0, Math.max(0, mostEvidence - evidenceKept));
  const stale = evidence.filter(({ why }) => why === 'stale').length;
  const count = (result: SeenOrder['result']) => seen.filter((order) => order.result === result).length;
  const { at, token, tokenAt, windowPages, restarts } = placeAfter(turn, step);
  const finishedAt = step.step === 'continue' ? null : now.toISOString();
  const [failure, code] =
    step.step === 'stuck' ? ['Amazon leads in a circle from page to page, again and again.', codes.circle] : [null, null];
  const rows: FoundSoFar[] = await tx.query(
    `with swept as (
       update sweep set pages = pages + 1, seen = seen + $2, imported = imported + $3, changed = changed + $4, missing = missing + $5,
         stale = stale + $6, unreadable = unreadable + $7, evidence = evidence || $8::jsonb,
         state = $9, finished_at = $10, at = $11, page_token = $12, page_token_at = $13, window_pages = $14, restarts = $15,
         lease_until = case when $10::timestamptz is null then clock_timestamp() + $16 * interval '1 ms' end,
         failures = 0, last_error = $17, last_error_code = $18, last_error_facts = null
       where id = $1 returning state, seen, missing, evidence)
     select seen, missing, evidence from swept where state <> 'running' and missing > 0`,
    [
      ...[turn.id, seen.length, count('new'), count('changed'), evidence.length - stale, stale, count('unreadable'), JSON.stringify(kept)],
      ...[stateAfter[step.step], finishedAt, at, token ?? null, tokenAt ?? null, windowPages, restarts, leaseMs, failure, code],
    ],
  );
  return rows.map((found) => gapFound(turn, found, storeName));
};

const stateAfter = { continue: 'running', done: 'done', stuck: 'failed' } as const;

const placeAfter = ({ place, until }: SweepTurn, step: SweepStep): SweepTurn['place'] => {
  if (step.step === 'continue') return step.place;
  return step.step === 'done' ? { ...freshPlace(until), restarts: place.restarts } : place;
};

interface FoundSoFar {
  readonly seen: number;
  readonly missing: number;
  readonly evidence: readonly GapEvidence[];
}

const evidenceIn = ({ reading, result }: SeenOrder, passedUntil: string): GapEvidence | undefined =>
  reading.kind === 'order' && (result === 'new' || result === 'changed')
    ? evidenceOf(reading.translation.snapshot, result, passedUntil)
    : undefined;

const gapFound = ({ id, storeId, from, until }: SweepTurn, { seen, missing, evidence }: FoundSoFar, storeName: string): CausedEvent => {
  const amazonOrderIds = evidence
    .filter(({ why }) => why !== 'stale')
    .slice(0, 100)
    .map(({ amazonOrderId }) => amazonOrderId);
  const event: NewEvent = AmazonGapFound.of({ storeId, storeName, sweepId: id, from, until, seen, missing, amazonOrderIds }) as NewEvent;
  return {
    event: { ...event, aggregateId: id, aggregateVersion: 1 },
    cause: { tenant: storeId, correlationId: newId() },
  };
};
