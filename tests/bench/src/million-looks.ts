import type pg from 'pg';
import { type Product, store } from './product.ts';

/** What people and programs ask for all day, of one order and of all of them. */
export const lookAround = async (product: Product, client: pg.Client): Promise<readonly { question: string; ms: number }[]> => {
  const { rows } = await client.query<{ id: string; amazon: string }>(
    `select id, amazon_order_id as amazon from orders.orders where number = lpad((select next / 2 from orders.number_series where name like 'order:%')::text, 9, '0')`,
  );
  const { id = '', amazon = '' } = rows[0] ?? {};
  const questions = [
    ['order', `/orders/${id}`],
    ['order', `/orders/${id}/timeline`],
    ['order', '/orders?sort=-purchased'],
    ['order', `/orders?q=${amazon}`],
    ['fulfillment', `/orders/${id}/shipping`],
    ['fulfillment', '/ship-by'],
    ['fulfillment', '/ship-by/orders'],
    ['fulfillment', `/shipments?orderId=${id}`],
    ['billing', `/orders/${id}/billing`],
    ['billing', `/orders/${id}/books`],
    ['billing', `/invoices?orderId=${id}`],
    ['notification', `/alerts?orderId=${id}`],
    ['amazon-gateway', `/commands?storeId=${store.id}`],
    ['amazon-gateway', `/commands?orderId=${id}`],
    ['amazon-gateway', '/event-log?after=1000'],
  ] as const;
  const taken: { question: string; ms: number }[] = [];
  for (const [service, path] of questions) {
    const started = performance.now();
    await (await product.ask(service, path)).text();
    taken.push({ question: `${service} ${path.replaceAll(id, '…').replaceAll(amazon, '…')}`, ms: performance.now() - started });
  }
  return taken;
};

/** How often tables that are large have been read from end to end, since the database began to count. */
export const readWhole = async (client: pg.Client): Promise<Map<string, number>> => {
  const { rows } = await client.query<{ table: string; scans: number }>(
    `select s.relid::regclass::text as table, s.seq_scan::int as scans from pg_stat_user_tables s join pg_class c on c.oid = s.relid where c.reltuples > 10000`,
  );
  return new Map(rows.map(({ table, scans }) => [table, scans]));
};

/** The console asks for it in the name of whoever is signed in; here nobody is. */
export const timelineByIndex = async (client: pg.Client): Promise<string> => {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (analyze, costs off, summary off) select * from console.timeline_entry where order_id =
       (select id from orders.orders where number = lpad((select greatest(next - 20000, 1) from orders.number_series where name like 'order:%')::text, 9, '0'))
     order by recorded_at, id limit 2000`,
  );
  return rows.map((row) => row['QUERY PLAN'].trim()).find((line) => /Scan.*timeline_entry/.test(line)) ?? 'another plan';
};
