import type { Clock } from '@orderbus/kernel';
import type { CircuitState, Log, Metrics, WatchCircuit } from '@orderbus/service-kit';
import type { Region } from '../domain/marketplaces.ts';
import type { Credentials } from '../domain/store.ts';
import type { RateBudget } from '../store/rate-budget.ts';
import { accessToken } from './access-token.ts';
import { storeBudget } from './budget.ts';
import { type CircuitName, circuits } from './circuits.ts';
import { exchanges, type FailedCall } from './exchange.ts';
import { type FeedsApi, feedsApi } from './feeds-api.ts';
import { type FinancesApi, financesApi } from './finances-api.ts';
import { type MessagingApi, messagingApi } from './messaging-api.ts';
import { type OrdersApi, ordersApi } from './orders-api.ts';
import { requests } from './request.ts';
import { type ShipmentsApi, shipmentsApi } from './shipments-api.ts';

export type { Feed, FeedsApi } from './feeds-api.ts';
export type { OrdersPage } from './orders-api.ts';

export interface SpApiOptions {
  /** Its marketplaces are looked up at each call. None: all in which the account sells. */
  readonly store: { readonly id: string; readonly region: Region; readonly marketplaces: readonly string[] };
  /** Asked for at each login, and not kept. */
  readonly credentials: () => Credentials | Promise<Credentials>;
  /** Instead of the region's own. */
  readonly endpoint: string | undefined;
  readonly lwaEndpoint: string;
  /** Absent: the calls are not counted. For credentials that are only being tried. */
  readonly budget?: RateBudget;
  /** Told of every call that failed. */
  readonly failed?: (call: FailedCall) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Absent: nobody is told that Amazon cannot be reached. For credentials that are only being tried. */
  readonly watch?: WatchCircuit;
}

/**
 * One store's Selling Partner API. Every error is an AppError with Amazon's own words in its details; `certainty.ts` tells what it
 * means for the call. Times are ISO strings.
 */
export interface SpApi extends OrdersApi, ShipmentsApi, FeedsApi, FinancesApi, MessagingApi {
  readonly circuits: Readonly<Record<CircuitName, CircuitState>>;
  stop(): Promise<void>;
}

export const spApi = (options: SpApiOptions): SpApi => {
  const { store, budget, clock, log, metrics, watch, failed = () => {} } = options;
  const breakers = circuits(store.id, { log, metrics, watch });
  const exchange = exchanges({ storeId: store.id, circuits: breakers, failed, log, metrics });
  const request = requests({
    base: (options.endpoint ?? endpoints[store.region]).replace(/\/$/, ''),
    budget: storeBudget(store.id, { budget, clock, log }),
    tokens: accessToken({ credentials: options.credentials, endpoint: options.lwaEndpoint, exchange, clock, metrics }),
    circuits: breakers,
    exchange,
    clock,
    throttled: metrics.counter({ name: 'spapi_throttled_total', help: 'Calls that Amazon refused for lack of quota', labelNames: ['op'] }),
  });

  return {
    ...ordersApi(request, () => store.marketplaces),
    ...shipmentsApi(request),
    ...feedsApi(request, exchange),
    ...financesApi(request),
    ...messagingApi(request),
    get circuits() {
      return breakers.states;
    },
    stop: breakers.stop,
  };
};

const endpoints: Readonly<Record<Region, string>> = {
  na: 'https://sellingpartnerapi-na.amazon.com',
  eu: 'https://sellingpartnerapi-eu.amazon.com',
  fe: 'https://sellingpartnerapi-fe.amazon.com',
};
