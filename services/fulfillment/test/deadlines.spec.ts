import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Event,
  OrderCreated,
  OrderProcessingStarted,
  OrderUpdated,
  ShipByAtRisk,
  ShipByMissed,
  ShipBySettled,
} from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { tellDeadlines } from '../src/store/deadlines.ts';
import { aLine, anOrder, message, updated } from './orders.ts';
import { aRow, changeOrder, insertOrders, insertParcel } from './shipping-rows.ts';

const hour = 3_600_000;
const shipBy = Date.parse('2026-05-04T21:59:59.000Z');
let now = new Date(shipBy - 48 * hour);
const clock = { now: () => now };
/** So many hours after the deadline, for every turn from now on: the one that is under way may have read the time before. */
const itIs = async (hours: number): Promise<void> => {
  now = new Date(shipBy + hours * hour);
  await turnPasses();
  await turnPasses();
};

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'error', WATCH_DEADLINES_EVERY: '30ms', RETRY_DELAYS: '50ms' }), {
        clock,
      }),
    capture: [ShipByAtRisk, ShipByMissed, ShipBySettled] as never,
  });
});
afterAll(() => harness?.stop());

const database = () => harness.app.database;

/** What was said about the deadline of an order, in its order. */
const said = (orderId: string): Event<{ shipBy: string; outcome?: string; obstacles?: string[] }>[] =>
  [...harness.published(ShipByAtRisk), ...harness.published(ShipByMissed), ...harness.published(ShipBySettled)]
    .filter(({ data }) => data.orderId === orderId)
    .sort((a, b) => a.aggregateVersion - b.aggregateVersion) as never;
const words = (orderId: string): string[] => said(orderId).map(({ type, data }) => [type.slice(8), data.outcome ?? ''].join(' ').trim());
const hears = (orderId: string, expected: readonly string[]) => eventually(() => expect(words(orderId)).toEqual(expected));

/** Another order, whose deadline is told, shows that a turn has passed. */
const turnPasses = async (): Promise<void> => {
  const row = aRow({ shipBy: new Date(shipBy - 100 * hour).toISOString() });
  await insertOrders(database(), [row]);
  await hears(row.id, ['missed']);
};

describe('the deadline of an order', () => {
  test('is told when it is near, when it has passed, and when the order has left: each once', async () => {
    const order = anOrder([aLine('CUP', 2)], { country: 'DE', shipBy: { to: new Date(shipBy).toISOString() } });
    await harness.publishAll([message(OrderCreated, order, 1)]);
    await eventually(async () =>
      expect(await database().query('select from shipping_order where id = $1', [order.orderId])).toHaveLength(1),
    );
    await turnPasses();
    expect(words(order.orderId)).toEqual([]);

    await itIs(-12);
    await hears(order.orderId, ['at_risk']);
    await itIs(0.001);
    await hears(order.orderId, ['at_risk', 'missed']);
    await turnPasses();
    const shipped = updated(order, [aLine('CUP', 2, { quantityShipped: 2 })]);
    await harness.publishAll([message(OrderUpdated, { ...shipped, status: 'complete' as const }, 2)]);
    await hears(order.orderId, ['at_risk', 'missed', 'settled shipped']);
    await turnPasses();
    expect(words(order.orderId)).toEqual(['at_risk', 'missed', 'settled shipped']);

    const [first] = said(order.orderId);
    expect(first).toMatchObject({ tenant: 'store-1', aggregateId: documentIdOf(order.orderId, 'ship-by'), aggregateVersion: 1 });
    expect(first?.data).toEqual({
      ...{ orderId: order.orderId, number: order.number, amazonOrderId: order.amazonOrderId, shipBy: '2026-05-04T21:59:59.000Z' },
      obstacles: ['stock'],
    });
  });

  test('names no stock once that is set aside', async () => {
    await itIs(-48);
    const order = anOrder([aLine('CUP')], { shipBy: { to: new Date(shipBy).toISOString() } });
    const { orderId, number, amazonOrderId } = order;
    await harness.publishAll([message(OrderCreated, order, 1), message(OrderProcessingStarted, { orderId, number, amazonOrderId }, 2)]);
    await eventually(async () => {
      const rows = await database().query(`select from shipping_order where id = $1 and obstacles = '{}'`, [orderId]);
      expect(rows).toHaveLength(1);
    });
    await itIs(-1);
    await hears(orderId, ['at_risk']);
    expect(said(orderId)[0]?.data.obstacles).toEqual([]);
  });

  test('that is moved takes back what was said, and is told anew', async () => {
    await itIs(1);
    const row = aRow();
    await insertOrders(database(), [row]);
    await hears(row.id, ['missed']);
    await changeOrder(database(), row.id, `ship_by = '2026-05-05T06:00:00Z'`);
    await hears(row.id, ['missed', 'settled moved', 'at_risk']);
    expect(said(row.id).map(({ data }) => data.shipBy.slice(0, 13))).toEqual(['2026-05-04T21', '2026-05-04T21', '2026-05-05T06']);
    await changeOrder(database(), row.id, `ship_by = null`);
    await hears(row.id, ['missed', 'settled moved', 'at_risk', 'settled moved']);
  });

  test('of a canceled order is settled', async () => {
    await itIs(1);
    const row = aRow();
    await insertOrders(database(), [row]);
    await hears(row.id, ['missed']);
    await changeOrder(database(), row.id, `state = 'canceled', to_ship = 0`);
    await hears(row.id, ['missed', 'settled canceled']);
  });

  test('names the parcel that Amazon has refused, but not a correction of one that it has', async () => {
    await itIs(1);
    const [refused, corrected] = [aRow({ obstacles: ['hold'] }), aRow()];
    await database().transaction(async (tx) => {
      const within = { query: tx.query.bind(tx) } as never;
      await insertOrders(within, [refused, corrected]);
      await insertParcel(within, refused.id, { writeState: 'refused' });
      await insertParcel(within, corrected.id, { writeState: 'refused', acceptedAt: '2026-05-03T08:00:00Z' });
    });
    await hears(refused.id, ['missed']);
    await hears(corrected.id, ['missed']);
    expect(said(refused.id)[0]?.data.obstacles).toEqual(['hold', 'amazon-refused']);
    expect(said(corrected.id)[0]?.data.obstacles).toEqual([]);
  });

  test('is nobody’s business when Amazon ships the order, when nothing is left of it, or when there is none', async () => {
    await itIs(1);
    const rows = [aRow({ fulfilledBy: 'amazon' }), aRow({ toShip: 0, state: 'done' }), aRow({ shipBy: null })];
    await insertOrders(database(), rows);
    await turnPasses();
    for (const { id } of rows) expect(words(id)).toEqual([]);
  });
});

describe('instances that look at the same time', () => {
  let two: Harness<ReturnType<typeof buildFulfillmentApp>>;

  beforeAll(async () => {
    two = await serviceHarness({
      schema,
      broker: 'embedded',
      // By its own clock it is too early to tell anything: the looks are the test's.
      build: (urls) =>
        buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'error', WATCH_DEADLINES_EVERY: '1h' }), {
          clock: { now: () => new Date(shipBy - 48 * hour) },
        }),
    });
  });
  afterAll(() => two?.stop());

  test('never tell a deadline twice', async () => {
    const instances = [two.app, await two.another()];
    // At the first look half of them are late and half are near; at the second all are late.
    const rows = Array.from({ length: 400 }, (_, n) => aRow({ shipBy: new Date(shipBy + (n % 2) * 2 * hour).toISOString() }));
    await insertOrders(two.app.database, rows);
    const everybodyLooks = async (hours: number): Promise<void> => {
      const moment = { now: new Date(shipBy + hours * hour), alertMs: 12 * hour };
      const look = async ({ execution }: (typeof instances)[number]): Promise<void> => {
        while ((await tellDeadlines(execution, moment, 7)) > 0);
      };
      await Promise.all([...instances, ...instances, ...instances].map(look));
      // Whoever met only what the others had locked has left it to them: one look more finds what nobody took.
      for (const instance of instances) await look(instance);
    };
    await everybodyLooks(1);
    await everybodyLooks(3);
    const told = await two.app.database.query<{ types: string[] }>(
      `select array_agg(type order by aggregate_version) as types from event_log group by aggregate_id`,
    );
    const [missed, both] = [['ship_by.missed'], ['ship_by.at_risk', 'ship_by.missed']];
    expect(told.filter(({ types }) => types.length === 1).map(({ types }) => types)).toEqual(Array(200).fill(missed));
    expect(told.filter(({ types }) => types.length !== 1).map(({ types }) => types)).toEqual(Array(200).fill(both));
  });
});
