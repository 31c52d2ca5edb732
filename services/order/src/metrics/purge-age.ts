import type { ServiceKit } from '@orderbus/service-kit';
import { lastPurge } from '../store/buyer-retention.ts';

/** Left out before the first purge, and while the database is away. */
export const measurePurgeAge = ({ metrics, database, clock }: Pick<ServiceKit, 'metrics' | 'database' | 'clock'>): void => {
  metrics.gauge({
    name: 'vault_purge_age_seconds',
    help: 'Since buyers were last looked through for those whose time is up, without a failure',
    async collect() {
      const at = await lastPurge(database).catch(() => undefined);
      if (at === undefined) this.reset();
      else this.set((clock.now().getTime() - Date.parse(at)) / 1_000);
    },
  });
};
