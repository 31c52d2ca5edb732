import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { aBlocker, anOrder, aStore, billed, orderId, shippingWith } from './stuck-builders.ts';
import { type Browser, consoleWorld, type World } from './world.ts';

let world: World;
let mara: Browser;
/** What the owners say, by owner and path. `undefined`: nothing at all. */
let said: Map<string, object | number | undefined>;

/** What the owners were shown. */
const bearers = new Set<string>();

const none = { items: [] };
const inStep = (): typeof said =>
  new Map<string, object | number | undefined>([
    [`/order/orders/${orderId}`, anOrder()],
    [`/order/events/${orderId}`, none],
    ['/order/blockers', none],
    [`/fulfillment/reservations/${orderId}`, { missing: [] }],
    [`/fulfillment/orders/${orderId}/shipping`, shippingWith()],
    [`/billing/orders/${orderId}/billing`, billed()],
    ['/billing/invoices', none],
    ['/billing/credit-memos', none],
    ['/amazon-gateway/commands', none],
    ['/amazon-gateway/installation', { readOnly: false, needsConfirmation: false }],
    ['/amazon-gateway/unreadable-orders', none],
    ['/amazon-gateway/stores/main', aStore({ lastSuccessAt: new Date().toISOString() })],
    ...['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification'].flatMap((owner): [string, object][] => [
      [`/${owner}/dead-letters`, none],
      [`/${owner}/outbox`, { pending: 0, oldestAgeSeconds: 0, brokerHealthy: true }],
    ]),
  ]);

const answer = (response: ServerResponse, what: object | number): void => {
  const status = typeof what === 'number' ? what : 200;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(typeof what === 'number' ? {} : what));
};

beforeAll(async () => {
  world = await consoleWorld();
  mara = world.browser();
  world.answer = (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    bearers.add(request.headers.authorization ?? '');
    const what = said.has(path) ? said.get(path) : 404;
    if (what !== undefined) answer(response, what);
  };
});
beforeEach(() => {
  const shipBy = new Date(Date.now() + 86_400_000).toISOString();
  said = inStep().set(`/fulfillment/orders/${orderId}/shipping`, shippingWith({ shipBy }));
});
afterAll(() => world?.stop());

interface Answer {
  readonly stuck?: { readonly code: string; readonly behind: readonly { readonly code: string }[] };
  readonly incomplete: readonly string[];
  readonly unseen: readonly string[];
}

const why = async (who: Browser = mara) => {
  const answered = await who.fetch(`/api/orders/${orderId}/stuck`);
  return { status: answered.status, body: (await answered.json()) as Answer };
};

describe('why an order is stuck', () => {
  test('is nothing when all owners have answered, and nothing is in its way', async () => {
    expect(await why()).toEqual({ status: 200, body: { incomplete: [], unseen: [], askedAt: expect.any(String) } });
  });

  test('is asked of the owners, and told as code, facts, who has to act and the button', async () => {
    const blockReasons = [{ sku: 'MUG', cause: 'out-of-stock', wanted: 3, available: 0 }] as const;
    said.set(`/order/orders/${orderId}`, anOrder({ state: 'blocked', stock: 'short', blockReasons }));
    said.set('/order/blockers', { items: [aBlocker('out-of-stock', 'MUG')] });
    const { body } = await why();
    expect(body.stuck).toMatchObject({
      ...{ code: 'out-of-stock', waitsFor: 'stock', facts: { sku: 'MUG', wanted: 3 }, since: '2026-03-01T09:05:00.000Z' },
      action: { kind: 'restock', service: 'fulfillment', path: '/stock/MUG/adjustments', needs: ['operate'] },
    });
  });

  test('names an owner that does not answer within two seconds, instead of saying that nothing is in the way', async () => {
    said.set(`/billing/orders/${orderId}/billing`, undefined);
    const from = performance.now();
    const { body } = await why();
    expect(performance.now() - from).toBeLessThan(6_000);
    expect(body).toMatchObject({ incomplete: ['billing'], stuck: { code: 'owner-away', facts: { services: ['billing'] }, behind: [] } });
  });

  test('takes an owner that is ill, or talks nonsense, for one that is away, and tells what the others know', async () => {
    said.set('/amazon-gateway/installation', 503).set('/fulfillment/stock', {});
    said.set(`/fulfillment/reservations/${orderId}`, { what: 'ever' });
    said.set(`/order/orders/${orderId}`, anOrder({ state: 'held', hold: { cause: 'person', by: { name: 'Ada' } } }));
    const { body } = await why();
    expect(body.incomplete.toSorted()).toEqual(['amazon-gateway', 'fulfillment']);
    expect(body.stuck).toMatchObject({ code: 'held', behind: [{ code: 'owner-away' }] });
  });

  test('is told while the order service is away, as far as the others know', async () => {
    said.set(`/order/orders/${orderId}`, 500);
    said.set(`/billing/orders/${orderId}/billing`, billed({ status: 'review', reason: 'no-lines', detail: 'EUR 10' }));
    expect((await why()).body).toMatchObject({
      incomplete: ['order'],
      stuck: { code: 'invoice-review', behind: [{ code: 'owner-away' }] },
    });
  });

  test('finds dead letters about it in all services for who may administer them, and says to others that they were not looked at', async () => {
    const letter = { id: '7', topic: 'order.created.v1', reason: 'error', deadAt: '2026-03-02T10:00:00.000Z' };
    said.set('/notification/dead-letters', { items: [letter] });
    expect((await why()).body.stuck).toMatchObject({ code: 'dead-letter', facts: { service: 'notification', count: 1 } });
    const { body } = await why(world.browser({ name: 'Vera', permissions: ['read'] }));
    expect([body.stuck, body.unseen]).toEqual([undefined, ['dead-letters', 'outboxes']]);
  });

  test('of an order that is not there, or of another store, is not there either', async () => {
    said.delete(`/order/orders/${orderId}`);
    expect(await why()).toMatchObject({ status: 404, body: { code: 'order.unknown' } });
  });

  test('is told to a program with an API key, in whose name the owners are asked; a token for the console opens no other service', async () => {
    said.set(`/order/orders/${orderId}`, anOrder({ state: 'held', hold: { cause: 'person', by: { name: 'Ada' } } }));
    const key = world.access.key({ name: 'A script', permissions: ['read'] });
    bearers.clear();
    const authorization = `Bearer ${key}`;
    const answered = await fetch(`${world.app.url}/api/orders/${orderId}/stuck`, { headers: { authorization } });
    expect([answered.status, await answered.json()]).toMatchObject([
      200,
      { stuck: { code: 'held' }, unseen: ['dead-letters', 'outboxes'] },
    ]);
    expect([...bearers]).toEqual([authorization]);
    expect(await world.get(`/api/orders/${orderId}/stuck`)).toMatchObject({ status: 403, body: { code: 'stuck.other-services' } });
  });

  test('is told to nobody who is not signed in', async () => {
    const stranger = world.browser();
    world.access.endSession(stranger.cookie);
    expect((await why(stranger)).status).toBe(401);
  });
});
