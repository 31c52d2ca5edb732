import type { Database } from '@orderbus/outbox';
import {
  chosenStatement,
  collectBothStatement,
  collectFilteredStatement,
  collectStatement,
  everyStatement,
  filteredStatement,
  foundStatement,
  type Listing,
  type PageOf,
  type Statement,
  walkStatement,
  walkWordsStatement,
  wordedStatement,
} from './list-statements.ts';
import { type ListedOrder, ordersAt } from './queries.ts';
import type { Search } from './search.ts';
import type { Position } from './sorts.ts';

type Queries = Pick<Database, 'query'>;

/** A page of the list. */
export const listOrders = async (database: Queries, listing: Listing, asked: PageOf): Promise<ListedOrder[]> =>
  ordersAt(database, await placesOf(database, listing, asked));

/**
 * What is frequent is found by walking along the list, what is rare by collecting it from its indexes and sorting it: each is slow the
 * other way, and nobody knows beforehand which it is. So it is tried out, in steps that cost some milliseconds each.
 */
export const placesOf = async (database: Queries, listing: Listing, asked: PageOf): Promise<Position[]> => {
  const attempts = listing.search === undefined ? filtered(database, listing, asked) : searched(database, listing, listing.search, asked);
  let last: Position[] = [];
  for await (const attempt of attempts) {
    last = attempt;
    if (last.length === asked.limit) break;
  }
  return last;
};

/** Fewer than these are collected at once. Measured with a million orders. */
const manyOrders = 10_000;

/** Ways to a page, the quick ones first. One that fills it is right; the last one always is. */
async function* filtered({ query }: Queries, listing: Listing, asked: PageOf): AsyncGenerator<Position[]> {
  yield query<Position>(...walkStatement(listing, asked, asked.limit * 100));
  // The first orders of the list are not like the others. Walking as far as there would be orders to collect costs no more than collecting.
  const expected = await guess({ query }, filteredStatement(listing));
  if (expected > manyOrders) yield query<Position>(...walkStatement(listing, asked, expected));
  yield query<Position>(...collectStatement(listing, asked));
}

async function* searched({ query }: Queries, listing: Listing, search: Search, asked: PageOf): AsyncGenerator<Position[]> {
  const walk = (share: number): Promise<Position[]> =>
    query<Position>(
      ...(listing.sort.by === 'purchased'
        ? walkWordsStatement(listing, search, asked, asked.limit * share)
        : walkStatement(listing, asked, asked.limit * share)),
    );
  yield walk(20);
  const worded = await guess({ query }, wordedStatement(search));
  if (worded < fewFound) {
    const found = await query<{ id: string }>(...foundStatement(search, fewFound));
    if (found.length < fewFound) {
      yield query<Position>(
        ...chosenStatement(
          listing,
          found.map(({ id }) => id),
          asked,
        ),
      );
      return;
    }
  }
  const wanted = await guess({ query }, filteredStatement(listing));
  const share = listing.sort.by === 'purchased' ? 400 : 100;
  const every = await guess({ query }, everyStatement);
  const expected = (worded / every) * wanted;
  // Four times less than it would take is still worth the walk: what is looked for is seldom spread evenly.
  if ((expected / every) * share > 1 / 4) yield walk(share);
  if (worded < 2 * wanted && wanted < 2 * worded) yield query<Position>(...collectBothStatement(listing, search, asked));
  else if (wanted < worded)
    yield query<Position>(...collectFilteredStatement(listing, search, asked, expected > 2 * asked.limit ? 'sort' : 'look-up'));
  else yield query<Position>(...collectStatement(listing, asked));
}

const fewFound = 6_000;

/** How many rows the planner expects. */
const guess = async ({ query }: Queries, [sql, parameters]: Statement): Promise<number> => {
  const [row] = await query<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>(`explain (format json) ${sql}`, parameters);
  return row?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
};
