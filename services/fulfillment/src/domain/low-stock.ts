import { accept, type Decision, refuse, StockLow, StockReplenished } from '@orderbus/contracts';

/** A product and what is left of it. */
export interface Left {
  readonly sku: string;
  readonly title: string;
  /** For new orders, at all enabled locations. */
  readonly available: number;
  /** So many, or fewer, are few. Null: nobody wants to know. */
  readonly lowAt: number | null;
  /** Enabled, with a stock that is managed. */
  readonly counted: boolean;
}

/** What was said of it last. */
export interface SaidOfStock {
  readonly low: boolean;
}

/** A crossing is told, once in each direction; how the units came and went in between does not matter. */
export const decideLowStock = (said: SaidOfStock | undefined, { sku, title, available, lowAt, counted }: Left): Decision<SaidOfStock> => {
  const limit = counted ? lowAt : null;
  const low = limit !== null && available <= limit;
  if (low === (said?.low ?? false)) return refuse('already-done');
  if (low) return accept({ low }, StockLow.of({ sku, title, available, lowAt: limit }));
  return accept({ low }, StockReplenished.of({ sku, title, available, reason: limit === null ? 'not-watched' : 'replenished' }));
};
