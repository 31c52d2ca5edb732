import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCancellationRequested, OrderCommented } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import { orderHarness } from './harness.ts';
import { people } from './people.ts';

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
});
afterAll(() => harness.stop());

const { as, tell, shows, anotherOrder } = people(() => harness, '557');

const mass = (body: object, headers: Record<string, string> = {}) => as('Ada', 'POST', '/orders/mass', body, headers);

describe('a mass action', () => {
  test('is tried on each order, and says of each whether it was done or why not', async () => {
    const [open, shipped] = [await anotherOrder(), await anotherOrder()];
    await tell(shipped, { type: 'observe', snapshot: { ...shipped, status: 'shipped' }, version: 2 });
    await shows(shipped.orderId, { state: 'complete' });
    const stranger = randomUUID();
    const { status, body } = await mass({
      ids: [open.orderId, shipped.orderId, stranger, open.orderId],
      do: { action: 'hold', reason: 'stocktaking' },
    });
    expect([status, body]).toEqual([
      200,
      {
        done: 1,
        refused: 2,
        items: [
          { id: open.orderId, number: expect.any(String), done: true },
          { id: shipped.orderId, number: expect.any(String), done: false, why: expect.stringContaining('shipped'), code: 'shipped' },
          { id: stranger, number: null, done: false, why: 'there is no such order' },
        ],
      },
    ]);
    await shows(open.orderId, { state: 'held', hold: { reason: 'stocktaking', by: { name: 'Ada' } } });
    expect((await mass({ ids: [open.orderId], do: { action: 'release' } })).body).toMatchObject({ done: 1, refused: 0 });
    await shows(open.orderId, { state: 'processing' });
  });

  test('adds and takes away tags, and leaves the others', async () => {
    const [one, two] = [await anotherOrder(), await anotherOrder()];
    await as('Ada', 'PUT', `/orders/${one.orderId}/tags`, { tags: ['gift', 'late'] });
    await mass({ ids: [one.orderId, two.orderId], do: { action: 'tag', add: ['vip'], remove: ['late'] } });
    await shows(one.orderId, { tags: ['gift', 'vip'] });
    await shows(two.orderId, { tags: ['vip'] });
  });

  test('reaches what the filters leave', async () => {
    const [japan, home] = [await anotherOrder({ marketplaceId: 'JAPAN' }), await anotherOrder()];
    const { body } = await mass({ filters: { marketplace: ['JAPAN'] }, do: { action: 'cancel', reason: 'no-inventory' } });
    expect(body).toMatchObject({ done: 1, refused: 0, items: [{ id: japan.orderId }] });
    await shows(japan.orderId, { cancellation: { state: 'requested', reason: 'no-inventory' } });
    expect((await as('Ada', 'GET', `/orders/${home.orderId}`)).body).not.toHaveProperty('cancellation');
    await eventually(async () => expect(harness.published(OrderCancellationRequested)).toHaveLength(1));
  });

  test('that is sent again under its key is answered the same and done once', async () => {
    const orders = [await anotherOrder(), await anotherOrder()].map(({ orderId }) => orderId);
    const comment = { ids: orders, do: { action: 'comment', text: '<b>Call</b> them', visible: true } };
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = [await mass(comment, key), await mass(comment, key)];
    expect(second.body).toEqual(first.body);
    await eventually(async () => {
      const said = harness.published(OrderCommented);
      expect(said.map(({ data: { orderId, text } }) => [orderId, text]).toSorted()).toEqual(
        orders.map((id) => [id, 'Call them']).toSorted(),
      );
      expect(new Set(said.map(({ data }) => data.commentId)).size).toBe(2);
    });
  });

  test('does not reach more than 500 orders', async () => {
    const tenant = 'crowd';
    await harness.app.database.query(
      `insert into orders (id, tenant, version, number, state, status, amazon_order_id, marketplace_id, fulfilled_by, amazon_status, amazon_version,
         purchased_at, amazon_updated_at, programs, lines, balanced, stock, block_reasons, stock_version)
       select gen_random_uuid(), $1, 1, n, 'new', 'new', n, 'M', 'merchant', 'unshipped', 1, now(), now(), '[]', '[]', true, 'waiting', '[]', 0
       from generate_series(1, 501) as n`,
      [tenant],
    );
    const { status, body } = await mass({ filters: { tenant: [tenant] }, do: { action: 'release' } });
    expect([status, body.code]).toEqual([413, 'mass.too-many-orders']);
  });

  test.each([
    ['nothing to do it to', { do: { action: 'release' } }, 'ids'],
    ['ids and filters', { ids: [randomUUID()], filters: {}, do: { action: 'release' } }, 'ids'],
    ['no tag', { ids: [randomUUID()], do: { action: 'tag' } }, 'do'],
    ['an unknown reason', { ids: [randomUUID()], do: { action: 'cancel', reason: 'fun' } }, 'do.reason'],
  ])('is refused with %s', async (_, body, field) => {
    const { status, body: problem } = await mass(body);
    expect([status, problem.errors[0].field]).toEqual([400, field]);
  });
});
