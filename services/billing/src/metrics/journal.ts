import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { countUnbalanced } from '../store/journal-queries.ts';

/** Adds the whole journal up from time to time: too much for each look at the metrics. */
export const watchJournal = ({ metrics, database, log }: Pick<ServiceKit, 'metrics' | 'database' | 'log'>, everyMs: number): Part => {
  const unbalanced = metrics.gauge({
    name: 'journal_unbalanced',
    help: 'Orders whose journal does not balance, when it was last added up',
  });
  return every(
    everyMs,
    async () => {
      const count = await countUnbalanced(database);
      unbalanced.set(count);
      if (count > 0) log.error({ count }, 'the journal of some orders does not balance');
    },
    { name: 'watch-journal', log },
  );
};
