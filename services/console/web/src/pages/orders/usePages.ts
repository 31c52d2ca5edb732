import { type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { order } from '../../api/services.ts';
import type { GridWindow } from '../../ui/grid/columns.ts';
import { type Chain, isWhole, learned, pageSize, pagesAround, rowsOf, tooFar, unread } from './chain.ts';
import type { Filters, ListedOrder, Sort } from './orders.ts';

export interface OrderPages {
  /** Everything that is in memory. */
  readonly rows: readonly ListedOrder[];
  readonly window: GridWindow<ListedOrder>;
  /** Nothing at all has come yet. */
  readonly isWaiting: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

type Page = { readonly items: ListedOrder[]; readonly nextCursor?: string };

/**
 * The list, however long: only the pages around what is on the screen are kept, and only those are fetched again when something happens.
 * `useInfiniteQuery` would fetch all of them, one after the other.
 */
export const useOrderPages = (filters: Filters, sort: Sort): OrderPages => {
  const query = { ...filters, sort };
  const listing = JSON.stringify(query);
  const [chain, setChain] = useState<Chain>(unread);
  const [pages, setPages] = useState<readonly number[]>([0]);
  const held = useRef(new Map<number, readonly ListedOrder[]>());
  const shown = useRef(listing);
  if (shown.current !== listing) {
    shown.current = listing;
    held.current = new Map();
    setChain(unread);
    setPages([0]);
  }
  const answers: UseQueryResult<Page>[] = useQueries({
    queries: pages.map((page) => ({
      ...order.read('/orders', { params: { query: { ...query, limit: pageSize, cursor: chain.cursors[page] } } }),
      gcTime: 10_000,
    })),
  });
  for (const [n, { data }] of answers.entries()) if (data) held.current.set(pages[n] ?? 0, data.items);
  for (const page of tooFar(held.current.keys(), pages)) held.current.delete(page);
  useEffect(() => {
    let next = chain;
    for (const [n, { data }] of answers.entries())
      if (data) next = learned(next, pages[n] ?? 0, { length: data.items.length, nextCursor: data.nextCursor });
    if (next !== chain) setChain(next);
  }, [answers, chain, pages]);
  const look = useCallback(
    (first: number, last: number) => {
      const around = pagesAround(chain, first, last);
      setPages((before) => (before.join() === around.join() ? before : around));
    },
    [chain],
  );
  const failed = answers.find(({ error }) => error !== null);
  // One after the other of the pages that are held; the same array as long as none of them has changed.
  const inMemory = [...held.current.entries()].sort(([one], [other]) => one - other).map(([, items]) => items);
  const rows = useSame(inMemory);
  const isWaiting = held.current.size === 0;
  return {
    rows,
    window: {
      count: isWaiting ? 0 : rowsOf(chain),
      at: (index) => held.current.get(Math.floor(index / pageSize))?.[index % pageSize],
      look,
      isWhole: isWhole(chain),
    },
    isWaiting,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
};

const useSame = (pages: readonly (readonly ListedOrder[])[]): readonly ListedOrder[] => {
  const before = useRef<{ readonly pages: readonly (readonly ListedOrder[])[]; readonly rows: readonly ListedOrder[] }>({
    pages: [],
    rows: [],
  });
  const { current } = before;
  const isSame = pages.length === current.pages.length && pages.every((page, n) => page === current.pages[n]);
  if (!isSame) before.current = { pages, rows: distinct(pages.flat()) };
  return before.current.rows;
};

/** While a list moves, an order may stand on two pages. */
const distinct = (rows: readonly ListedOrder[]): ListedOrder[] => [...new Map(rows.map((row) => [row.id, row])).values()];
