import { type OrderState, orderStates } from '../../ui/order-states.ts';
import { defaultSort, type Filters, type Sort, sortKeys } from './orders.ts';

/** Of these, an order has to have one. */
const setFilters = ['state', 'status', 'tenant', 'marketplace', 'shipToCountry', 'program', 'tag'] as const;
/** A day of the reader's, or an exact moment where another page has linked here. */
const timeFilters = ['purchasedFrom', 'purchasedTo', 'shipByFrom', 'shipByTo'] as const;
const textFilters = ['q', 'amazonOrderId', 'number', 'currency', 'minTotal', 'maxTotal', 'customerId'] as const;

export type SetFilter = (typeof setFilters)[number];
type TimeFilter = (typeof timeFilters)[number];
export type TextFilter = (typeof textFilters)[number];

/** What the address of the page says. Each part is text, so that it can be read, shared and written by hand. */
export type OrdersSearch = Partial<Record<SetFilter | TimeFilter | TextFilter, string>> & {
  readonly fulfilledBy?: 'merchant' | 'amazon';
  readonly needsAttention?: 'true' | 'false';
  readonly sort?: Sort;
  /** The saved view that is open. */
  readonly view?: string;
  /** The order that is looked at beside the list. */
  readonly look?: string;
};

/** Changes what the address says. */
export type Narrow = (part: Partial<OrdersSearch>) => void;

const text = (value: unknown): string | undefined => {
  const written = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof written === 'string' && written.trim() !== '' ? written : undefined;
};

const oneOf = <const Item extends string>(items: readonly Item[], value: unknown): Item | undefined =>
  items.find((item) => item === text(value));

const listed = (value: unknown): string | undefined => text(Array.isArray(value) ? value.filter(text).join(',') : value);

const time = (value: unknown): string | undefined => {
  const written = text(value);
  return written !== undefined && !Number.isNaN(Date.parse(written)) ? written : undefined;
};

const sorts = sortKeys.flatMap((key) => [key, `-${key}` as const]);

/** The address, as far as it makes sense; whatever else it says is passed over. */
export const searchOf = (raw: Readonly<Record<string, unknown>>): OrdersSearch =>
  withoutGaps({
    ...Object.fromEntries(setFilters.map((name) => [name, listed(raw[name])])),
    ...Object.fromEntries(timeFilters.map((name) => [name, time(raw[name])])),
    ...Object.fromEntries(textFilters.map((name) => [name, text(raw[name])])),
    fulfilledBy: oneOf(['merchant', 'amazon'], raw.fulfilledBy),
    needsAttention: oneOf(['true', 'false'], raw.needsAttention),
    sort: oneOf(sorts, raw.sort),
    view: text(raw.view),
    look: text(raw.look),
  });

const withoutGaps = <Some extends object>(some: Some): Some =>
  Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) as Some;

export const itemsOf = (list: string | undefined): string[] => (list === undefined ? [] : list.split(',').filter(Boolean));

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value);

/** The moment that a limit means. The last day counts to its end. */
const momentOf = (value: string | undefined, side: 'From' | 'To'): string | undefined => {
  if (value === undefined) return undefined;
  if (!isDay(value)) return new Date(value).toISOString();
  const day = new Date(`${value}T00:00:00`);
  if (side === 'To') day.setDate(day.getDate() + 1);
  return day.toISOString();
};

/** A moment as a day of the reader's, where it is the limit of one. */
const dayOf = (moment: string | undefined, side: 'From' | 'To'): string | undefined => {
  if (moment === undefined) return undefined;
  const at = new Date(moment);
  if (at.getHours() + at.getMinutes() + at.getSeconds() + at.getMilliseconds() > 0) return moment;
  if (side === 'To') at.setDate(at.getDate() - 1);
  return localDay(at);
};

/** `2026-11-30`, where the reader lives. */
export const localDay = (at: Date): string =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

const side = (name: TimeFilter): 'From' | 'To' => (name.endsWith('From') ? 'From' : 'To');

/** The filters as the order service understands them; in one store, where the page is limited to one. */
export const filtersOf = (search: OrdersSearch, scope: string | undefined): Filters =>
  withoutGaps({
    ...Object.fromEntries(setFilters.map((name) => [name, search[name] === undefined ? undefined : itemsOf(search[name])])),
    ...Object.fromEntries(timeFilters.map((name) => [name, momentOf(search[name], side(name))])),
    ...Object.fromEntries(textFilters.map((name) => [name, search[name]])),
    ...(search.state === undefined ? {} : { state: statesOf(search.state) }),
    ...(scope === undefined ? {} : { tenant: [scope] }),
    fulfilledBy: search.fulfilledBy,
    needsAttention: search.needsAttention === undefined ? undefined : search.needsAttention === 'true',
  });

const statesOf = (list: string): OrderState[] => orderStates.filter((state) => itemsOf(list).includes(state));

export const sortOf = (search: OrdersSearch): Sort => search.sort ?? defaultSort;

/** What a saved view narrows the list to, as an address. */
export const searchOfFilters = (filters: Filters, sort: Sort): OrdersSearch =>
  withoutGaps({
    ...Object.fromEntries(setFilters.map((name) => [name, filters[name]?.join(',') || undefined])),
    ...Object.fromEntries(timeFilters.map((name) => [name, dayOf(filters[name], side(name))])),
    ...Object.fromEntries(textFilters.map((name) => [name, filters[name]])),
    fulfilledBy: filters.fulfilledBy,
    needsAttention: filters.needsAttention === undefined ? undefined : (String(filters.needsAttention) as 'true' | 'false'),
    sort: sort === defaultSort ? undefined : sort,
  });

/** Is anything narrowed at all? */
export const isNarrowed = ({ sort: _sort, view: _view, look: _look, ...filters }: OrdersSearch): boolean => Object.keys(filters).length > 0;
