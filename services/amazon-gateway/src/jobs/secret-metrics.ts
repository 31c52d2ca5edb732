import { remembered, type ServiceKit } from '@orderbus/service-kit';
import { knownSecrets } from '../store/secret-watch.ts';

/** Amazon ends a client secret by its age. */
export const secretMetrics = ({ metrics, database, clock }: Pick<ServiceKit, 'metrics' | 'database' | 'clock'>): void => {
  const secrets = remembered(() => knownSecrets(database));
  metrics.observed(
    {
      name: 'amazon_secret_age_seconds',
      help: 'Seconds since a secret of a store was set, or first seen here: client-secret, authorization',
      labelNames: ['store', 'secret'],
    },
    async () =>
      (await secrets())
        .filter(({ isGone }) => !isGone)
        .map(({ storeId, secret, setAt }) => ({
          labels: { store: storeId, secret },
          value: (clock.now().getTime() - Date.parse(setAt)) / 1_000,
        })),
  );
};
