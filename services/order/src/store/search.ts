import type { Database } from '@orderbus/outbox';
import type { Bind } from './filters.ts';
import { queryOf, termsOf } from './search-words.ts';

/** What an order has to have to be found: every term, in its words or in its buyer's name. */
export interface Search {
  readonly terms: readonly Term[];
}

interface Term {
  /** A `tsquery` over `order_search.words`. */
  readonly query: string;
  /** As `buyer_name_index` holds them: all of them are the term. None: nobody is called that. */
  readonly tokens: readonly Buffer[];
}

/** The search that a text stands for; `tokensOf` is the vault's. */
export const searchFor = async (
  database: Pick<Database, 'query'>,
  text: string,
  tokensOf: (text: string) => Promise<readonly Buffer[]>,
): Promise<Search> => ({
  terms: await withoutNobodies(
    database,
    await Promise.all(termsOf(text).map(async (term) => ({ query: queryOf(term), tokens: await tokensOf(term) }))),
  ),
});

/** Most terms are no names. Knowing that saves looking for them order by order. */
const withoutNobodies = async ({ query }: Pick<Database, 'query'>, terms: readonly Term[]): Promise<Term[]> => {
  const tokens = terms.flatMap((term) => term.tokens);
  if (tokens.length === 0) return [...terms];
  const rows = await query<{ token: string }>(
    `select encode(token, 'hex') as token from unnest($1::bytea[]) as token
     where exists (select from buyer_name_index n where n.token = token.token)`,
    [tokens],
  );
  const known = new Set(rows.map(({ token }) => token));
  return terms.map((term) => (term.tokens.every((token) => known.has(token.toString('hex'))) ? term : { ...term, tokens: [] }));
};

/** Is this one row meant, whose words and id are in these columns? */
export const isFound = ({ terms }: Search, bind: Bind, words: string, id: string): string =>
  terms
    .map(({ query, tokens }) => {
      const inWords = `${words} @@ ${bind(query)}::tsquery`;
      if (tokens.length === 0) return inWords;
      const named = `select count(*) = ${tokens.length} from buyer_name_index n where n.token = any(${bind(tokens)}::bytea[]) and n.order_id = ${id}`;
      return `(${inWords} or (${named}))`;
    })
    .join(' and ');

/**
 * All that the search means, by the indexes. Names do not stand in the same table as words: whoever is found by a name at all has to have
 * the other terms in either.
 */
export const allFound = ({ terms }: Search, bind: Bind): string => {
  const inWords = `select order_id from order_search where words @@ ${bind(terms.map(({ query }) => query).join(' & '))}::tsquery`;
  const tokens = terms.flatMap((term) => term.tokens);
  if (tokens.length === 0) return inWords;
  const words = '(select s.words from order_search s where s.order_id = n.order_id)';
  const everyTerm = terms.map((term) => {
    const has = `${words} @@ ${bind(term.query)}::tsquery`;
    return term.tokens.length === 0 ? has : `(array_agg(n.token) @> ${bind(term.tokens)}::bytea[] or ${has})`;
  });
  return `${inWords} union all select n.order_id from buyer_name_index n where n.token = any(${bind(tokens)}::bytea[])
    group by n.order_id having ${everyTerm.join(' and ')}`;
};
