import { Currency, FulfilledBy } from '@orderbus/contracts';
import { AppError, type FieldIssue, parseMoney } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { type Caller, invalidRequest, said, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Filters } from '../store/filters.ts';
import type { Listing } from '../store/list-statements.ts';
import { searchFor } from '../store/search.ts';
import { termsOf } from '../store/search-words.ts';
import { type Sort, sortNames } from '../store/sorts.ts';
import type { Vault } from '../vault/vault.ts';
import { StateSchema } from './views.ts';

const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : [value].flat().flatMap((text) => String(text).split(','))),
    z.array(item).max(500).optional(),
  );

const several = 'One or more, comma separated or repeated';
const codes = (what: string) => oneOrMore(z.string().max(200)).meta({ description: `${what}. ${several}` });
const amount = z.string().max(30).describe('A decimal, e.g. 19.99, in `currency`');
const time = z.iso.datetime({ offset: true });

/** What orders can be narrowed to: in the query of a list, and in the body of what is done to many of them. */
export const filterShape = {
  q: z
    .string()
    .trim()
    .max(200)
    .refine((text) => termsOf(text).length > 0, said('filter.no-letter', 'Has neither letter nor digit'))
    .optional()
    .describe('Words that all have to be found: numbers, SKU, ASIN, title, tracking number, name of the buyer; beginnings will do'),
  id: oneOrMore(z.uuid()).meta({ description: `Our ids. ${several}` }),
  state: oneOrMore(StateSchema).meta({
    description: `${several}. Without it, \`status\`, \`id\` and \`q\`, everything that is or was an order`,
  }),
  status: codes('Codes of statuses'),
  tenant: codes('Stores'),
  marketplace: codes("Amazon's ids of marketplaces"),
  shipToCountry: codes('Countries that orders go to'),
  program: codes('`prime`, `business`, and the others'),
  tag: codes('Tags'),
  fulfilledBy: FulfilledBy.optional(),
  needsAttention: z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean().optional()),
  currency: Currency.optional(),
  minTotal: amount.optional(),
  maxTotal: amount.optional(),
  amazonOrderId: z.string().max(100).optional(),
  number: z.string().max(100).optional().describe('Our number'),
  customerId: z.uuid().optional().describe('The account of their buyer'),
  purchasedFrom: time.optional().describe('Inclusive'),
  purchasedTo: time.optional().describe('Exclusive'),
  shipByFrom: time.optional().describe('Inclusive: the latest moment to ship'),
  shipByTo: time.optional().describe('Exclusive'),
};
type FilterQuery = z.output<z.ZodObject<typeof filterShape>>;

/** `-purchased`: the largest first. Text, so that it can be part of an address. */
export const sortOf = (text: SortText): Sort => ({ by: text.replace('-', '') as Sort['by'], descending: text.startsWith('-') });

type SortText = z.output<typeof sortShape.sort>;
export const sortShape = {
  sort: z
    .enum(sortNames.flatMap((name) => [name, `-${name}` as const]))
    .default('-purchased')
    .describe('With a `-` the largest, or newest, first. Totals are sorted currency by currency'),
};

/** What it takes to understand a search. */
export interface FindingKit {
  readonly database: Database;
  readonly vault: Pick<Vault, 'tokensOf'>;
}

/**
 * In the stores that the caller has access to.
 * @throws AppError `request.invalid` naming what does not go together.
 */
export const selectionOf = async (
  { q, minTotal, maxTotal, tenant, ...filters }: FilterQuery,
  caller: Pick<Caller, 'stores'>,
  { database, vault }: FindingKit,
): Promise<Pick<Listing, 'filters' | 'search'>> => ({
  filters: { ...filters, tenant: withinStores(caller, tenant), ...totalsOf({ minTotal, maxTotal, currency: filters.currency }) },
  ...(q === undefined ? {} : { search: await searchFor(database, q, vault.tokensOf) }),
});

const totalsOf = ({ currency, ...amounts }: Pick<FilterQuery, 'minTotal' | 'maxTotal' | 'currency'>): Filters => {
  const errors: FieldIssue[] = [];
  const minorOf = (field: keyof typeof amounts): number | undefined => {
    const text = amounts[field];
    if (text === undefined) return undefined;
    if (currency === undefined) {
      errors.push({
        field: 'currency',
        message: `Required with ${field}: amounts compare only within a currency`,
        code: 'filter.no-currency',
      });
      return undefined;
    }
    try {
      return parseMoney(text, currency).minor;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      errors.push({ field, message: `Invalid amount: expected a decimal in ${currency}`, code: 'filter.not-amount', facts: { currency } });
      return undefined;
    }
  };
  const range = { minTotalMinor: minorOf('minTotal'), maxTotalMinor: minorOf('maxTotal') };
  if (errors.length > 0) throw invalidRequest(errors);
  return range;
};
