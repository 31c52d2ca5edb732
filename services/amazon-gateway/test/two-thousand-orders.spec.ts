import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { chanceOf, fastClock } from './chance.ts';
import { amazonsLedger, behindTheCursor, differences, notOncePerIntent, toldWrongly } from './chaos-judge.ts';
import { type ChaosShop, chaosShop, type WorkOrder } from './chaos-shop.ts';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';
import { fault, hourMs } from './reading-harness.ts';

/** The same number gives the same orders, wishes and faults; only who is quicker differs. */
const seed = 20_261_123;
const waves = 20;
const ordersPerWave = 100;

/** Ten minutes pass in a second: Amazon's limits, delays and tokens are those of real life. */
const clock = fastClock(600);
const chance = chanceOf(seed);

const always = [
  { kind: 'error', status: 429, probability: 0.02 },
  { kind: 'error', status: 500, probability: 0.03 },
  { kind: 'error', status: 503, probability: 0.03 },
  { kind: 'reset', probability: 0.02 },
  { kind: 'malformed', probability: 0.02 },
  { kind: 'truncated', probability: 0.02 },
  { kind: 'error-after-effect', probability: 0.04 },
  { kind: 'reset-after-effect', probability: 0.04 },
  { kind: 'hang-after-effect', operations: ['confirmShipment'], times: 2, probability: 0.05 },
  { kind: 'slow', delayMs: 20, probability: 0.1 },
  { kind: 'token-refused', probability: 0.05 },
  { kind: 'token-loop', probability: 0.02 },
  { kind: 'duplicates-across-pages', probability: 0.3 },
  { kind: 'shuffled', probability: 0.5 },
  { kind: 'dataset-outage', dataset: 'PROMOTION', times: 6, probability: 0.1 },
  { kind: 'dataset-outage', dataset: 'FULFILLMENT', times: 6, probability: 0.1 },
  { kind: 'body-of-unknown-values', share: 0.02 },
  { kind: 'not-bumped', share: 0.03 },
  { kind: 'feeds-fatal', times: 2, probability: 0.1 },
  { kind: 'feeds-fatal-after-effect', times: 2, probability: 0.1 },
  { kind: 'feeds-stuck', times: 1, probability: 0.1 },
];

let amazon: GatewayHarness;
beforeAll(async () => {
  amazon = await gatewayHarness({
    clock,
    sandbox: { clock, seed, limits: 'documented', visibilityLagMs: 120_000 },
    env: {
      AMAZON_SELLER_ID: 'ADEMOSELLERNA1',
      AMAZON_FEED_EVERY: '100ms',
      AMAZON_FEED_STUCK_AFTER: '1h',
      RETRY_DELAYS: '100ms,300ms,1s,3s',
    },
  });
});
afterAll(() => amazon.stop());

const control = async (method: string, path: string, body?: object): Promise<unknown> => {
  const init = { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`${amazon.sandbox.url}/sandbox${path}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${text}`);
  return text && JSON.parse(text);
};

/** Asks for passes until one has reached its end after now. A circuit that opens leaves Amazon alone for half a minute, also twice in a row. */
const caughtUp = async (): Promise<void> => {
  const { lastSuccessAt: before } = await amazon.store();
  await eventually(
    async () => {
      await amazon.service.send('POST', '/stores/na/sync');
      const store = await amazon.store();
      if (store.lastSuccessAt === before) throw new Error(`no pass has reached its end: ${JSON.stringify(store)}`);
    },
    { withinMs: 120_000, everyMs: 50 },
  );
};

/** What the gateway knows of orders that wait to be shipped, and that nobody has worked on. */
const openOrders = async (taken: ReadonlySet<string>): Promise<WorkOrder[]> => {
  const rows = await amazon.service.app.database.query<WorkOrder>(
    `select id as "orderId", amazon_order_id as "amazonOrderId", facts ->> 'currency' as currency, facts -> 'lines' as lines
     from amazon_order where fulfilled_by = 'merchant' and status = 'unshipped' order by amazon_order_id`,
  );
  return rows.filter(({ amazonOrderId }) => !taken.has(amazonOrderId));
};

describe('2,000 orders, while everything goes wrong that can', () => {
  test('are the same on both sides in the end, none twice, and each write has reached Amazon once', async () => {
    for (const one of always) await fault(amazon, one.kind, one);
    const shop = chaosShop(amazon, chance, clock);
    const taken = new Set<string>();
    const hidden = new Set<string>();
    for (let wave = 0; wave < waves; wave++) {
      const pending = await arrivals(hidden);
      await caughtUp();
      expect(await behindTheCursor(amazon, hidden)).toEqual([]);
      for (const id of pending) await amazon.patch(id, { fulfillmentStatus: 'UNSHIPPED' });
      await aDaysWork(shop, taken);
    }

    // Amazon is well again, and a person looks at what was left to people.
    await control('DELETE', '/faults');
    await everyWriteHasEnded();
    await caughtUp();
    await swept();

    expect(shop.wishes.length).toBeGreaterThan(500);
    expect(await notOncePerIntent(amazon, shop.wishes)).toEqual([]);
    expect(toldWrongly(amazon)).toEqual([]);
    expect(await differences(amazon)).toEqual([]);
  }, 600_000);
});

/** A hundred new orders, some of which Amazon keeps from its lists, or shows late. Answers with those that still wait for their payment. */
const arrivals = async (hidden: Set<string>): Promise<string[]> => {
  const pending = await amazon.create(5, { fulfillmentStatus: 'PENDING' });
  const others = [
    ...(await amazon.create(ordersPerWave - 15)),
    ...(await amazon.create(10, { fulfilledBy: 'AMAZON', fulfillmentStatus: 'SHIPPED' })),
  ];
  const [unlisted, late] = [others.filter(() => chance.happens(0.02)), others.filter(() => chance.happens(0.02))];
  if (unlisted.length > 0) await fault(amazon, 'missing-from-list', { orderIds: unlisted });
  if (late.length > 0) await fault(amazon, 'late-arrival', { orderIds: late, lateByMs: 2 * hourMs });
  for (const id of [...unlisted, ...late]) hidden.add(id);
  return pending;
};

const aDaysWork = async (shop: ChaosShop, taken: Set<string>): Promise<void> => {
  const works: readonly (readonly [share: number, work: (order: WorkOrder) => Promise<void>])[] = [
    [0.35, shop.ship],
    [0.15, shop.shipInTwo],
    [0.1, shop.shipAndCorrect],
    [0.1, shop.shipAndRefund],
    [0.1, shop.cancel],
    [0.05, shop.cancelOneUnit],
    [0.05, ({ amazonOrderId }) => amazon.patch(amazonOrderId, { fulfillmentStatus: 'CANCELLED', cancelledBy: 'BUYER' })],
    [0.1, ({ amazonOrderId }) => amazon.patch(amazonOrderId, { requestCancellation: {} })],
  ];
  for (const order of (await openOrders(taken)).slice(0, 40)) {
    taken.add(order.amazonOrderId);
    const place = chance.next();
    const [, work] = works.find((_, n) => place < works.slice(0, n + 1).reduce((sum, [share]) => sum + share, 0)) ?? [];
    await work?.(order);
  }
};

const everyWriteHasEnded = (): Promise<void> =>
  eventually(
    async () => {
      await aPersonLooks();
      const open = await amazon.service.app.database.query(`select * from amazon_command where state not in ('done', 'failed')`);
      if (open.length > 0) throw new Error(`${open.length} writes are open: ${JSON.stringify(open[0])}`);
    },
    { withinMs: 90_000, everyMs: 500 },
  );

/** The seller looks into Seller Central: what stands there is settled, what does not is sent again; stuck feeds are taken to support. */
const aPersonLooks = async (): Promise<void> => {
  const { database } = amazon.service.app;
  for (const { id } of await database.query<{ id: string }>(`select amazon_feed_id as id from amazon_feed where state = 'processing'`)) {
    await control('POST', `/feeds/${id}/release`).catch(() => undefined);
  }
  const doubts = await database.query<{ id: string; amazonOrderId: string; kind: string }>(
    `select id, amazon_order_id as "amazonOrderId", kind from amazon_command where state = 'unknown' and next_attempt_at is null`,
  );
  const ledger = await amazonsLedger(amazon);
  for (const { id, amazonOrderId, kind } of doubts) {
    const wanted = kind === 'refund' ? 'refunded' : 'cancelled';
    const isThere = ledger.some(({ orderId, effect }) => orderId === amazonOrderId && effect === wanted);
    if (isThere) await amazon.service.send('POST', `/commands/${id}/settle`, { as: 'done', note: 'it is in Seller Central' });
    else await amazon.service.send('POST', `/commands/${id}/retry`);
  }
};

/** The nightly search, over the whole time of the test. */
const swept = async (): Promise<void> => {
  const { body } = await amazon.service.send('POST', '/stores/na/gap-sweeps', {
    from: new Date(clock.now().getTime() - 3 * 24 * hourMs).toISOString(),
  });
  await eventually(async () => {
    const { state } = (await amazon.service.get(`/sweeps/${body.id}`)).body;
    if (state !== 'done') throw new Error(`the sweep is ${state}`);
  });
};
