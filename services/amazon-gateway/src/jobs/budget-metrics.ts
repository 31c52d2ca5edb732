import type { ServiceKit } from '@orderbus/service-kit';
import { callsLeft } from '../domain/budget.ts';
import { scarcestBuckets } from '../store/rate-budget.ts';

/** What is left of the quotas, looked up when the metrics are read. A database that is away leaves it out. */
export const budgetMetrics = ({ metrics, database, clock }: Pick<ServiceKit, 'metrics' | 'database' | 'clock'>): void => {
  metrics.observed(
    { name: 'spapi_budget_tokens', help: 'Calls that a store has left, of the 200 scarcest', labelNames: ['store', 'op'] },
    async () => {
      const now = clock.now();
      const buckets = await scarcestBuckets(database, now);
      return buckets.map(({ storeId, operation: op, ...bucket }) => ({ labels: { store: storeId, op }, value: callsLeft(bucket, now) }));
    },
  );
};
