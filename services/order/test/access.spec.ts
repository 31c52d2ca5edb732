import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accessMatrix } from '@orderbus/testkit';
import { aBuyer, another, type VaultHarness, vaultHarness } from './vault-harness.ts';

let vault: VaultHarness;
const order = another({ purchasedAt: '2026-03-09T10:00:00Z' });
const elsewhere = another({ tenant: 'store-2', purchasedAt: '2026-03-09T11:00:00Z' } as never);

beforeAll(async () => {
  vault = await vaultHarness({ LOG_LEVEL: 'silent' });
  await vault.send('PUT', '/order-settings/store-1', { customerAccounts: 'account' });
  await vault.show({ snapshot: order, buyer: aBuyer() }, { snapshot: elsewhere, buyer: aBuyer(), tenant: 'store-2' });
});
afterAll(() => vault.stop());

describe('the order service', () => {
  test('lets everybody do what he has been given, and nothing else', async () => {
    const { body } = await vault.get(`/orders/${order.orderId}`);
    const wrong = await accessMatrix({
      app: vault.app,
      access: vault.access,
      store: 'store-1',
      hidden: [order.orderId, order.amazonOrderId],
      params: {
        ...{ orderId: order.orderId, aggregateId: order.orderId, customerId: body.customerId, tenant: 'store-1', sellerSku: 'X' },
        ...{ id: '1', code: 'gift', viewId: randomUUID(), exportId: randomUUID() },
      },
      requests: {
        'POST /orders/buyers': { body: { purpose: 'invoice', orderIds: [order.orderId] } },
        'POST /orders/mass': { body: { ids: [order.orderId], do: { action: 'tag', add: ['vip'] } } },
        'POST /exports': { body: { format: 'csv' } },
        'POST /orders/:orderId/hold': { body: {} },
        'POST /orders/:orderId/cancel': { body: { reason: 'no-inventory' } },
        'POST /orders/:orderId/number': { body: { source: 'own' } },
        'POST /orders/:orderId/status': { body: { status: 'pending' } },
        'PUT /orders/:orderId/note': { body: { note: 'x' } },
        'PUT /orders/:orderId/tags': { body: { tags: [] } },
        'POST /orders/:orderId/comments': { body: { text: 'x' } },
        'PUT /orders/:orderId/address': { body: { recipient: { name: 'B', lines: ['1 Road'], country: 'US' }, reason: 'moved' } },
        'PUT /orders/:orderId/legal-hold': { body: { reason: 'case', until: '2027-01-01T00:00:00Z' } },
        'POST /orders/:orderId/buyer/purge': { body: { reason: 'erasure-request' } },
        'PUT /order-settings/:tenant': { body: {} },
        'PUT /sku-map/:tenant': { body: { items: [{ sellerSku: 'A', sku: 'B' }] } },
        'POST /sku-map/:tenant/imports': { body: { csv: 'sellerSku,sku\nA,B' } },
        'POST /views': { body: { name: 'Mine', columns: ['number'] } },
        'PUT /views/:viewId': { body: { name: 'Mine', columns: ['number'] } },
      },
    });
    expect(wrong).toEqual([]);
  });

  const ofStore2 = { name: 'Sam', stores: ['store-2'] };

  test('shows and counts the orders of the stores that somebody has access to, and no others', async () => {
    const sam = vault.as(ofStore2);
    const { body } = await sam.get('/orders');
    expect(body.items.map(({ id }: { id: string }) => id)).toEqual([elsewhere.orderId]);
    expect((await sam.get('/orders/summary')).body.stores.map(({ tenant }: { tenant: string }) => tenant)).toEqual(['store-2']);
    expect(await sam.get('/orders?tenant=store-1')).toMatchObject({ status: 403, body: { code: 'access.other-store' } });
    const file = await (await sam.fetch('/orders/export?columns=amazonOrderId')).text();
    expect([file.includes(elsewhere.amazonOrderId), file.includes(order.amazonOrderId)]).toEqual([true, false]);
  });

  test('does nothing to orders of other stores among many', async () => {
    const done = await vault
      .as(ofStore2)
      .send('POST', '/orders/mass', { ids: [order.orderId, elsewhere.orderId], do: { action: 'tag', add: ['mine'] } });
    expect(done.body.items).toMatchObject([
      { id: order.orderId, done: false, why: 'there is no such order' },
      { id: elsewhere.orderId, done: true },
    ]);
    expect((await vault.get(`/orders/${order.orderId}`)).body.tags).toEqual([]);
  });

  test('keeps the views of one from the other, also under one name', async () => {
    const [one, two] = [vault.as({ id: 'person:1', name: 'Kim' }), vault.as({ id: 'person:2', name: 'Kim' })];
    expect((await one.send('POST', '/views', { name: 'Mine', columns: ['number'] })).status).toBe(201);
    expect((await one.get('/views')).body.items).toHaveLength(1);
    expect((await two.get('/views')).body.items).toEqual([]);
  });

  test('does the wish of everybody under his own key', async () => {
    const comment = async (id: string) => {
      const answer = await vault.as({ id, name: id.slice(7) }).fetch(`/orders/${order.orderId}/comments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': 'one-and-the-same' },
        body: JSON.stringify({ text: `by ${id}` }),
      });
      return [answer.status, answer.headers.get('idempotency-replayed')];
    };
    expect(await comment('person:1')).toEqual([201, null]);
    expect(await comment('person:2')).toEqual([201, null]);
    expect(await comment('person:1')).toEqual([201, 'true']);
  });
});
