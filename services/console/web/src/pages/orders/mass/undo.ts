import type { ListedOrder } from '../orders.ts';
import type { Outcome, Wish } from './run.ts';

/** What takes it back, each with the orders that it was done to; nothing where it cannot be taken back. */
export type Undo = readonly { readonly wish: Wish; readonly orders: readonly ListedOrder[] }[];

/** `orders` are as they were before. */
export const undoOf = (wish: Wish, orders: readonly ListedOrder[], outcomes: readonly Outcome[]): Undo => {
  const changed = new Set(outcomes.filter(({ done }) => done).map(({ id }) => id));
  const before = orders.filter(({ id }) => changed.has(id));
  return waysBack(wish, before).filter((way) => way.orders.length > 0);
};

const waysBack = (wish: Wish, before: readonly ListedOrder[]): Undo => {
  switch (wish.kind) {
    case 'hold':
      return [{ wish: { kind: 'release' }, orders: before }];
    case 'release':
      return [{ wish: { kind: 'hold' }, orders: before }];
    case 'tag':
      return [...wish.add.map((tag) => retag(before, tag, false)), ...wish.remove.map((tag) => retag(before, tag, true))];
    case 'note':
      return groupedBy(before, ({ note }) => note).map(([note, orders]) => ({ wish: { kind: 'note', note }, orders }));
    case 'status':
      return groupedBy(before, ({ status }) => status).map(([status, orders]) => ({ wish: { kind: 'status', status }, orders }));
    default:
      return [];
  }
};

/** Only where it was otherwise before. */
const retag = (before: readonly ListedOrder[], tag: string, had: boolean): Undo[number] => ({
  wish: had ? { kind: 'tag', add: [tag], remove: [] } : { kind: 'tag', add: [], remove: [tag] },
  orders: before.filter(({ tags }) => tags.includes(tag) === had),
});

const groupedBy = <Key>(orders: readonly ListedOrder[], keyOf: (one: ListedOrder) => Key): [Key, ListedOrder[]][] => [
  ...Map.groupBy(orders, keyOf).entries(),
];
