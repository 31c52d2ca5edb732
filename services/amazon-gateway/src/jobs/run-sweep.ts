import { AppError } from '@orderbus/kernel';
import { type Execution, spanNames, storeAttribute, traced } from '@orderbus/outbox';
import { codes } from '../amazon/amazon-error.ts';
import { readOrder } from '../amazon/read-order.ts';
import type { OrdersPage, SpApi } from '../amazon/sp-api.ts';
import { datasets } from '../domain/datasets.ts';
import { isFreshToken } from '../domain/pass.ts';
import type { Store } from '../domain/store.ts';
import { restarted, type SweepPlace, sweepStepAfter, windowAt } from '../domain/sweep.ts';
import { commitOrders, type PageTargets } from '../store/commit-orders.ts';
import { giveUp, putBack, restartWindow, type SweepTurn } from '../store/sweep.ts';
import { type LockedSweep, lockSweep, recordPage } from '../store/sweep-page.ts';
import { isRefusedInput, withRetries } from './ask-amazon.ts';
import { refusalOf } from './refusal.ts';
import type { OrdersCommitted } from './sync-metrics.ts';

export interface SweepOptions {
  readonly execution: Execution;
  readonly targets: PageTargets;
  readonly overlapMs: number;
  readonly committed: OrdersCommitted;
}

export interface SweptStore {
  readonly store: Pick<Store, 'name' | 'startFrom' | 'nonAmazonOrders'>;
  readonly api: Pick<SpApi, 'searchOrders'>;
}

/** Then others get their turn. */
const pagesPerTurn = 5;

/** Calls of the quota that are left to the polls: a sweep never makes one late. */
const sparedCalls = 5;

/**
 * Some pages of a sweep, each committed with the place where to go on. It moves no watermark. Whatever fails, it goes on there later:
 * when the quota grants it, else with growing patience.
 */
export const runSweep = (options: SweepOptions, swept: SweptStore, turn: SweepTurn, signal: AbortSignal): Promise<void> => {
  const attributes = storeAttribute(turn.storeId);
  return traced(options.execution.tracing, spanNames.sweep, { root: true, attributes }, () => sweepPages(options, swept, turn, signal));
};

const sweepPages = async (options: SweepOptions, swept: SweptStore, turn: SweepTurn, signal: AbortSignal): Promise<void> => {
  const { database, clock } = options.execution;
  let { place } = turn;
  try {
    for (let pages = 0; pages < pagesPerTurn; pages++) {
      signal.throwIfAborted();
      const next = await sweepPage(options, swept, { ...turn, place }, signal);
      if (!next) return;
      place = next;
    }
    await putBack(database, turn, { nextTurnAt: clock.now() });
  } catch (error) {
    if (error instanceof AppError && error.code === 'sweep.lost') return;
    if (signal.aborted) return putBack(database, turn, { nextTurnAt: clock.now() });
    await afterFailure(options, turn, place, error);
  }
};

/** Where the sweep goes on; nothing when that was its last page. */
const sweepPage = async (
  { execution, targets, overlapMs, committed }: SweepOptions,
  { store, api }: SweptStore,
  turn: SweepTurn,
  signal: AbortSignal,
): Promise<SweepPlace | undefined> => {
  const { clock } = execution;
  const { storeId } = turn;
  const page = await fetchPage(api, turn, clock.now(), signal);
  const now = clock.now();
  const step = sweepStepAfter(turn, turn.place, page.nextToken, now);
  const orders = page.orders.map((raw) => ({ raw, reading: readOrder(raw, storeId, { nonAmazonOrders: store.nonAmazonOrders }) }));
  let locked: LockedSweep = { passedUntil: '', evidenceKept: 0 };
  const seen = await commitOrders(execution, targets, {
    storeId,
    orders,
    ...(turn.kind === 'gap' && { notBefore: store.startFrom }),
    before: async (tx) => {
      locked = await lockSweep(tx, turn, overlapMs);
    },
    after: (tx, results) => recordPage(tx, turn, { step, seen: results, ...locked, now, storeName: store.name }),
  });
  committed(seen);
  return step.step === 'continue' ? step.place : undefined;
};

const fetchPage = (api: SweptStore['api'], turn: SweepTurn, now: Date, signal: AbortSignal): Promise<OrdersPage> => {
  const { place } = turn;
  const window = windowAt(turn, place);
  const paginationToken = isFreshToken(place.tokenAt, now) ? window.token : undefined;
  return withRetries(
    () =>
      api.searchOrders(
        { createdAfter: window.from, createdBefore: window.until, paginationToken, includedData: datasets, spare: sparedCalls },
        signal,
      ),
    signal,
  );
};

const afterFailure = async ({ execution }: SweepOptions, turn: SweepTurn, place: SweepPlace, error: unknown): Promise<void> => {
  const { database, clock } = execution;
  const now = clock.now();
  const refusal = refusalOf(error);
  if (isRefusedInput(error) && place.token !== undefined) {
    const again = restarted(place);
    if (again.step !== 'continue') return giveUp(database, turn, refusal, now);
    await restartWindow(database, turn, again.place);
    return putBack(database, turn, { nextTurnAt: now });
  }
  const grantedAt = grantedAfter(error);
  if (grantedAt) return putBack(database, turn, { nextTurnAt: grantedAt, failure: { ...refusal, counts: false } });
  if (turn.failures >= (isRefusedInput(error) ? mostRefusals : mostFailures)) return giveUp(database, turn, refusal, now);
  const waitMs = Math.min(mostPatienceMs, firstPatienceMs * 2 ** turn.failures);
  await putBack(database, turn, { nextTurnAt: new Date(now.getTime() + waitMs), failure: { ...refusal, counts: true } });
};

/** When the quota is used up: that is no failure, only slow. */
const grantedAfter = (error: unknown): Date | undefined => {
  if (!(error instanceof AppError) || error.code !== codes.budget) return undefined;
  const at = Date.parse(String(error.details.availableAt));
  return Number.isNaN(at) ? undefined : new Date(at);
};

const firstPatienceMs = 30_000;
const mostPatienceMs = 3_600_000;

/** A request that Amazon never accepts is given up after a while; for everything else somebody may yet do something, for days. */
const mostRefusals = 10;
const mostFailures = 100;
