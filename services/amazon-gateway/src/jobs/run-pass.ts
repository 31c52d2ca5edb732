import { AppError } from '@orderbus/kernel';
import { type Execution, spanNames, storeAttribute, traced, tracedPart } from '@orderbus/outbox';
import type { Log } from '@orderbus/service-kit';
import { codes } from '../amazon/amazon-error.ts';
import { readOrder } from '../amazon/read-order.ts';
import type { SpApi } from '../amazon/sp-api.ts';
import { type NextStep, passToRun, stepAfter } from '../domain/pass.ts';
import type { Store } from '../domain/store.ts';
import type { PageTargets } from '../store/commit-orders.ts';
import { commitPage } from '../store/commit-page.ts';
import type { LeasedCursor } from '../store/sync-cursor.ts';
import { fetchPage } from './fetch-page.ts';
import type { OrdersCommitted } from './sync-metrics.ts';

export interface PassOptions {
  readonly api: Pick<SpApi, 'searchOrders'>;
  /** As it is at the time of the pass: a person may change it. */
  readonly store: () => Pick<Store, 'name' | 'startFrom' | 'nonAmazonOrders'>;
  readonly execution: Execution;
  readonly targets: PageTargets;
  readonly overlapMs: number;
  readonly log: Log;
  /** Told after each page that has been committed. */
  readonly committed: OrdersCommitted;
}

export interface PassResult {
  readonly pages: number;
  readonly watermark: string;
}

/**
 * Reads the window that is due, page by page, each page committed with the place where to go on. Whatever fails, the watermark stays:
 * the next pass goes on after the last committed page, or reads the window again, which changes nothing twice.
 */
export const runPass = (options: PassOptions, leased: LeasedCursor, signal: AbortSignal): Promise<PassResult> => {
  const attributes = storeAttribute(leased.lease.storeId);
  return traced(options.execution.tracing, spanNames.pass, { root: true, attributes }, () => readPages(options, leased, signal));
};

const readPages = async (options: PassOptions, { lease, cursor }: LeasedCursor, signal: AbortSignal): Promise<PassResult> => {
  const { api, execution, targets, overlapMs, log } = options;
  const { clock } = execution;
  const { lastSuccessAt, watermark } = cursor;
  const { name: storeName, startFrom: notBefore, nonAmazonOrders } = options.store();
  const tokens = new Set<string>();
  let pass = passToRun(cursor, clock.now(), overlapMs);
  let { degraded } = cursor;

  const readPage = async (): Promise<NextStep> => {
    const fetched = await fetchPage({ api, clock, overlapMs, log }, { ...cursor, degraded }, pass, signal);
    degraded = fetched.degraded;
    if (fetched.pass.token !== undefined) tokens.add(fetched.pass.token);
    const next = stepAfter(fetched.pass, fetched.page, { watermark, degraded }, clock.now(), tokens);
    const reading = { nonAmazonOrders, without: degraded?.without ?? [] };
    const orders = fetched.page.orders.map((raw) => ({ raw, reading: readOrder(raw, lease.storeId, reading) }));
    const seen = await commitPage(execution, targets, { lease, storeName, lastSuccessAt, orders, notBefore, next, degraded });
    options.committed(seen, lastSuccessAt !== null);
    return next;
  };

  for (let pages = 1; ; pages++) {
    signal.throwIfAborted();
    const next = await tracedPart(spanNames.page, {}, readPage);
    if (next.step === 'stuck') throw new AppError('unavailable', codes.circle, { storeId: lease.storeId });
    if (next.step === 'finish' || next.step === 'finish-degraded')
      return { pages, watermark: next.step === 'finish' ? next.watermark : watermark };
    pass = next.pass;
  }
};
