import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, AmazonOrderUpdated } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import type { Harness } from '@orderbus/testkit';
import { aSnapshot, message } from './builders.ts';
import { orderHarness } from './harness.ts';
import { people } from './people.ts';

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
});
afterAll(() => harness.stop());

const { as, anotherOrder, refusal, logOf, shows } = people(() => harness, '883');

const renumber = (orderId: string, source: 'own' | 'amazon', headers: Record<string, string> = {}) =>
  as('Ada', 'POST', `/orders/${orderId}/number`, { source }, headers);

const found = async (text: string): Promise<string[]> =>
  (await harness.get(`/orders?q=${encodeURIComponent(text)}`)).body.items.map(({ id }: { id: string }) => id);

describe('an order that gets another number', () => {
  test('is found by both, also after the next snapshot, and gets its own one back', async () => {
    const order = await anotherOrder();
    const { number: own } = (await harness.get(`/orders/${order.orderId}`)).body;
    const { status, body } = await renumber(order.orderId, 'amazon');
    expect([status, body.number, body.formerNumber]).toEqual([200, order.amazonOrderId, own]);
    expect((await harness.get(`/orders/${own}`)).body.id).toBe(order.orderId);

    await harness.publishAll([message(AmazonOrderUpdated, { ...order, updatedAt: '2026-03-01T12:00:00Z' }, 2)]);
    await shows(order.orderId, { amazonUpdatedAt: '2026-03-01T12:00:00.000Z', number: order.amazonOrderId });
    for (const text of [own, own.replace(/^0+/, ''), order.amazonOrderId])
      expect([text, await found(text)]).toEqual([text, [order.orderId]]);

    const back = await renumber(order.orderId, 'own');
    expect([back.body.number, back.body.formerNumber]).toEqual([own, undefined]);
    expect(await found(own)).toEqual([order.orderId]);
  });

  test('says so in its timeline, with who did it', async () => {
    const order = await anotherOrder();
    await renumber(order.orderId, 'amazon');
    const { body } = await as('Ada', 'GET', `/orders/${order.orderId}/timeline`);
    expect(body.items.at(-1)).toMatchObject({
      type: 'order.renumbered',
      data: { number: order.amazonOrderId, source: 'amazon', actor: { kind: 'person', name: 'Ada' } },
    });
    const said = (await as('Ada', 'GET', `/orders/${order.orderId}/comments`)).body.items[0];
    expect(said).toMatchObject({ system: true, text: expect.stringMatching(`^Number ${order.amazonOrderId}, before \\d{9}$`) });
  });

  test('gets it once, however often the request is sent; and not by somebody who has seen an older state', async () => {
    const order = await anotherOrder();
    const once = { 'idempotency-key': `renumber-${order.orderId}` };
    const answers = [await renumber(order.orderId, 'amazon', once), await renumber(order.orderId, 'amazon', once)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await logOf(order.orderId)).filter((type) => type === 'renumbered')).toHaveLength(1);
    expect((await renumber(order.orderId, 'own', { 'if-match': '"1"' })).status).toBe(412);
    expect(await refusal('POST', `/orders/${order.orderId}/number`, { source: 'amazon' })).toContain("it bears Amazon's number already");
  });

  test('never gets one that another order of the shop has, or had', async () => {
    const orders = await Promise.all(Array.from({ length: 6 }, () => anotherOrder()));
    const all = await Promise.all(orders.map(({ orderId }) => renumber(orderId, 'amazon')));
    const former = all.map(({ body }) => body.formerNumber);
    const fresh = await anotherOrder();
    const back = await Promise.all(orders.map(({ orderId }) => renumber(orderId, 'own')));
    expect(back.map(({ body }) => body.number)).toEqual(former);
    const { number } = (await harness.get(`/orders/${fresh.orderId}`)).body;
    expect(new Set([...former, number]).size).toBe(7);
  });

  test('of a shop that numbers by Amazon is counted with the shop, and found without the zeros', async () => {
    const tenant = 'renumbered-shop';
    await as('Ada', 'PUT', `/order-settings/${tenant}`, { shop: 'EU', numberSource: 'amazon' });
    const theirs = aSnapshot({ tenant, amazonOrderId: '884-0000000-0000001' });
    await harness.publishAll([message(AmazonOrderImported, theirs, 1, tenant)]);
    await shows(theirs.orderId, { number: theirs.amazonOrderId });
    expect((await renumber(theirs.orderId, 'own')).body.number).toBe('EU-000000001');
    for (const text of ['EU-000000001', 'eu-1']) expect([text, await found(text)]).toEqual([text, [theirs.orderId]]);
  });
});
