import type { Filters, Sort } from '../orders.ts';

/** What the list shows: what a file of it holds. */
export interface ListedOrders {
  readonly filters: Filters;
  readonly sort: Sort;
  /** The columns of the list. */
  readonly shown: readonly string[];
  readonly count: number | undefined;
}
