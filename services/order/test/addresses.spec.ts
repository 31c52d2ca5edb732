import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type AmazonOrder,
  type BuyerAddress,
  OrderAddressCorrected,
  OrderAttentionCleared,
  OrderAttentionRaised,
} from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { aSnapshot } from './builders.ts';
import { messageOf } from './messages.ts';
import { aBuyer, managing, type VaultHarness, vaultHarness } from './vault-harness.ts';

let vault: VaultHarness;
beforeAll(async () => {
  vault = await vaultHarness({ RETRY_BLOCKERS_EVERY: '20ms' });
  await vault.call('PUT', '/order-settings/strict', { body: { admission: 'strict' } });
});
afterAll(() => vault.stop());

let serial = 0;
const orderOf = (tenant: string, changes: Partial<AmazonOrder> = {}): AmazonOrder =>
  aSnapshot({ tenant, amazonOrderId: `886-0000000-${String(++serial).padStart(7, '0')}`, ...changes });

const good: BuyerAddress = {
  name: 'Bo Nordström',
  lines: ['1 Example Street'],
  city: 'Sampleton',
  state: 'NY',
  postalCode: '10001',
  country: 'US',
};
const bad: BuyerAddress = { ...good, state: 'Bavaria', postalCode: '1' };
const buyer = (recipient: BuyerAddress) => aBuyer({ recipient });

const detail = async ({ orderId }: AmazonOrder) => (await vault.call('GET', `/orders/${orderId}`)).body;
const reserve = async ({ orderId, amazonOrderId }: AmazonOrder, tenant: string): Promise<void> => {
  const { definition, event } = messageOf({ type: 'stock-reserved', version: 1 }, orderId, amazonOrderId);
  await vault.publishAll([{ definition, event: { ...event, tenant } }]);
  await eventually(async () => expect((await detail({ orderId } as AmazonOrder)).stock).toBe('reserved'));
};
const correct = ({ orderId }: AmazonOrder, recipient: BuyerAddress = good, headers: Record<string, string> = {}) =>
  vault.call('PUT', `/orders/${orderId}/address`, { as: managing, headers, body: { recipient, reason: 'the buyer wrote' } });
const waiting = async (cause = 'address'): Promise<string[]> =>
  (await vault.call('GET', `/blockers?cause=${cause}&limit=200`)).body.items.map(({ orderId }: { orderId: string }) => orderId);

describe('an address that is not acceptable', () => {
  test('needs attention, until a person corrects it', async () => {
    const order = orderOf('usual');
    await vault.show({ snapshot: order, buyer: buyer(bad), tenant: 'usual' });
    expect(await detail(order)).toMatchObject({ state: 'new', attention: ['address'], addressIssues: ['state', 'postalCode'] });
    expect(await correct(order)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await detail(order)).toMatchObject({ state: 'new', attention: [], addressIssues: [] });
    await eventually(() =>
      expect(
        [OrderAttentionRaised, OrderAttentionCleared].map((event) =>
          vault.published(event).filter(({ data }) => data.orderId === order.orderId),
        ),
      ).toMatchObject([[{ data: { cause: 'address' } }], [{ data: { cause: 'address' } }]]),
    );
  });

  test('needs none any more when Amazon shows another one; and again when it shows a worse one', async () => {
    const order = orderOf('usual');
    await vault.show({ snapshot: order, buyer: buyer(bad), tenant: 'usual' });
    await vault.show({ snapshot: order, buyer: buyer(good), version: 2, tenant: 'usual' });
    expect((await detail(order)).attention).toEqual([]);
    await vault.show({ snapshot: order, buyer: buyer(bad), version: 3, tenant: 'usual' });
    expect((await detail(order)).attention).toEqual(['address']);
  });

  test('is forgotten as a fault once it is corrected, whatever Amazon goes on showing', async () => {
    const order = orderOf('usual');
    await vault.show({ snapshot: order, buyer: buyer(bad), tenant: 'usual' });
    await correct(order);
    await vault.show({ snapshot: order, buyer: buyer({ ...bad, city: 'Elsewhere' }), version: 2, tenant: 'usual' });
    expect(await detail(order)).toMatchObject({ attention: [], addressIssues: [] });
  });

  test('keeps an order outside of a strict store, on the work list with the fields, and lets it in when it is corrected', async () => {
    const order = orderOf('strict');
    await vault.show({ snapshot: order, buyer: buyer(bad), tenant: 'strict' });
    await reserve(order, 'strict');
    expect(await detail(order)).toMatchObject({ state: 'pending', number: null });
    const { body } = await vault.call('GET', '/blockers?cause=address');
    expect(body.items.find((item: { orderId: string }) => item.orderId === order.orderId).blockers).toEqual([
      { cause: 'address', words: expect.stringContaining('(state, postalCode)') },
    ]);
    expect(await waiting('no-answer')).not.toContain(order.orderId);
    const { actions } = await detail(order);
    expect(actions).toContainEqual({ action: 'correct-address', allowed: true });

    expect((await correct(order)).status).toBe(200);
    expect(await detail(order)).toMatchObject({ state: 'processing', number: expect.any(String), attention: [] });
    expect(await waiting()).not.toContain(order.orderId);
    // It was no order when it was corrected: what others are told begins with the order.
    expect(vault.published(OrderAddressCorrected).filter(({ data }) => data.orderId === order.orderId)).toEqual([]);
  });

  test('comes into a strict store when Amazon shows a better one', async () => {
    const order = orderOf('strict');
    await vault.show({ snapshot: order, buyer: buyer(bad), tenant: 'strict' });
    await reserve(order, 'strict');
    await vault.show({ snapshot: order, buyer: buyer(good), version: 2, tenant: 'strict' });
    expect(await detail(order)).toMatchObject({ state: 'processing', attention: [] });
  });

  test('is let in by a person all the same', async () => {
    const order = orderOf('strict');
    await vault.show({ snapshot: order, buyer: buyer(bad), tenant: 'strict' });
    await reserve(order, 'strict');
    expect((await vault.call('POST', `/orders/${order.orderId}/admit`)).body).toMatchObject({
      state: 'processing',
      attention: ['address'],
    });
  });

  test('is none where Amazon ships, withholds it, or does not show it yet', async () => {
    const [amazons, withheld, unseen] = [
      orderOf('strict', { fulfilledBy: 'amazon', status: 'shipped' }),
      orderOf('strict'),
      orderOf('strict'),
    ];
    await vault.show(
      { snapshot: amazons, buyer: buyer(bad), tenant: 'strict' },
      { snapshot: withheld, buyer: buyer({ city: 'Sampleton', country: 'US' }), tenant: 'strict' },
      { snapshot: unseen, tenant: 'strict' },
    );
    for (const order of [withheld, unseen]) await reserve(order, 'strict');
    expect(await Promise.all([amazons, withheld, unseen].map(async (order) => (await detail(order)).number))).toEqual([
      ...[expect.any(String), expect.any(String), expect.any(String)],
    ]);
    expect((await detail(amazons)).attention).toEqual([]);
  });

  test('of something that is no order and is not waited for cannot be corrected', async () => {
    const order = orderOf('usual', { status: 'pending' });
    await vault.show({ snapshot: order, buyer: buyer(bad), tenant: 'usual' });
    expect(await correct(order)).toMatchObject({ status: 409, body: { code: 'order.not-an-order' } });
  });

  test('that is corrected by somebody who has seen an older one changes nothing', async () => {
    const order = orderOf('usual');
    await vault.show({ snapshot: order, buyer: buyer(bad), tenant: 'usual' });
    expect((await correct(order, good, { 'if-match': '"5"' })).status).toBe(412);
    expect((await detail(order)).attention).toEqual(['address']);
  });
});
