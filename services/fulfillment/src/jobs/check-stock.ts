import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { listDifferences } from '../store/differences.ts';

/** How many differences a log line names, and the gauge counts at most. */
const atMost = 1_000;
const named = 20;

/** Compares all stock with its movements. A difference is told, never repaired: only a person can count. */
export const checkStock = ({ database, log, metrics }: ServiceKit, everyMs: number): Part => {
  const differences = metrics.gauge({
    name: 'stock_ledger_differences',
    help: 'Stocks that were not what their movements and the orders say, when they were compared last; 1,000 stands for more',
  });
  return every(
    everyMs,
    async () => {
      const found = await listDifferences(database, undefined, atMost);
      differences.set(found.length);
      if (found.length === 0) return;
      log.error(
        { count: found.length, differences: found.slice(0, named) },
        'stock differs from its movements: count these products, then reconcile them',
      );
    },
    { name: 'check-stock', log },
  );
};
