import { remembered, type ServiceKit } from '@orderbus/service-kit';
import { countOverdueBuyers, lastPurge } from '../store/buyer-retention.ts';
import type { RetentionRules } from '../vault/retention.ts';

/** The count looks at every buyer that is kept. */
const countKeptMs = 60_000;

export interface PurgeMetricsOptions {
  readonly rules: RetentionRules;
  /** How often the purge runs: after two turns nobody may be left. */
  readonly everyMs: number;
}

/** Whether buyers are forgotten in time. */
export const measurePurge = (
  { metrics, database, clock }: Pick<ServiceKit, 'metrics' | 'database' | 'clock'>,
  { rules, everyMs }: PurgeMetricsOptions,
): void => {
  metrics.observed(
    {
      name: 'vault_purge_age_seconds',
      help: 'Seconds since buyers were last looked through for those whose time is up, without a failure',
    },
    async () => {
      const at = await lastPurge(database);
      return at === undefined ? undefined : (clock.now().getTime() - Date.parse(at)) / 1_000;
    },
  );
  const overdue = remembered(
    () => countOverdueBuyers(database, rules, new Date(clock.now().getTime() - 2 * everyMs).toISOString()),
    countKeptMs,
  );
  metrics.observed(
    { name: 'pii_rows_overdue', help: 'Buyers that are kept although their time was up two turns of the purge ago, without a legal hold' },
    overdue,
  );
};
