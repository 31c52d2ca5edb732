import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Service } from '@orderbus/service-kit';
import type { Harness } from '@orderbus/testkit';
import { missing } from './builders.ts';
import { orderHarness } from './harness.ts';
import { people } from './people.ts';

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
});
afterAll(() => harness.stop());

const { as, tell, shows, anotherOrder, logOf, refusal } = people(() => harness, '881');

describe('an order on hold', () => {
  test('goes on, when it is released, where it would be without the hold', async () => {
    const order = await anotherOrder();
    const path = `/orders/${order.orderId}`;
    const { status, body } = await as('Ada', 'POST', `${path}/hold`, { reason: 'the address looks wrong' });
    expect([status, body]).toMatchObject([
      200,
      {
        state: 'held',
        status: 'held',
        hold: { cause: 'person', reason: 'the address looks wrong', by: { kind: 'person', name: 'Ada' }, state: 'processing' },
      },
    ]);
    await tell(order, { type: 'stock-short', missing: [missing()], version: 2 });
    await shows(order.orderId, { state: 'held', stock: 'short', hold: { state: 'blocked' } });

    expect((await as('Bea', 'POST', `${path}/release`)).body).toMatchObject({ state: 'blocked', blockReasons: [missing()] });
    expect(await logOf(order.orderId)).toEqual(['created', 'processing_started', 'held', 'blocked', 'attention_raised', 'released']);
  });

  test('cannot be held again, canceled or shipped, and says why', async () => {
    const { orderId } = await anotherOrder();
    const { body } = await as('Ada', 'POST', `/orders/${orderId}/hold`, {});
    expect(body.actions).toEqual(
      expect.arrayContaining([
        { action: 'release', allowed: true },
        { action: 'comment', allowed: true },
        { action: 'ship', allowed: false, code: 'held-first', why: 'it is on hold: release it first' },
      ]),
    );
    expect(await refusal('POST', `/orders/${orderId}/hold`, {})).toContain('it is on hold already');
    expect(await refusal('POST', `/orders/${orderId}/cancel`, { reason: 'no-inventory' })).toContain('it is on hold: release it first');
  });

  test('that Amazon says is shipped is no longer held', async () => {
    const order = await anotherOrder();
    await as('Ada', 'POST', `/orders/${order.orderId}/hold`, {});
    await tell(order, { type: 'observe', snapshot: { ...order, status: 'shipped' }, version: 2 });
    const body = await shows(order.orderId, { state: 'complete', status: 'complete' });
    expect(body).not.toHaveProperty('hold');
  });
});

describe('a change', () => {
  test('that was made up looking at another version is refused, and its answer names the version to come', async () => {
    const { orderId } = await anotherOrder();
    const { etag } = await as('Ada', 'GET', `/orders/${orderId}`);
    const held = await as('Ada', 'POST', `/orders/${orderId}/hold`, {}, { 'if-match': etag as string });
    expect([held.status, etag, held.etag]).toEqual([200, '"2"', '"3"']);
    const late = await as('Bea', 'POST', `/orders/${orderId}/release`, undefined, { 'if-match': etag as string });
    expect([late.status, late.body.code]).toEqual([412, 'precondition.failed']);
    expect((await as('Bea', 'GET', `/orders/${orderId}`)).body).toMatchObject({ state: 'held' });
  });

  test('that is sent twice under one key is done once', async () => {
    const { orderId } = await anotherOrder();
    const send = () => as('Ada', 'POST', `/orders/${orderId}/comments`, { text: 'Called them.' }, { 'idempotency-key': orderId });
    expect([(await send()).status, (await send()).status]).toEqual([201, 201]);
    expect((await logOf(orderId)).filter((type) => type === 'commented')).toHaveLength(1);
  });

  test.each([
    ['POST', 'hold', { reason: '' }, 'reason'],
    ['POST', 'cancel', { reason: 'boredom' }, 'reason'],
    ['POST', 'cancel', { reason: 'no-inventory', lines: [{ lineId: '1', quantity: 0 }] }, 'lines.0.quantity'],
    ['POST', 'comments', { text: '<br>' }, 'text'],
    ['PUT', 'tags', { tags: [''] }, 'tags.0'],
    ['PUT', 'note', {}, 'note'],
  ] as const)('%s %s %j is wrong, and names the field', async (method, action, content, field) => {
    const { status, body } = await as('Ada', method, `/orders/anything/${action}`, content);
    expect([status, body.errors?.[0]?.field]).toEqual([400, field]);
  });

  test('needs an order', async () => {
    expect(await as('Ada', 'POST', '/orders/999-0000000-0000000/hold', {})).toMatchObject({ status: 404, body: { code: 'order.unknown' } });
  });
});

describe('what is said about an order', () => {
  test('stands between what happened to it, newest first, in any state, and without HTML', async () => {
    const { orderId } = await anotherOrder({ status: 'shipped' });
    const path = `/orders/${orderId}/comments`;
    await as('Ada', 'POST', path, { text: '<b>Asked</b> for 5 < 6 boxes', notify: true });
    await as('Bea', 'POST', path, { text: 'Sent.', visible: true });
    const first = (await as('Ada', 'GET', `${path}?limit=2`)).body;
    expect(first.items).toMatchObject([
      { author: { name: 'Bea' }, text: 'Sent.', notify: false, visible: true, system: false },
      { author: { name: 'Ada' }, text: 'Asked for 5 < 6 boxes', notify: true, visible: false, system: false },
    ]);
    const rest = (await as('Ada', 'GET', `${path}?limit=2&cursor=${first.nextCursor}`)).body;
    expect(rest.items).toMatchObject([
      {
        text: expect.stringMatching(/^Became order \d{9}$/),
        system: true,
        event: { type: 'order.created', facts: { number: expect.any(String) } },
      },
    ]);
  });

  test('includes its note and its tags, which are replaced', async () => {
    const { orderId } = await anotherOrder();
    await as('Ada', 'PUT', `/orders/${orderId}/note`, { note: 'Poster tube' });
    await as('Ada', 'PUT', `/orders/${orderId}/tags`, { tags: ['gift', 'fragile', 'gift'] });
    await shows(orderId, { note: 'Poster tube', tags: ['fragile', 'gift'] });
    await as('Ada', 'PUT', `/orders/${orderId}/note`, { note: null });
    await as('Ada', 'PUT', `/orders/${orderId}/note`, { note: null });
    expect((await as('Ada', 'PUT', `/orders/${orderId}/tags`, { tags: [] })).body).toMatchObject({ note: null, tags: [] });
    expect(await logOf(orderId)).toEqual(['created', 'processing_started', 'noted', 'tagged', 'noted', 'tagged']);
  });
});

describe('a blocked order', () => {
  test('is looked at again, or let in although stock is missing, which a person should know', async () => {
    const order = await anotherOrder();
    await tell(order, { type: 'stock-short', missing: [missing()], version: 2 });
    await shows(order.orderId, { state: 'blocked' });
    await as('Ada', 'POST', `/orders/${order.orderId}/retry`);
    const { body } = await as('Ada', 'POST', `/orders/${order.orderId}/admit`);
    expect(body).toMatchObject({ state: 'processing', admitted: true, attention: ['stock-missing'] });
    await tell(order, { type: 'stock-reserved', version: 3 });
    await shows(order.orderId, { state: 'processing', attention: [] });
    expect((await logOf(order.orderId)).slice(2)).toEqual([
      'blocked',
      'attention_raised',
      'retry_requested',
      'processing_started',
      'attention_cleared',
    ]);
    expect(await refusal('POST', `/orders/${order.orderId}/retry`)).toContain('it does not wait for missing stock');
  });
});

describe('a status', () => {
  const add = (code: string, isDefault = false) => as('Ada', 'POST', '/statuses', { code, label: code, state: 'processing', isDefault });

  test('of its state is chosen by a person; of another state, or unknown, it is refused', async () => {
    await add('picking');
    const { orderId } = await anotherOrder();
    expect((await as('Ada', 'POST', `/orders/${orderId}/status`, { status: 'picking' })).body).toMatchObject({
      state: 'processing',
      status: 'picking',
    });
    expect(await refusal('POST', `/orders/${orderId}/status`, { status: 'complete' })).toContain('complete is a status of complete orders');
    expect(await refusal('POST', `/orders/${orderId}/status`, { status: 'lost' })).toContain('there is no status lost');

    await as('Ada', 'POST', `/orders/${orderId}/hold`, {});
    expect((await as('Ada', 'DELETE', '/statuses/picking')).body).toMatchObject({ code: 'status.in-use' });
    expect((await as('Ada', 'POST', `/orders/${orderId}/release`)).body).toMatchObject({ status: 'picking' });
    expect((await as('Ada', 'DELETE', '/statuses/picking')).body).toMatchObject({ code: 'status.in-use' });
    expect((await harness.get('/orders?status=picking')).body.items).toMatchObject([{ id: orderId }]);
  });

  test('that is the default of its state is what orders get there, and makes room for another default', async () => {
    await add('to_pack', true);
    const order = await anotherOrder();
    await shows(order.orderId, { state: 'processing', status: 'to_pack' });
    expect((await as('Ada', 'DELETE', '/statuses/to_pack')).body).toMatchObject({ code: 'status.default-needed' });
    expect((await as('Ada', 'PUT', '/statuses/to_pack', { label: 'To pack', isDefault: false })).body).toMatchObject({
      code: 'status.default-needed',
    });
    expect((await as('Ada', 'PUT', '/statuses/processing', { label: 'Processing', isDefault: true })).status).toBe(204);
    const { body } = await as('Ada', 'GET', '/statuses');
    const defaults = body.items.filter((status: { isDefault: boolean }) => status.isDefault).map((status: { code: string }) => status.code);
    expect(defaults).toEqual(['pending', 'new', 'blocked', 'processing', 'held', 'complete', 'closed', 'canceled']);
  });

  test('has a code of its own, and goes when no order has it; the last one of a state stays', async () => {
    await add('packed');
    expect((await add('packed')).body).toMatchObject({ code: 'status.exists' });
    expect((await add('2nd')).body.errors).toMatchObject([{ field: 'code' }]);
    expect((await as('Ada', 'DELETE', '/statuses/packed')).status).toBe(204);
    expect((await as('Ada', 'DELETE', '/statuses/packed')).status).toBe(404);
    expect((await as('Ada', 'DELETE', '/statuses/closed')).body).toMatchObject({ code: 'status.last-of-state' });
  });
});
