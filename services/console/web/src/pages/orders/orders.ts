import type { paths } from '../../api/generated/order.d.ts';

type ListQuery = NonNullable<paths['/orders']['get']['parameters']['query']>;
type ListAnswer = paths['/orders']['get']['responses']['200']['content']['application/json'];

/** An order as the list shows it. */
export type ListedOrder = ListAnswer['items'][number];

/** What the list is narrowed to, as the order service understands it. */
export type Filters = Omit<ListQuery, 'limit' | 'cursor' | 'sort'>;
export type Sort = NonNullable<ListQuery['sort']>;
export type SortKey = Exclude<Sort, `-${string}`>;

export const sortKeys = ['purchased', 'shipBy', 'total', 'number', 'store', 'status', 'updated'] as const satisfies readonly SortKey[];

export const defaultSort: Sort = '-purchased';

/** Of Amazon's programs, those that orders are looked for by. */
export const programs = [
  'prime',
  'business',
  'premium',
  'fbm-ship-plus',
  'in-store-pickup',
  'invoice-by-amazon',
  'cash-on-delivery',
  'amazon-easy-ship',
  'preorder',
  'amazon-haul',
  'amazon-bazaar',
  'non-amazon',
] as const;

/** Ours, or Amazon's as long as it has none. */
export const nameOf = ({ number, amazonOrderId }: Pick<ListedOrder, 'number' | 'amazonOrderId'>): string =>
  number === null ? amazonOrderId : `#${number}`;
