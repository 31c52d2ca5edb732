import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { amazonClock, untilAllIsQuiet } from './amazon-clock.ts';
import { expectEverythingRight, findingsAbout } from './judge.ts';
import { type CapturedLogs, captureLogs } from './logs.ts';
import { nothingByItself, openShop, type Shop } from './shop.ts';
import { query } from './sql.ts';

const again = (table: string): string =>
  `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'number', 'again'))).*
   from ${table} t where order_id = :order`;

/** A judge that never complains proves nothing. Each of these is something that he has to see. */
describe('the judge of all these stories', () => {
  const clock = amazonClock();
  let shop: Shop;
  let logs: CapturedLogs;
  let orderId: string;

  beforeAll(async () => {
    logs = captureLogs();
    // Nobody else may act on what is changed behind everybody's back: units that seem to be free would be given to who waits for them,
    // and what is written between the copy and its return would be lost.
    shop = await openShop({ sandbox: { clock }, environment: nothingByItself });
    await shop.sell({ count: 40 });
    const [amazonOrderId = ''] = await shop.sell({
      marketplaceId: 'A1PA6795UKMFR9',
      fulfilledBy: 'MERCHANT',
      fulfillmentStatus: 'UNSHIPPED',
      lines: [{ sku: 'SKU-TOWEL-3', quantity: 2 }],
    });
    clock.pass(untilAllIsQuiet);
    await shop.lookAtAmazon();
    await expectEverythingRight(shop);
    orderId = (await shop.order(amazonOrderId)).id;
  });
  afterAll(async () => {
    await shop.stop();
    logs.release();
  });

  /** Makes the change behind everybody's back, looks, and puts the table back as it was. */
  const complaintsAfter = async (table: string, change: string): Promise<string> => {
    const unguarded = 'set session_replication_role = replica';
    await query(shop.databaseUrl, `${unguarded}; create table kept as table ${table}; ${change.replaceAll(':order', `'${orderId}'`)}`);
    const findings = await findingsAbout(shop);
    await query(
      shop.databaseUrl,
      `${unguarded}; delete from ${table}; insert into ${table} overriding system value table kept; drop table kept`,
    );
    return findings.map(({ words }) => words).join('\n');
  };

  test.each([
    ['an order is missing', 'orders.orders', 'delete from orders.orders where id = :order', 'is missing'],
    ['an order is in another store', 'orders.orders', `update orders.orders set tenant = 'nobody' where id = :order`, 'is not at Amazon'],
    [
      'an order stands where it should not',
      'orders.orders',
      `update orders.orders set state = 'complete' where id = :order`,
      'should be blocked or processing',
    ],
    [
      'a total is a cent off',
      'orders.orders',
      'update orders.orders set grand_total_minor = grand_total_minor + 1 where id = :order',
      'total {',
    ],
    [
      'an invoice is a cent off',
      'billing.invoice',
      'update billing.invoice set total_minor = total_minor + 1 where order_id = :order',
      'invoice of',
    ],
    ['an invoice is missing', 'billing.invoice', 'delete from billing.invoice where order_id = :order', '0 invoices'],
    ['an invoice is there twice', 'billing.invoice', again('billing.invoice'), '2 invoices'],
    [
      'units are not set aside',
      'fulfillment.reservation_line',
      'update fulfillment.reservation_line set reserved = 0 where order_id = :order',
      '0 units set aside of 2',
    ],
    [
      'stock is not what was moved',
      'fulfillment.stock',
      `update fulfillment.stock set on_hand = on_hand + 1 where sku = 'SKU-TOWEL-3'`,
      'do not balance',
    ],
    ['nobody was told', 'notification.alert', 'delete from notification.alert where order_id = :order', '0 alerts of a new order'],
    ['somebody was told twice', 'notification.alert', again('notification.alert'), '2 alerts of a new order'],
    [
      'an event is missing',
      'orders.event_log',
      'delete from orders.event_log where aggregate_id = :order and aggregate_version = 1',
      'not numbered without gaps',
    ],
    [
      'an event was taken by nobody',
      'billing.inbox',
      'delete from billing.inbox where message_id in (select id from orders.event_log where aggregate_id = :order)',
      'was never taken by billing.',
    ],
    [
      'something followed twice from one event',
      'orders.event_log',
      `insert into orders.event_log (id, type, version, aggregate_id, aggregate_version, tenant, occurred_at, correlation_id, causation_id, data)
       select gen_random_uuid(), type, version, aggregate_id, 100, tenant, occurred_at, correlation_id, causation_id, data
       from orders.event_log where aggregate_id = :order and aggregate_version = 1`,
      '2 times order.created because of',
    ],
    [
      'a message is dead',
      'billing.dead_letter',
      `insert into billing.dead_letter (message_id, topic, key, reason, attempts, headers, payload, first_seen_at)
       values ('m', 'a.v1', 'k', 'a reason', 1, '{}', '', now())`,
      'dead letter a.v1: a reason',
    ],
  ])('complains when %s', async (_, table, change, complaint) => {
    expect(await complaintsAfter(table, change)).toContain(complaint);
    await expectEverythingRight(shop);
  });
});
