import { type Clock, systemClock } from '@orderbus/kernel';
import { createLog, createMetrics } from '@orderbus/service-kit';
import type { FailedCall } from '../src/amazon/exchange.ts';
import { type SpApi, type SpApiOptions, spApi } from '../src/amazon/sp-api.ts';

export const credentials = { clientId: 'client', clientSecret: 'not-a-secret', refreshToken: 'not-a-token' };

export interface TestClient {
  readonly api: SpApi;
  readonly failures: FailedCall[];
  /** The value of a series, e.g. `spapi_requests_total{op="getOrder"…`. */
  metric(pattern: RegExp): Promise<string | undefined>;
}

/** A client of one store, without the service around it. */
export const testClient = ({
  url,
  clock = systemClock,
  ...options
}: { readonly url: string; readonly clock?: Clock } & Partial<SpApiOptions>): TestClient => {
  const failures: FailedCall[] = [];
  const metrics = createMetrics('gateway');
  const api = spApi({
    store: { id: 'na', region: 'na', marketplaces: [] },
    credentials: () => credentials,
    endpoint: url,
    lwaEndpoint: `${url}/auth/o2/token`,
    failed: (call) => failures.push(call),
    clock,
    log: createLog({ service: 'gateway', level: 'silent' }),
    metrics,
    ...options,
  });
  return { api, failures, metric: async (pattern) => (await metrics.registry.metrics()).match(pattern)?.[1] };
};
