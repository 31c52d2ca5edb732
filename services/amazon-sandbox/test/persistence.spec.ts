import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { europe, manualClock, northAmerica, startSandbox, type WholeOrder } from './harness.ts';
import { envelope, packageOf, startShop } from './shop.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterAll(() => rm(folder, { recursive: true }));

const truth = async (call: Awaited<ReturnType<typeof startSandbox>>['call']) =>
  (await call<{ orders: WholeOrder[] }>('GET', '/sandbox/orders?limit=1000')).body.orders;

describe('a world with a file', () => {
  test('goes on after a restart with the same orders, plans and number', async () => {
    const file = join(folder, 'goes-on.jsonl');
    const clock = manualClock();
    const first = await startSandbox({ file, clock, initialOrders: 20, seed: 3 });
    const [order] = await first.create({ sellerId: europe.sellerId, fulfillmentStatus: 'UNSHIPPED' });
    await first.create({ count: 10 });
    await first.call('PATCH', `/sandbox/orders/${order?.orderId}`, { fulfillmentStatus: 'CANCELLED', raw: { surprise: 1 } });
    const before = await truth(first.call);
    await first.sandbox.stop();

    const second = await startSandbox({ file, clock, initialOrders: 20, seed: 3 });
    expect(await truth(second.call)).toEqual(before);
    const [next] = await second.create({});
    expect(before.map(({ orderId }) => orderId)).not.toContain(next?.orderId);
    clock.forward(3_600_000);
    const later = await truth(second.call);
    expect(later.some(({ sandbox }) => sandbox.upcoming.length > 0)).toBe(false);
  });

  test('goes on with its feeds, their documents and the ledger of writes', async () => {
    const file = join(folder, 'writes.jsonl');
    const clock = manualClock();
    const first = await startShop({ file, clock });
    const order = await first.order();
    await first.confirm(order, packageOf(order));
    const feedId = await first.submit('POST_ORDER_ACKNOWLEDGEMENT_DATA', envelope('OrderAcknowledgement', ['<Nothing/>']));
    await first.sandbox.stop();

    const second = await startShop({ file, clock });
    expect(await second.getFeed(feedId)).toMatchObject({ feedId, processingStatus: 'IN_QUEUE' });
    clock.forward(60_000);
    const report = await second.reportOf(feedId);
    expect(report).toContain('<MessagesWithError>1</MessagesWithError>');
    const ledger = await second.ledger();
    expect(ledger.map(({ sequence, effect }) => [sequence, effect])).toEqual([
      [1, 'created'],
      [2, 'refused'],
    ]);
    await second.sandbox.stop();

    const third = await startShop({ file, clock });
    expect(await third.ledger()).toEqual(ledger);
    expect(await third.reportOf(feedId)).toBe(report);
    expect(Number(await third.submit('POST_ORDER_ACKNOWLEDGEMENT_DATA', 'x'))).toBeGreaterThan(Number(feedId));
    await third.call('POST', '/sandbox/reset', {});
    expect(await third.ledger()).toEqual([]);
    expect((await third.asSeller(northAmerica, 'GET', `/feeds/2021-06-30/feeds/${feedId}`)).status).toBe(404);
  });

  test('writes a change while it runs, without waiting for the stop', async () => {
    const file = join(folder, 'while-running.jsonl');
    const { create } = await startSandbox({ file });
    const [order] = await create({});
    const deadline = Date.now() + 5000;
    while (!(await readFile(file, 'utf8')).includes(String(order?.orderId))) {
      if (Date.now() > deadline) throw new Error('the order was not written');
    }
  });

  test('survives a line that was cut off by a crash', async () => {
    const file = join(folder, 'cut-off.jsonl');
    const first = await startSandbox({ file });
    await first.create({ count: 3 });
    const before = await truth(first.call);
    await first.sandbox.stop();
    await appendFile(file, '{"order":{"orderId":"111-');
    const second = await startSandbox({ file });
    expect(await truth(second.call)).toEqual(before);
    await second.create({});
    await second.sandbox.stop();
    const third = await startSandbox({ file });
    expect(await truth(third.call)).toHaveLength(4);
  });

  test('is rewritten at the start with one line per order', async () => {
    const file = join(folder, 'rewritten.jsonl');
    const first = await startSandbox({ file });
    const [order] = await first.create({ fulfillmentStatus: 'PENDING' });
    await first.sandbox.stop();
    const second = await startSandbox({ file });
    await second.call('PATCH', `/sandbox/orders/${order?.orderId}`, { fulfillmentStatus: 'UNSHIPPED' });
    await second.sandbox.stop();
    const third = await startSandbox({ file });
    await third.sandbox.stop();
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.startsWith('{"order"'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('UNSHIPPED');
  });

  test('forgets on reset what it had written', async () => {
    const file = join(folder, 'reset.jsonl');
    const first = await startSandbox({ file });
    await first.create({ count: 5 });
    await first.sandbox.stop();
    const second = await startSandbox({ file });
    await second.call('POST', '/sandbox/reset', { initialOrders: 2 });
    const before = await truth(second.call);
    await second.sandbox.stop();
    const third = await startSandbox({ file });
    expect(third.sandbox.world.orders.size).toBe(2);
    expect(await truth(third.call)).toEqual(before);
  });
});
