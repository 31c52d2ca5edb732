import type { BuyerData } from '@orderbus/contracts';
import type { Database, Transaction } from '@orderbus/outbox';
import { isMeant, type Listing, statement } from '../store/list-statements.ts';
import { type ListedOrder, ordersAt } from '../store/queries.ts';
import { orderByOf, type Position } from '../store/sorts.ts';
import type { Cell } from './cells.ts';
import { type FileColumn, rowOf } from './columns.ts';

const ordersAtOnce = 1_000;
const buyersAtOnce = 500;

/** What buyers are, by order: whoever asks is on record when it answers. */
export type ShowBuyers = (orderIds: readonly string[]) => Promise<ReadonlyMap<string, { readonly buyer: BuyerData }>>;

/** The cells of these orders. Buyers are opened some at a time, while the file is written, and kept nowhere. */
export async function* cellsOf(
  database: Pick<Database, 'query'>,
  places: readonly Position[],
  names: readonly FileColumn[],
  show: ShowBuyers | undefined,
): AsyncGenerator<Cell[]> {
  if (show === undefined) {
    for await (const order of ordersOf(database, places)) yield rowOf(order, names);
    return;
  }
  for (let from = 0; from < places.length; from += buyersAtOnce) {
    const orders = await ordersAt(database, places.slice(from, from + buyersAtOnce));
    const buyers = await show(orders.map(({ id }) => id));
    for (const order of orders) yield rowOf(order, names, buyers.get(order.id)?.buyer);
  }
}

/** These orders, some at a time. */
async function* ordersOf(database: Pick<Database, 'query'>, places: readonly Position[]): AsyncGenerator<ListedOrder> {
  for (let from = 0; from < places.length; from += ordersAtOnce) yield* await ordersAt(database, places.slice(from, from + ordersAtOnce));
}

/** All orders of a listing as it is at this moment, however many: they stay in the database until they are fetched. */
export async function* everyOrder(tx: Transaction, listing: Listing): AsyncGenerator<ListedOrder> {
  const [sql, parameters] = statement(
    (bind) =>
      `select order_id as id, '{}'::text[] as values from order_list where ${isMeant(listing, bind)} order by ${orderByOf(listing.sort)}`,
  );
  await tx.query(`declare listed no scroll cursor for ${sql}`, parameters);
  const database = { query: <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> => tx.query(text, [...values]) };
  for (;;) {
    const places = await database.query<Position>(`fetch ${ordersAtOnce} from listed`);
    if (places.length === 0) return;
    yield* await ordersAt(database, places);
  }
}

export const countOrders = async (database: Pick<Database, 'query'>, listing: Listing): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    ...statement((bind) => `select count(*)::int as count from order_list where ${isMeant(listing, bind)}`),
  );
  return row?.count ?? 0;
};
