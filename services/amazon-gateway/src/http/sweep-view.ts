import type { ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { operations } from '../amazon/operations.ts';
import { type Bucket, doneAt, usableBurst } from '../domain/budget.ts';
import type { Store } from '../domain/store.ts';
import { pagesToCome, windowsDone, windowsOf } from '../domain/sweep.ts';
import { nextPollOf } from '../jobs/schedule.ts';
import { bucketsOf } from '../store/rate-budget.ts';
import type { SweepRow } from '../store/sweep-requests.ts';
import { InOtherWords, lastErrorView } from './in-other-words.ts';

const time = z.iso.datetime();
const count = z.int().nonnegative();

export const SweepView = z.object({
  id: z.uuid(),
  storeId: z.string(),
  kind: z.enum(['gap', 'backfill']),
  state: z.enum(['queued', 'running', 'done', 'failed', 'canceled']),
  from: time,
  until: time,
  requestedBy: z.string(),
  requestedAt: time,
  startedAt: time.optional(),
  finishedAt: time.optional(),
  windows: z.object({ total: count, done: count }).describe('Of at most a day each'),
  pages: count.describe('Calls to Amazon that have been answered'),
  seen: count.describe('Orders that Amazon showed; again those of a window that had to be read again'),
  imported: count.describe('Orders that were new here'),
  changed: count.describe('Orders that were other than here'),
  missing: count.describe('Orders that the synchronization should have brought'),
  stale: count.describe('Orders of which the synchronization should have brought a change'),
  unreadable: count,
  nextTurnAt: time.optional().describe('When it goes on: when the quota grants the next call, or after a failure'),
  finishesAt: time.optional().describe('An estimate, from the quota that the polls leave over; not in lists'),
  lastError: z.string().optional(),
  failure: InOtherWords.optional(),
});
export type SweepView = z.output<typeof SweepView>;

export const SweepWithEvidence = SweepView.extend({
  evidence: z
    .array(
      z.object({
        amazonOrderId: z.string(),
        createdAt: time,
        updatedAt: time,
        why: z
          .enum(['never-listed', 'late', 'stale'])
          .describe(
            "never-listed: Amazon's list of changes had passed it; late: it had been created long before; stale: a change of it was not listed",
          ),
      }),
    )
    .describe('The first thousand'),
});

export const viewOf = (row: SweepRow): SweepView => {
  const { at, startedAt, finishedAt, nextTurnAt, lastError, lastErrorCode, lastErrorFacts, ...rest } = row;
  return {
    ...rest,
    windows: { total: windowsOf(row), done: windowsDone(row, at) },
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    ...(isUnderWay(row) && { nextTurnAt }),
    ...lastErrorView({ lastError, lastErrorCode, lastErrorFacts }),
  };
};

/** With the time at which it will be finished. */
export const estimatedViewOf = async (kit: ServiceKit, store: Store | undefined, row: SweepRow): Promise<SweepView> => ({
  ...viewOf(row),
  ...(store && isUnderWay(row) && { finishesAt: await finishesAt(kit, store, row) }),
});

const isUnderWay = ({ state }: SweepRow): boolean => state === 'queued' || state === 'running';

/** When the quota will have granted the pages to come, besides the polls; not before its next turn. */
const finishesAt = async ({ database, clock }: ServiceKit, store: Store, row: SweepRow): Promise<string> => {
  const now = clock.now();
  const { rate, burst } = operations.searchOrders;
  const used = (await bucketsOf(database, store.id)).find(({ operation }) => operation === 'searchOrders');
  const bucket: Bucket = used ?? { rate, burst, tokens: usableBurst(burst), filledAt: now.toISOString(), pausedUntil: null };
  const left = { ...bucket, rate: Math.max(bucket.rate / 10, bucket.rate - pollsPerSecond(store, now)) };
  const grantedAt = doneAt(left, pagesToCome(row, row), now).getTime();
  return new Date(Math.max(grantedAt, Date.parse(row.nextTurnAt))).toISOString();
};

const pollsPerSecond = (store: Store, now: Date): number => {
  const next = nextPollOf(store, now);
  const afterNext = next && nextPollOf(store, next);
  return next && afterNext ? 1_000 / (afterNext.getTime() - next.getTime()) : 0;
};
