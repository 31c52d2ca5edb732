import { AppError, type Clock } from '@orderbus/kernel';
import { type Breaker, breaker, type CircuitState, type Log, type Metrics } from '@orderbus/service-kit';
import type { Region, StoreSettings } from '../config.ts';
import { type AccessToken, accessToken } from './access-token.ts';
import { codes, isIllness, saysExpired, spApiError } from './amazon-error.ts';
import { call, userAgent } from './http.ts';
import { OrdersPageJson } from './order-schema.ts';

export interface SpApiOptions {
  readonly store: StoreSettings;
  /** Instead of the region's own. */
  readonly endpoint: string | undefined;
  readonly lwaEndpoint: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** A window of changes, and where in it. Every page of it is asked for with the same parameters. */
export interface OrdersRequest {
  readonly lastUpdatedAfter: string;
  readonly paginationToken: string | undefined;
}

export interface OrdersPage {
  readonly orders: readonly unknown[];
  readonly nextToken: string | undefined;
  readonly lastUpdatedBefore: string | undefined;
}

/** One store's Selling Partner API. Every error is an AppError with Amazon's own words in its details. */
export interface SpApi {
  searchOrders(request: OrdersRequest, signal: AbortSignal): Promise<OrdersPage>;
  readonly circuit: CircuitState;
  stop(): Promise<void>;
}

export const spApi = (options: SpApiOptions): SpApi => {
  const { store, log, metrics, clock } = options;
  const base = (options.endpoint ?? endpoints[store.region]).replace(/\/$/, '');
  const tokens = accessToken({ store, endpoint: options.lwaEndpoint, clock, log, metrics });
  const requests = metrics.counter({ name: 'spapi_requests_total', help: 'Calls by operation and answer', labelNames: ['op', 'status'] });
  const duration = metrics.histogram({
    name: 'spapi_duration_seconds',
    help: 'How long Amazon took to answer',
    labelNames: ['op'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });

  const request = async (op: string, url: string, token: string, signal: AbortSignal): Promise<unknown> => {
    const startedAt = performance.now();
    let status = 'none';
    try {
      const answer = await call(url, { signal, headers: headersFor(token, clock) });
      status = String(answer.status);
      log.debug({ op, store: store.id, status: answer.status, requestId: answer.requestId }, 'Amazon answered');
      if (answer.ok) return answer.body;
      throw spApiError(answer);
    } finally {
      requests.inc({ op, status });
      duration.observe({ op }, (performance.now() - startedAt) / 1_000);
    }
  };
  const guarded: Breaker<[op: string, url: string, token: string, stop: AbortSignal], unknown> = breaker(
    { name: `spapi.${store.id}`, timeoutMs: 30_000, log, metrics, isFailure: isIllness },
    (signal, op, url, token, stop) => request(op, url, token, AbortSignal.any([signal, stop])),
  );
  const get = authorized(tokens, guarded);

  return {
    searchOrders: async ({ lastUpdatedAfter, paginationToken }, signal) => {
      const query = queryOf({
        lastUpdatedAfter: [lastUpdatedAfter],
        marketplaceIds: store.marketplaces,
        maxResultsPerPage: ['100'],
        includedData,
        paginationToken: paginationToken === undefined ? [] : [paginationToken],
      });
      const page = OrdersPageJson.safeParse(await get('searchOrders', `${base}/orders/2026-01-01/orders?${query}`, signal));
      if (!page.success) throw new AppError('unavailable', codes.garbled, { op: 'searchOrders' });
      const { orders, pagination, lastUpdatedBefore } = page.data;
      return { orders, nextToken: pagination?.nextToken ?? undefined, lastUpdatedBefore: lastUpdatedBefore ?? undefined };
    },
    get circuit() {
      return guarded.state;
    },
    stop: async () => {
      await Promise.all([guarded.stop(), tokens.stop()]);
    },
  };
};

const endpoints: Readonly<Record<Region, string>> = {
  na: 'https://sellingpartnerapi-na.amazon.com',
  eu: 'https://sellingpartnerapi-eu.amazon.com',
  fe: 'https://sellingpartnerapi-fe.amazon.com',
};

/** The datasets that we read, and no more. Without FULFILLMENT there is not even a status. */
const includedData = ['BUYER', 'RECIPIENT', 'PROCEEDS', 'CANCELLATION', 'FULFILLMENT', 'TAX'];

/** A call with a token, and once more with a new one when Amazon says that the token has expired. */
const authorized =
  (tokens: AccessToken, send: (op: string, url: string, token: string, signal: AbortSignal) => Promise<unknown>) =>
  async (op: string, url: string, signal: AbortSignal): Promise<unknown> => {
    const token = await tokens.get();
    try {
      return await send(op, url, token, signal);
    } catch (error) {
      const isStale = saysExpired(error) || (error instanceof AppError && error.details.status === 401);
      if (!isStale) throw error;
      tokens.discard(token);
      return send(op, url, await tokens.get(), signal);
    }
  };

const headersFor = (token: string, clock: Clock): Record<string, string> => ({
  accept: 'application/json',
  'user-agent': userAgent,
  'x-amz-access-token': token,
  'x-amz-date': clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, ''),
});

/** Lists are comma separated; everything else in a value is encoded: a bare `+` or `=` of a token would arrive as something else. */
const queryOf = (parameters: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(parameters)
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name}=${values.map(encodeURIComponent).join(',')}`)
    .join('&');
