import type { Clock } from '@orderbus/kernel';
import type { Log } from '@orderbus/service-kit';
import type { OrdersPage, SpApi } from '../amazon/sp-api.ts';
import { type Dataset, datasetNamedIn, datasetsWithout } from '../domain/datasets.ts';
import { type Degraded, isTimeForAll, newPass, type Pass, type SyncCursor } from '../domain/pass.ts';
import { isRefusedInput, withoutRefused, withRetries } from './ask-amazon.ts';

export interface PageSource {
  readonly api: Pick<SpApi, 'searchOrders'>;
  readonly clock: Clock;
  readonly overlapMs: number;
  readonly log: Log;
}

/** A page, the pass to which it belongs, and what Amazon refused to show on it. */
export interface FetchedPage {
  readonly page: OrdersPage;
  readonly pass: Pass;
  readonly degraded: Degraded | undefined;
}

/** The page at which the pass stands. A token that Amazon refuses sends us back to the first page of the window. */
export const fetchPage = async (source: PageSource, cursor: SyncCursor, pass: Pass, signal: AbortSignal): Promise<FetchedPage> => {
  if (pass.token === undefined) return fetchFirst(source, cursor, signal);
  const { degraded } = cursor;
  try {
    return { page: await ask(source, pass, degraded?.without ?? [], signal), pass, degraded };
  } catch (error) {
    if (!isRefusedInput(error)) throw error;
    source.log.warn({ err: error }, 'Amazon refuses the page token, the window is read again');
    return fetchFirst(source, cursor, signal);
  }
};

/** Everything is asked for, now and then also while Amazon refuses part of it. What it shows is read meanwhile. */
const fetchFirst = async (source: PageSource, cursor: SyncCursor, signal: AbortSignal): Promise<FetchedPage> => {
  const { overlapMs, clock, log } = source;
  const { degraded } = cursor;
  const partial = newPass(cursor, overlapMs);
  const askWithout = (without: readonly Dataset[]) => ask(source, partial, without, signal);
  if (degraded && !isTimeForAll(degraded, clock.now())) {
    try {
      return { page: await askWithout(degraded.without), pass: partial, degraded };
    } catch (error) {
      if (!isRefusedInput(error)) throw error;
      log.warn({ err: error, without: degraded.without }, 'Amazon refuses more than before');
    }
  }
  const full = newPass({ ...cursor, degraded: undefined }, overlapMs);
  try {
    return { page: await ask(source, full, [], signal), pass: full, degraded: undefined };
  } catch (error) {
    // A request that Amazon has accepted before is not wrong today: part of Amazon is ill.
    const isNews = cursor.lastSuccessAt !== null || degraded !== undefined || datasetNamedIn(error) !== undefined;
    if (!isRefusedInput(error) || !isNews) throw error;
    const { answer: page, without } = await withoutRefused(askWithout, error, degraded?.without);
    const triedAt = clock.now().toISOString();
    log.warn({ err: error, without }, 'Amazon refuses part of what is asked for; the rest is read, and all of it again later');
    return { page, pass: partial, degraded: { without, since: degraded?.since ?? triedAt, until: degraded?.until, triedAt } };
  }
};

const ask = ({ api }: PageSource, { from, token }: Pass, without: readonly Dataset[], signal: AbortSignal): Promise<OrdersPage> =>
  withRetries(
    () => api.searchOrders({ lastUpdatedAfter: from, paginationToken: token, includedData: datasetsWithout(without) }, signal),
    signal,
  );
