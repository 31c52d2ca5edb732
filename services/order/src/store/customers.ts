import type { Database, Transaction } from '@orderbus/outbox';

/** An account as it is kept: nothing in it tells who it is. */
export interface Customer {
  readonly id: string;
  /** See `accountScopeOf`. */
  readonly scope: string;
  readonly createdAt: string;
  readonly orders: number;
  /** The newest one, for the name that may be shown. Null: there are none left. */
  readonly lastOrderId: string | null;
  readonly lastOrderAt: string | null;
  /** The buyer has been forgotten: a later order makes a new account. */
  readonly forgotten: boolean;
}

export interface CustomerPosition {
  readonly createdAt: string;
  readonly id: string;
}

/** The newest first. */
export const listCustomers = (
  { query }: Pick<Database, 'query'>,
  scopes: readonly string[] | undefined,
  after: CustomerPosition | undefined,
  limit: number,
): Promise<Customer[]> =>
  query(
    `${select} where ($1::text[] is null or c.scope = any($1)) and ($2::timestamptz is null or (c.created_at, c.id) < ($2, $3::uuid))
     order by c.created_at desc, c.id desc limit ${limit}`,
    [scopes ?? null, after?.createdAt ?? null, after?.id ?? null],
  );

export const findCustomer = async ({ query }: Pick<Database, 'query'>, id: string): Promise<Customer | undefined> => {
  const [row] = await query<Customer>(`${select} where c.id = $1`, [id]);
  return row;
};

/** The stores that its orders are of. */
export const storesOfCustomer = async ({ query }: Pick<Database, 'query'>, id: string): Promise<string[]> =>
  (await query<{ tenant: string }>('select distinct tenant from orders where customer_id = $1', [id])).map(({ tenant }) => tenant);

const select = `select c.id, c.scope, c.created_at as "createdAt", o.orders, o.last_id as "lastOrderId", o.last_at as "lastOrderAt",
  c.key is null as forgotten
  from customer c cross join lateral (
    select count(*)::int as orders, max(purchased_at) as last_at, (array_agg(id order by purchased_at desc, id desc))[1] as last_id
    from orders where customer_id = c.id) o`;

/**
 * Lets the keys go of those accounts of which no buyer is kept any more, now that those of these orders are purged. In the order of the
 * keys, like those who make accounts; and in two steps: an order that came in meanwhile is seen by the second.
 */
export const forgetCustomers = async (tx: Transaction, orderIds: readonly string[]): Promise<void> => {
  if (orderIds.length === 0) return;
  const rows: { id: string }[] = await tx.query(
    `select id from customer where key is not null and id in (select customer_id from orders where id = any($1::uuid[]))
     order by scope, key collate "C" for update`,
    [orderIds],
  );
  if (rows.length === 0) return;
  await tx.query(
    `update customer c set key = null where id = any($1::uuid[]) and not exists (
       select from orders o join buyer_vault v on v.order_id = o.id where o.customer_id = c.id and v.customer_key is not null)`,
    [rows.map(({ id }) => id)],
  );
};
