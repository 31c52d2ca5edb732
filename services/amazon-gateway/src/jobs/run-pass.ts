import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@orderbus/kernel';
import type { Execution } from '@orderbus/outbox';
import type { Log } from '@orderbus/service-kit';
import { codes, isIllness } from '../amazon/amazon-error.ts';
import { readOrder } from '../amazon/read-order.ts';
import type { OrdersPage, OrdersRequest, SpApi } from '../amazon/sp-api.ts';
import { type Pass, passToRun, type SyncCursor, stepAfter } from '../domain/pass.ts';
import { commitPage, type PageResult, type PageTargets } from '../store/commit-page.ts';
import type { Lease } from '../store/sync-cursor.ts';

export interface PassOptions {
  readonly api: Pick<SpApi, 'searchOrders'>;
  readonly execution: Execution;
  readonly targets: PageTargets;
  readonly overlapMs: number;
  readonly log: Log;
  /** Told after each page that has been committed. */
  readonly committed: (result: PageResult) => void;
}

export interface PassResult {
  readonly pages: number;
  readonly watermark: string;
}

/**
 * Reads the window that is due, page by page, each page committed with the place where to go on. Whatever fails, the watermark stays:
 * the next pass goes on after the last committed page, or reads the window again, which changes nothing twice.
 */
export const runPass = async (
  options: PassOptions,
  { lease, cursor }: { readonly lease: Lease; readonly cursor: SyncCursor },
  signal: AbortSignal,
): Promise<PassResult> => {
  const { execution, targets, overlapMs } = options;
  const { clock } = execution;
  const tokens = new Set<string>();
  let pass = passToRun(cursor, clock.now(), overlapMs);
  for (let pages = 1; ; pages++) {
    signal.throwIfAborted();
    const { page, pass: asked } = await fetchPage(options, cursor, pass, signal);
    if (asked.token !== undefined) tokens.add(asked.token);
    const next = stepAfter(asked, page, cursor.watermark, clock.now(), tokens);
    const orders = page.orders.map((raw) => ({ raw, reading: readOrder(raw, lease.storeId) }));
    options.committed(await commitPage(execution, targets, lease, orders, next));
    if (next.step === 'stuck') throw new AppError('unavailable', codes.circle, { storeId: lease.storeId });
    if (next.step === 'finish') return { pages, watermark: next.watermark };
    pass = next.pass;
  }
};

/** The page, and the pass to which it belongs: a token that Amazon refuses sends us back to the first page of the window. */
const fetchPage = async (
  options: PassOptions,
  cursor: SyncCursor,
  pass: Pass,
  signal: AbortSignal,
): Promise<{ page: OrdersPage; pass: Pass }> => {
  const { api, log } = options;
  try {
    return { page: await withRetries(api, requestOf(pass), signal), pass };
  } catch (error) {
    if (pass.token === undefined || !isRefusedInput(error)) throw error;
    log.warn({ err: error }, 'Amazon refuses the page token, the window is read again');
    const restarted = passToRun({ ...cursor, pass: undefined }, options.execution.clock.now(), options.overlapMs);
    return { page: await withRetries(api, requestOf(restarted), signal), pass: restarted };
  }
};

const requestOf = ({ from, token }: Pass): OrdersRequest => ({ lastUpdatedAfter: from, paginationToken: token });

const isRefusedInput = (error: unknown): boolean => error instanceof AppError && error.code === codes.invalid;

/** A hiccup is asked again at once. What lasts longer waits for the next pass: each call costs quota. */
const retryDelaysMs = [250, 1_000];

const withRetries = async (api: PassOptions['api'], request: OrdersRequest, signal: AbortSignal): Promise<OrdersPage> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await api.searchOrders(request, signal);
    } catch (error) {
      const delayMs = retryDelaysMs[attempt];
      if (delayMs === undefined || signal.aborted || !isHiccup(error)) throw error;
      await sleep(delayMs * (0.5 + Math.random() / 2), undefined, { signal });
    }
  }
};

const isHiccup = (error: unknown): boolean =>
  error instanceof AppError && isIllness(error) && error.code !== 'circuit.open' && error.code !== 'call.timeout';
