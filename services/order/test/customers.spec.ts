import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AmazonOrder, AmazonOrderImported, OrderCreated } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { aSnapshot, message } from './builders.ts';
import { messageOf } from './messages.ts';
import { aBuyer, managing, type VaultHarness, vaultHarness } from './vault-harness.ts';

let vault: VaultHarness;
beforeAll(async () => {
  vault = await vaultHarness({ RETRY_BLOCKERS_EVERY: '20ms' });
});
afterAll(() => vault.stop());

let serial = 0;
const orderOf = (tenant: string, changes: Partial<AmazonOrder> = {}): AmazonOrder =>
  aSnapshot({ tenant, amazonOrderId: `885-0000000-${String(++serial).padStart(7, '0')}`, ...changes });

const keepAccounts = (tenant: string, settings: object = {}) =>
  vault.call('PUT', `/order-settings/${tenant}`, { body: { customerAccounts: 'account', ...settings } });

/** Orders of buyers with these e-mail addresses, in this store. */
const bought = async (tenant: string, ...emails: readonly (string | undefined)[]): Promise<AmazonOrder[]> => {
  const orders = emails.map(() => orderOf(tenant));
  await vault.show(...orders.map((snapshot, n) => ({ snapshot, tenant, buyer: buyerWith(emails[n]) })));
  return orders;
};
const buyerWith = (email: string | undefined) => {
  const { email: _, ...others } = aBuyer();
  return { ...others, ...(email === undefined ? {} : { email }) };
};

const customerOf = async ({ orderId }: AmazonOrder): Promise<string | undefined> =>
  (await vault.call('GET', `/orders/${orderId}`)).body.customerId;
const purge = ({ orderId }: AmazonOrder) =>
  vault.call('POST', `/orders/${orderId}/buyer/purge`, { as: managing, body: { reason: 'erasure-request' } });

describe('a store that keeps accounts', () => {
  test('knows a buyer again by the e-mail address, however it is written', async () => {
    await keepAccounts('again');
    const orders = await bought('again', 'relay-1@marketplace.test', 'relay-2@marketplace.test', ' Relay-1@Marketplace.test');
    const [first, second, third] = await Promise.all(orders.map(customerOf));
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect([third, second === first]).toEqual([first, false]);
  });

  test('tells of the account with the order', async () => {
    await keepAccounts('told');
    const [order] = (await bought('told', 'relay-3@marketplace.test')) as [AmazonOrder];
    const customerId = await customerOf(order);
    await eventually(() =>
      expect(vault.published(OrderCreated).find(({ aggregateId }) => aggregateId === order.orderId)?.data).toMatchObject({
        customer: 'account',
        customerId,
      }),
    );
  });

  test('has guests, too: buyers without an e-mail address, and those whom Amazon does not show', async () => {
    await keepAccounts('guests');
    const [nameless] = (await bought('guests', undefined)) as [AmazonOrder];
    const withheld = orderOf('guests');
    await vault.show({ snapshot: withheld, tenant: 'guests' });
    expect([await customerOf(nameless), await customerOf(withheld)]).toEqual([undefined, undefined]);
    expect((await vault.call('GET', '/customers?tenant=guests')).body).toEqual({ items: [] });
  });

  test('shares them with the other stores of its shop, and with no other', async () => {
    for (const tenant of ['shared-1', 'shared-2']) await keepAccounts(tenant, { shop: 'EU' });
    await keepAccounts('alone');
    const email = 'relay-4@marketplace.test';
    const [one] = await bought('shared-1', email);
    const [other] = await bought('shared-2', email);
    const [alone] = await bought('alone', email);
    const ids = await Promise.all([one, other, alone].map((order) => customerOf(order as AmazonOrder)));
    expect([ids[1], ids[2] === ids[0]]).toEqual([ids[0], false]);
    expect((await vault.call('GET', '/customers?shop=EU')).body.items).toMatchObject([{ id: ids[0], shop: 'EU', orders: 2 }]);
  });

  test('makes one account of many first orders that come at once', async () => {
    await keepAccounts('rush');
    const orders = Array.from({ length: 40 }, () => orderOf('rush'));
    const sealed = orders.map((order, n) => ({
      ...order,
      sealedBuyer: vault.ring.seal(buyerWith(`rush-${n % 2}@marketplace.test`), order.orderId),
      buyerData: 'present' as const,
    }));
    await vault.another();
    await Promise.all(sealed.map((order) => vault.publishAll([message(AmazonOrderImported, order, 1, 'rush')])));
    await eventually(async () =>
      expect((await vault.call('GET', '/customers?tenant=rush')).body.items.map(({ orders: count }: { orders: number }) => count)).toEqual([
        20, 20,
      ]),
    );
  });

  test('makes it when a strict store lets the order in, and none for what stays outside', async () => {
    await keepAccounts('strict', { admission: 'strict' });
    const [order] = (await bought('strict', 'relay-5@marketplace.test')) as [AmazonOrder];
    expect((await vault.call('GET', '/customers?tenant=strict')).body.items).toEqual([]);
    const { definition, event } = messageOf({ type: 'stock-reserved', version: 1 }, order.orderId, order.amazonOrderId);
    await vault.publishAll([{ definition, event: { ...event, tenant: 'strict' } }]);
    await eventually(async () => expect(await customerOf(order)).toEqual(expect.any(String)));
  });

  test('is not every store: a usual one hashes nothing, whoever else is in the batch', async () => {
    await keepAccounts('beside');
    const orders = ['usual', 'beside'].flatMap((tenant) => Array.from({ length: 20 }, () => ({ tenant, snapshot: orderOf(tenant) })));
    await vault.show(...orders.map((order) => ({ ...order, buyer: buyerWith('beside@marketplace.test') })));
    expect(
      await vault.rows(
        'select tenant, count(customer_key)::int as keys from buyer_vault where order_id = any($1::uuid[]) group by 1 order by 1',
        orders.map(({ snapshot }) => snapshot.orderId),
      ),
    ).toEqual([
      { tenant: 'beside', keys: 20 },
      { tenant: 'usual', keys: 0 },
    ]);
    const [order] = (await bought('usual', 'relay-6@marketplace.test')) as [AmazonOrder];
    expect(await customerOf(order)).toBeUndefined();
    expect(await vault.rows('select customer_key from buyer_vault where order_id = $1', order.orderId)).toEqual([{ customer_key: null }]);
  });
});

describe('customers', () => {
  test('are listed page by page, the newest first, with masked names', async () => {
    await keepAccounts('list');
    for (const n of [1, 2, 3]) await bought('list', `list-${n}@marketplace.test`);
    const first = (await vault.call('GET', '/customers?tenant=list&limit=2')).body;
    const second = (await vault.call('GET', `/customers?tenant=list&limit=2&cursor=${first.nextCursor}`)).body;
    const all = [...first.items, ...second.items];
    expect(all).toHaveLength(3);
    expect(all.map(({ createdAt }) => createdAt)).toEqual(
      all
        .map(({ createdAt }) => createdAt)
        .sort()
        .toReversed(),
    );
    expect(all[0]).toMatchObject({ tenant: 'list', name: 'Æ•••• N••••', orders: 1, forgotten: false });
    expect(second.nextCursor).toBeUndefined();
  });

  test('have their orders, page by page; and orders are found by their customer', async () => {
    await keepAccounts('orders');
    const orders = await bought('orders', ...Array.from({ length: 3 }, () => 'orders@marketplace.test'), 'other@marketplace.test');
    const id = await customerOf(orders[0] as AmazonOrder);
    const first = (await vault.call('GET', `/customers/${id}?limit=2`)).body;
    const second = (await vault.call('GET', `/customers/${id}?limit=2&cursor=${first.orderList.nextCursor}`)).body;
    expect(first.orders).toBe(3);
    const listed = [...first.orderList.items, ...second.orderList.items].map((order: { id: string }) => order.id);
    expect(listed.toSorted()).toEqual(
      orders
        .slice(0, 3)
        .map(({ orderId }) => orderId)
        .toSorted(),
    );
    const { body } = await vault.call('GET', `/orders?customerId=${id}`);
    expect(body.items.map((order: { customerId: string }) => order.customerId)).toEqual([id, id, id]);
    expect((await vault.call('GET', `/customers/${orders[0]?.orderId}`)).body).toMatchObject({ code: 'customer.unknown' });
  });
});

describe('a customer whose buyer data is purged', () => {
  test('is known again as long as one order has it, and then never again', async () => {
    await keepAccounts('purged');
    const email = 'purged@marketplace.test';
    const [first, second] = (await bought('purged', email, email)) as [AmazonOrder, AmazonOrder];
    const id = await customerOf(first);
    expect((await purge(first)).status).toBe(204);
    const [third] = (await bought('purged', email)) as [AmazonOrder];
    expect(await customerOf(third)).toBe(id);

    for (const order of [second, third]) await purge(order);
    expect(await vault.rows('select key from customer where id = $1', id)).toEqual([{ key: null }]);
    expect((await vault.call('GET', `/customers/${id}`)).body).toMatchObject({ forgotten: true, orders: 3 });
    expect((await vault.call('GET', `/customers/${id}`)).body).not.toHaveProperty('name');
    const [fourth] = (await bought('purged', email)) as [AmazonOrder];
    expect(await customerOf(fourth)).toEqual(expect.not.stringContaining(id as string));
  });

  test('leaves nothing of the address in any row, sealed or hashed', async () => {
    await keepAccounts('traces');
    const [order] = (await bought('traces', 'traces@marketplace.test')) as [AmazonOrder];
    await purge(order);
    expect(await vault.rows('select customer_key, address_issues from buyer_vault where order_id = $1', order.orderId)).toEqual([
      { customer_key: null, address_issues: null },
    ]);
    expect(await vault.rows(`select 1 from customer where scope = 'store:traces' and key is not null`)).toEqual([]);
  });
});
