import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported } from '@orderbus/contracts';
import { type Broker, connectBroker } from '@orderbus/messaging';
import { eventually, type TestBroker, type TestDatabase, testBroker, testDatabase } from '@orderbus/testkit';
import { type Network, openNetwork } from '@orderbus/testkit/tcp-proxy';
import { amazonClock, untilAllIsQuiet } from './amazon-clock.ts';
import type { Installation } from './installation.ts';
import { expectEverythingRight } from './judge.ts';
import { type CapturedLogs, captureLogs } from './logs.ts';
import { openShop, type Shop } from './shop.ts';
import { killConnections, query } from './sql.ts';

const clock = amazonClock();
let shop: Shop;
let installation: Installation;
let database: TestDatabase;
let broker: TestBroker;
let toDatabase: Network;
let toBroker: Network;
let logs: CapturedLogs;

beforeAll(async () => {
  logs = captureLogs();
  [database, broker] = await Promise.all([testDatabase(), testBroker()]);
  [toDatabase, toBroker] = await Promise.all([openNetwork(database.url), openNetwork(broker.url)]);
  shop = await openShop({
    databaseUrl: toDatabase.url,
    brokerUrl: toBroker.url,
    brokerManagementUrl: broker.managementUrl,
    sandbox: { clock },
  });
  installation = { sandboxUrl: shop.sandboxUrl, urlOf: shop.urlOf, databaseUrl: database.url };
});
afterAll(async () => {
  await shop?.stop();
  await Promise.all([toDatabase.close(), toBroker.close()]);
  await Promise.all([database.drop(), broker.drop()]);
  logs.release();
});

/** How many orders have come this far. */
const arrived = async (): Promise<number> => (await query(database.url, 'select from orders.orders')).length;
const imported = async (): Promise<number> => (await query(database.url, 'select from gateway.amazon_order')).length;
/** Asks Amazon as soon as possible, whatever is broken just now. */
const sync = (): Promise<void> => shop.sync().catch(() => {});

/** Whatever was going to happen at Amazon has happened, and everybody knows. */
const expectQuietAndRight = (): Promise<void> => {
  clock.pass(untilAllIsQuiet);
  return expectEverythingRight(installation);
};

describe('everything is right in the end', () => {
  test('when the broker is cut off, again and again, in the middle of 200 orders', async () => {
    for (let wave = 1; wave <= 4; wave++) {
      const before = await arrived();
      await shop.sell({ count: 50 });
      clock.pass(2);
      await toBroker.cut();
      await sync();
      // The work goes on: it is imported, and waits to be told.
      await eventually(async () => expect(await imported()).toBe(50 * wave));
      expect((await shop.get('amazon-gateway', '/outbox')).pending).toBeGreaterThan(0);
      for (const { url } of shop.system.services) expect((await fetch(`${url}/ready`)).status).toBe(200);
      await toBroker.restore();
      // The next cut meets messages that are on their way.
      await eventually(async () => expect(await arrived()).toBeGreaterThan(before));
    }
    await expectQuietAndRight();
  });

  test('when all connections to the database are killed, again and again, in the middle of 200 orders', async () => {
    let killed = 0;
    for (let wave = 1; wave <= 8; wave++) {
      await shop.sell({ count: 25 });
      clock.pass(2);
      await sync();
      for (let blow = 0; blow < 3; blow++) {
        killed += await killConnections(database.url);
        if (broker.kind === 'embedded') killed += await killConnections(broker.url);
        await sleep(40);
      }
    }
    expect(killed).toBeGreaterThan(50);
    await expectQuietAndRight();
  });

  test('when both happens, and the network to the database is gone for a while', async () => {
    for (let wave = 1; wave <= 4; wave++) {
      await shop.sell({ count: 50 });
      clock.pass(2);
      await sync();
      await Promise.all([killConnections(database.url), toBroker.cut()]);
      await sleep(100);
      await toDatabase.cut();
      const { status, detail } = (await shop.send('order', 'GET', '/ready')).body;
      expect({ status, detail }).toEqual({ status: 503, detail: 'Failing: database' });
      await Promise.all([toDatabase.restore(), toBroker.restore()]);
      await eventually(async () => expect((await shop.send('order', 'GET', '/ready')).status).toBe(200));
    }
    await expectQuietAndRight();
  });
});

describe('a message that cannot be handled', () => {
  let stranger: Broker;
  beforeAll(async () => {
    stranger = connectBroker(broker.url, { name: 'stranger', maxBodyBytes: 4 * 1024 * 1024 });
    await stranger.start();
  });
  afterAll(() => stranger.stop());

  interface Letter {
    readonly id: string;
    readonly messageId: string;
    readonly reason: string;
    readonly topic: string;
    readonly errorMessage: string | null;
  }
  const lettersOf = async (service: 'order' | 'billing'): Promise<Letter[]> => (await shop.get(service, '/dead-letters?status=open')).items;

  test('waits with its reason, whatever it is, and blocks no other', async () => {
    const { topic } = AmazonOrderImported;
    const message = (to: string, body: string) => ({ id: randomUUID(), topic: to, key: 'stranger', body, headers: {} });
    const bad = {
      'unknown-type': message('weather.changed.v1', '{}'),
      'not-json': message(topic, '{"id": '),
      'breaks-contract': message(topic, JSON.stringify({ id: 'not-a-uuid', type: 'amazon.order.imported', version: 1 })),
      'message too large': message(topic, JSON.stringify({ padding: 'x'.repeat(2 * 1024 * 1024) })),
    };
    for (const one of Object.values(bad)) {
      await shop.sell({ count: 10 });
      await sync();
      const confirmed = await stranger.redeliver('order', [one]);
      expect(confirmed.size).toBe(1);
    }
    const letters = await eventually(async () => {
      const found = await lettersOf('order');
      expect(found).toHaveLength(4);
      return found;
    });
    expect(Object.fromEntries(letters.map(({ reason, messageId }) => [reason, messageId]))).toEqual(
      Object.fromEntries(Object.entries(bad).map(([reason, { id }]) => [reason, id])),
    );
    expect(letters.find(({ reason }) => reason === 'breaks-contract')?.errorMessage).toContain('aggregateId');

    // Discarding is for people, and so they say why. Then there is nothing left to complain about.
    for (const { id } of letters) {
      expect((await shop.send('order', 'POST', `/dead-letters/${id}/discard`, { reason: 'not ours' })).status).toBe(200);
    }
    await expectQuietAndRight();
  });

  test('takes effect when it is handed over again after the cause is gone', async () => {
    const [amazonOrderId = ''] = await shop.sell({
      marketplaceId: 'A1PA6795UKMFR9',
      fulfilledBy: 'MERCHANT',
      fulfillmentStatus: 'PENDING',
      programs: [],
      lines: [{ sku: 'SKU-TOWEL-3', quantity: 1 }],
    });
    await query(database.url, `alter table billing.invoice add constraint a_bug check (amazon_order_id <> '${amazonOrderId}') not valid`);
    await shop.happens(amazonOrderId, { fulfillmentStatus: 'UNSHIPPED' });
    await shop.sell({ count: 20 });
    await sync();
    const [letter] = await eventually(async () => {
      const found = await lettersOf('billing');
      expect(found).toMatchObject([{ topic: 'order.created.v1', errorMessage: expect.stringContaining('a_bug') }]);
      return found;
    });
    await eventually(async () => expect(await shop.order(amazonOrderId)).toMatchObject({ status: 'processing' }));
    expect(await shop.order(amazonOrderId)).toMatchObject({ billed: [] });

    await query(database.url, 'alter table billing.invoice drop constraint a_bug');
    const redriven = await shop.send('billing', 'POST', `/dead-letters/${letter?.id}/redrive`);
    expect(redriven).toMatchObject({ status: 200, body: { status: 'redriven' } });
    await eventually(async () => expect(await shop.order(amazonOrderId)).toMatchObject({ billed: [{ canceled: false }] }));
    await expectQuietAndRight();
  });
});
