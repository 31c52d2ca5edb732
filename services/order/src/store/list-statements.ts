import { type Bind, boundsOf, conditionsOf, type Filters, onlyOrders } from './filters.ts';
import { allFound, isFound, type Search } from './search.ts';
import { afterOf, orderByOf, type Position, positionValuesOf, type Sort } from './sorts.ts';

/** Which orders, and in which order. */
export interface Listing {
  readonly filters: Filters;
  readonly search?: Search | undefined;
  readonly sort: Sort;
}

/** What is asked for: a part of the listing. */
export interface PageOf {
  readonly after: Position | undefined;
  readonly limit: number;
}

export type Statement = [sql: string, parameters: unknown[]];

/** A statement whose values get their numbers as they are named. */
export const statement = (sqlOf: (bind: Bind) => string): Statement => {
  const parameters: unknown[] = [];
  return [sqlOf((value) => `$${parameters.push(value)}`), parameters];
};

/** Everything that is meant, as a condition on `order_list`. */
export const isMeant = ({ filters, search }: Pick<Listing, 'filters' | 'search'>, bind: Bind): string =>
  [...conditionsFor(filters, search, bind), ...(search === undefined ? [] : [`order_id in (${allFound(search, bind)})`])].join(' and ');

/**
 * A page from among the first orders of the list, this many of them. Each part says the order again: otherwise the planner forgets it, and
 * sorts all of them instead of stopping when the page is full.
 */
export const walkStatement = ({ filters, search, sort }: Listing, { after, limit }: PageOf, steps: number): Statement =>
  statement((bind) => {
    const inOrder = `order by ${orderByOf(sort)}`;
    const walked = `select * from order_list where ${between(filters, sort, after, bind)} ${inOrder} limit ${steps}`;
    const wanted = `select * from (${walked}) l where ${conditionsFor(filters, search, bind).join(' and ')} ${inOrder}`;
    return page(sort, search === undefined ? `(${wanted}) l` : `(${found(search, wanted, inOrder, bind)}) l`, limit);
  });

/** The same for a search in the order of purchase: the words stand in that order themselves. */
export const walkWordsStatement = ({ filters, sort }: Listing, search: Search, { after, limit }: PageOf, steps: number): Statement =>
  statement((bind) => {
    const inOrder = `order by ${orderByOf(sort)}`;
    const walked = `select * from order_search where ${between(filters, sort, after, bind)} ${inOrder} limit ${steps}`;
    const worded = `select order_id, purchased_at from (${walked}) s where ${isFound(search, bind, 's.words', 's.order_id')} ${inOrder} offset 0`;
    const wanted = `select * from order_list where order_id = s.order_id and ${conditionsFor(filters, search, bind).join(' and ')} offset 0`;
    const listed = `select s.* from (${worded}) s cross join lateral (${wanted}) l ${inOrder.replaceAll(/(purchased_at|order_id)/g, 's.$1')}`;
    return page(sort, `(${listed}) l`, limit);
  });

/** A page of all that is meant, collected from the indexes and sorted. */
export const collectStatement = (listing: Listing, asked: PageOf): Statement =>
  statement((bind) => collected(listing, isMeant(listing, bind), asked, bind));

/**
 * The same where the filters leave less than the search: its words are looked up order by order. `first`: what is sorted first is looked at
 * only until the page is full, which pays where most of it will be found.
 */
export const collectFilteredStatement = (
  { filters, sort }: Listing,
  search: Search,
  { after, limit }: PageOf,
  first: 'sort' | 'look-up',
): Statement =>
  statement((bind) => {
    const meant = conditionsFor(filters, search, bind).join(' and ');
    const start = after === undefined ? '' : ` and ${afterOf(sort, after, bind)}`;
    const inOrder = first === 'sort' ? `order by ${orderByOf(sort)}` : '';
    return page(sort, `(${found(search, `select * from order_list where ${meant}${start} ${inOrder}`, inOrder, bind)}) l`, limit);
  });

/**
 * The same where search and filters find about as many, and both few of them together: which these are is known before any of them is
 * looked at.
 */
export const collectBothStatement = (listing: Listing, search: Search, asked: PageOf): Statement =>
  statement((bind) => {
    const both = `with worded as materialized (${allFound(search, bind)}),
      wanted as materialized (select order_id from order_list where ${conditionsFor(listing.filters, search, bind).join(' and ')})`;
    return `${both} ${collected(listing, 'order_id = any(array(select order_id from wanted join worded using (order_id)))', asked, bind)}`;
  });

/** A page of these orders, which the search has found. */
export const chosenStatement = (listing: Listing, ids: readonly string[], asked: PageOf): Statement =>
  statement((bind) => {
    const meant = [`order_id = any(${bind(ids)}::uuid[])`, ...conditionsFor(listing.filters, listing.search, bind)];
    return collected(listing, meant.join(' and '), asked, bind);
  });

/** The orders that a search means, up to this many, in no particular order; some of them perhaps twice. */
export const foundStatement = (search: Search, most: number): Statement =>
  statement((bind) => `select order_id as id from (${allFound(search, bind)}) found limit ${most}`);

/** What the search finds, and what the filters leave, for the planner to guess how many these are; and all that there is. */
export const wordedStatement = (search: Search): Statement => statement((bind) => allFound(search, bind));
export const everyStatement: Statement = ['select from order_list', []];

export const filteredStatement = ({ filters, search }: Listing): Statement =>
  statement((bind) => `select from order_list where ${conditionsFor(filters, search, bind).join(' and ')}`);

/** `offset 0`: otherwise the planner may take it for a walk. */
const collected = ({ sort }: Listing, meant: string, { after, limit }: PageOf, bind: Bind): string => {
  const start = after === undefined ? '' : ` and ${afterOf(sort, after, bind)}`;
  return page(sort, `(select * from order_list where ${meant}${start} offset 0) l`, limit);
};

/** `offset 0`: the words of a row are looked up once it is known to be wanted, and not for all of them together. */
const found = (search: Search, wanted: string, inOrder: string, bind: Bind): string => {
  const words = '(select s.words from order_search s where s.order_id = l.order_id)';
  const worded = `select l.*, ${words} as words from (${wanted} offset 0) l ${inOrder} offset 0`;
  return `select * from (${worded}) l where ${isFound(search, bind, 'l.words', 'l.order_id')} ${inOrder}`;
};

const page = (sort: Sort, source: string, limit: number): string =>
  `select order_id as id, ${positionValuesOf(sort)} as values from ${source} order by ${orderByOf(sort)} limit ${limit}`;

/** Where a walk begins and ends. */
const between = (filters: Filters, sort: Sort, after: Position | undefined, bind: Bind): string =>
  ['true', ...conditionsOf(boundsOf(filters, sort.by), bind), ...(after === undefined ? [] : [afterOf(sort, after, bind)])].join(' and ');

/** Whoever searches for an order that is none yet should find it. */
const conditionsFor = (filters: Filters, search: Search | undefined, bind: Bind): string[] => [
  'true',
  ...conditionsOf(filters, bind),
  ...(search === undefined ? onlyOrders(filters) : []),
];
