import { useMemo, useState } from 'react';
import { done, order } from '../../api/services.ts';
import { sayFailed } from '../../ui/said.tsx';
import { mostAtOnce } from './mass/run.ts';
import { type Filters, type ListedOrder, nameOf } from './orders.ts';

const atATime = 200;

/** The orders that somebody has chosen, as they were then: they stay chosen when their page is let go. */
export const useChosen = (rows: readonly ListedOrder[]) => {
  const [chosen, setChosen] = useState<ReadonlyMap<string, ListedOrder>>(new Map());
  const inMemory = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows]);
  const known = (id: string): ListedOrder | undefined => inMemory.get(id) ?? chosen.get(id);
  return {
    /** As they are now, where they are in memory. */
    orders: [...chosen.keys()].flatMap((id) => known(id) ?? []),
    selection: {
      ids: new Set(chosen.keys()),
      set: (ids: readonly string[]) =>
        setChosen(
          new Map(
            ids.flatMap((id) => {
              const one = known(id);
              return one ? [[id, one]] : [];
            }),
          ),
        ),
      nameOf: (id: string) => {
        const one = known(id);
        return one ? nameOf(one) : id;
      },
    },
    unchoose: (ids: ReadonlySet<string>) => setChosen((before) => new Map([...before].filter(([id]) => !ids.has(id)))),
    clear: () => setChosen(new Map()),
    /** All that the filters leave, up to as many as can be done at once. */
    chooseAll: (filters: Filters) => allOf(filters).then((orders) => setChosen(new Map(orders.map((one) => [one.id, one]))), sayFailed),
  };
};

const allOf = async (filters: Filters): Promise<ListedOrder[]> => {
  const all: ListedOrder[] = [];
  let cursor: string | undefined;
  do {
    const page = await done(order.GET('/orders', { params: { query: { ...filters, limit: atATime, cursor } } }));
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && all.length < mostAtOnce);
  return all.slice(0, mostAtOnce);
};
