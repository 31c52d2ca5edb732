import { fulfillment, order, own } from '../../api/services.ts';
import { statusesQuery } from '../../api/statuses.ts';

/** How many needs and orders the page shows of all. */
export const shown = 8;

export const overviewOf = (store: string | undefined) => own.read('/api/overview', { params: { query: { store } } });

export const board = fulfillment.read('/ship-by');

export const needsInShort = (store: string | undefined) => own.read('/api/needs', { params: { query: { limit: shown, store } } });

export const newestOrders = (store: string | undefined) =>
  order.read('/orders', {
    params: { query: { limit: shown, sort: '-purchased', ...(store === undefined ? {} : { tenant: [store] }) } },
  });

/** What the page shows first of all. */
export const asksOfToday = (store: string | undefined) => [
  overviewOf(store),
  needsInShort(store),
  newestOrders(store),
  statusesQuery,
  board,
];
