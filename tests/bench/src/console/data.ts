import type pg from 'pg';
import { fillOrders } from '../finding-data.ts';

/** The orders, what the console keeps of them, and those of them that have to be shipped: by SQL, as the services would have written it. */
export const fillShop = async (client: pg.Client, orders: number, keyRing: string): Promise<void> => {
  await fillOrders(client, orders, keyRing, new Date().toISOString());
  await client.query(facts);
  await client.query(sales);
  await client.query(counts);
  await client.query(needs);
  await client.query(timeline);
  await client.query(`insert into console.store_activity select tenant, now() from orders.orders group by tenant on conflict do nothing`);
  await client.query(`update console.wholeness set whole_since = now()`);
  await client.query(board);
  await client.query(`vacuum analyze console.order_facts, console.day_sales, console.state_count, console.need, console.timeline_entry,
    fulfillment.shipping_order`);
  // A shop has come to its orders over years: nobody looks at it while a million of them are being brought to the disk.
  await client.query('checkpoint');
};

const zones = `(values ('US', 'America/Los_Angeles'), ('CA', 'America/Los_Angeles'), ('MX', 'America/Los_Angeles'), ('DE', 'Europe/Berlin'),
  ('GB', 'Europe/London'), ('FR', 'Europe/Paris'), ('JP', 'Asia/Tokyo')) as zones(country, zone)`;

const facts = `insert into console.order_facts (order_id, tenant, amazon_version, canceled_at_amazon, created, amazon_order_id, marketplace_id,
    time_zone, purchased_at, number, number_version, beneath, beneath_version, held_version, free_version, currency, total_minor, units, ship_by,
    content_version)
  select id, tenant, 2, false, true, amazon_order_id, marketplace_id, zone, purchased_at, number, 1, state, 3, 0, 1, currency,
    grand_total_minor, (lines #>> '{0,quantity}')::int, ship_by, 1
  from orders.orders join ${zones} using (country)`;

const sales = `insert into console.day_sales
  select tenant, marketplace_id, time_zone, (purchased_at at time zone time_zone)::date, currency, count(*), sum(units), sum(total_minor)
  from console.order_facts where beneath <> 'canceled' group by 1, 2, 3, 4, 5`;

const counts = `insert into console.state_count select tenant, beneath, count(*) from console.order_facts group by 1, 2`;

/** Every blocked order, and what was mended in the last weeks. */
const needs = `insert into console.need (kind, subject, tenant, memory, order_id, since, facts, resolved_at)
  select 'order-blocked', order_id::text, tenant, '{"settled": null, "before": null, "since": []}', order_id, purchased_at + interval '1 minute',
    '{"reasons": [{"cause": "stock", "sku": "SKU-TOWEL-3", "missing": 1}]}', case when beneath = 'blocked' then null else purchased_at + interval '1 day' end
  from console.order_facts where beneath = 'blocked' or (beneath = 'complete' and left(order_id::text, 2) = '7f')`;

/** An event of each order: the others of a real one are found by the same index. */
const timeline = `insert into console.timeline_entry (id, service, type, version, aggregate_id, aggregate_version, tenant, order_id, occurred_at,
    recorded_at, correlation_id, data)
  select gen_random_uuid(), 'order', 'order.created', 1, order_id, 1, tenant, order_id, purchased_at, purchased_at, order_id::text,
    json_build_object('orderId', order_id, 'number', number)
  from console.order_facts`;

/** What is open stands on the board. */
const board = `insert into fulfillment.shipping_order (id, tenant, version, number, amazon_order_id, marketplace_id, country, fulfilled_by, purchased_at,
    ship_by, service_level, programs, obstacles, state, to_ship, order_version, heard, pickup, lines)
  select id, tenant, 1, number, amazon_order_id, marketplace_id, country, fulfilled_by, purchased_at, ship_by, service_level,
    array(select jsonb_array_elements_text(programs)), case state when 'blocked' then array['stock'] else '{}' end, 'open', (lines #>> '{0,quantity}')::int, 3,
    '{"number": 1, "stock": {"version": 1, "obstacle": null}, "hold": {"version": 0, "obstacle": null}, "cancellation": {"version": 0, "obstacle": null},
      "canceled": false, "closed": 0}', '[]',
    (select jsonb_agg(jsonb_build_object('lineId', l ->> 'lineId', 'sku', l ->> 'sku', 'title', l ->> 'title', 'quantity', (l ->> 'quantity')::int,
      'quantityShipped', 0, 'elsewhere', 0)) from jsonb_array_elements(lines) as l)
  from orders.orders where state in ('new', 'blocked', 'processing')`;
