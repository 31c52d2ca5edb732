import type { SortName } from './sorts.ts';

/** What orders can be narrowed to. Several filters all have to hold; of several values of one filter, any. */
export interface Filters {
  readonly id?: readonly string[] | undefined;
  readonly state?: readonly string[] | undefined;
  readonly status?: readonly string[] | undefined;
  readonly tenant?: readonly string[] | undefined;
  readonly marketplace?: readonly string[] | undefined;
  readonly shipToCountry?: readonly string[] | undefined;
  readonly program?: readonly string[] | undefined;
  readonly tag?: readonly string[] | undefined;
  readonly fulfilledBy?: string | undefined;
  readonly needsAttention?: boolean | undefined;
  readonly currency?: string | undefined;
  readonly minTotalMinor?: number | undefined;
  readonly maxTotalMinor?: number | undefined;
  readonly amazonOrderId?: string | undefined;
  readonly number?: string | undefined;
  readonly customerId?: string | undefined;
  readonly purchasedFrom?: string | undefined;
  readonly purchasedTo?: string | undefined;
  readonly shipByFrom?: string | undefined;
  readonly shipByTo?: string | undefined;
}

/** Numbers a value as a parameter of the statement: `$1`. */
export type Bind = (value: unknown) => string;

/** The filters as SQL over `order_list`. */
export const conditionsOf = (filters: Filters, bind: Bind): string[] =>
  (Object.keys(sqlOf) as (keyof Filters)[]).flatMap((name) => {
    const value = filters[name];
    return value === undefined ? [] : [(sqlOf[name] as (value: unknown, bind: Bind) => string)(value, bind)];
  });

/** What never became an order is listed only when its state is named. */
export const onlyOrders = (filters: Filters): string[] =>
  filters.state === undefined && filters.status === undefined && filters.id === undefined ? [`number <> ''`] : [];

/** Those filters that say from where to where a list in this order goes, as long as it is one piece. */
export const boundsOf = (filters: Filters, by: SortName): Filters =>
  Object.fromEntries(
    boundsBySort[by].flatMap((name) => {
      const value = filters[name];
      return value === undefined || (Array.isArray(value) && value.length > 1) ? [] : [[name, value]];
    }),
  );

const boundsBySort: Readonly<Record<SortName, readonly (keyof Filters)[]>> = {
  purchased: ['purchasedFrom', 'purchasedTo'],
  shipBy: ['shipByFrom', 'shipByTo'],
  total: ['currency', 'minTotalMinor', 'maxTotalMinor'],
  number: ['number'],
  store: ['tenant'],
  status: ['status'],
  updated: [],
};

type Sql<Value> = (value: Value, bind: Bind) => string;

const compared =
  (column: string, operator: '=' | '<' | '>=' | '<=', type: string): Sql<unknown> =>
  (value, bind) =>
    `${column} ${operator} ${bind(value)}::${type}`;

/** One value is compared as such: a list of it would keep an index from being read in its order. */
const among =
  (column: string, type = 'text'): Sql<readonly string[]> =>
  (values, bind) =>
    values.length === 1 ? `${column} = ${bind(values[0])}::${type}` : `${column} = any(${bind(values)}::${type}[])`;

const overlapping =
  (column: string): Sql<readonly string[]> =>
  (values, bind) =>
    `${column} && ${bind(values)}::text[]`;

const sqlOf: { readonly [Name in keyof Filters]-?: Sql<NonNullable<Filters[Name]>> } = {
  id: among('order_id', 'uuid'),
  state: among('state'),
  status: among('status'),
  tenant: among('tenant'),
  marketplace: among('marketplace_id'),
  shipToCountry: among('ship_to_country'),
  program: overlapping('programs'),
  tag: overlapping('tags'),
  fulfilledBy: compared('fulfilled_by', '=', 'text'),
  needsAttention: compared('needs_attention', '=', 'boolean'),
  currency: compared('currency', '=', 'text'),
  minTotalMinor: compared('total_minor', '>=', 'bigint'),
  maxTotalMinor: compared('total_minor', '<=', 'bigint'),
  amazonOrderId: (value, bind) => `order_id in (select id from orders where amazon_order_id = ${bind(value)})`,
  number: compared('number', '=', 'text'),
  customerId: (value, bind) => `order_id in (select id from orders where customer_id = ${bind(value)}::uuid)`,
  purchasedFrom: compared('purchased_at', '>=', 'timestamptz'),
  purchasedTo: compared('purchased_at', '<', 'timestamptz'),
  shipByFrom: compared('ship_by', '>=', 'timestamptz'),
  shipByTo: compared('ship_by', '<', 'timestamptz'),
};
