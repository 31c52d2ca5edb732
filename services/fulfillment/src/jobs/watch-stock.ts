import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { tellLowStock } from '../store/low-stock.ts';

/** Of how many products one transaction tells. */
const atMost = 500;

export interface LowStockSettings {
  readonly everyMs: number;
  /** What counts as few where a product does not say. Null: nobody is told. */
  readonly lowAt: number | null;
}

/** Says once that a product runs low, and once that there is more of it again. */
export const watchStock = ({ execution, log }: ServiceKit, { everyMs, lowAt }: LowStockSettings): Part =>
  every(
    everyMs,
    async (signal) => {
      while (!signal.aborted && (await tellLowStock(execution, lowAt, atMost)) === atMost);
    },
    { name: 'watch-stock', log },
  );
