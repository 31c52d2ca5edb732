import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import pg from 'pg';
import { told } from './http.ts';
import { openShop, type Shop } from './shop.ts';

const germany = 'A1PA6795UKMFR9';

interface Button {
  readonly kind: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

interface Reason {
  readonly code: string;
  readonly waitsFor: string;
  readonly facts: Record<string, unknown>;
  readonly action?: Button;
  readonly alternatives: readonly Button[];
}

interface Answer {
  readonly stuck?: Reason & { readonly behind: readonly Reason[] };
  readonly incomplete: readonly string[];
}

/** The question as the console asks it, of real owners; and its buttons, as a browser presses them. */
describe('why is it stuck?', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop({
      sandbox: { limits: 'off', visibilityLagMs: 0, feedDelayMs: { queueMs: 0, processingMs: 0 } },
      environment: { AMAZON_FEED_EVERY: '200ms', AMAZON_FEED_PATIENCE: '500ms' },
    });
  });
  afterAll(() => shop?.stop());

  const browser = () => ({ cookie: shop.admin.cookie, 'x-orderbus': 'console', 'sec-fetch-site': 'same-origin' });

  const why = async (orderId: string): Promise<Answer> => {
    const answer = await fetch(`${shop.system.url}/api/orders/${orderId}/stuck`, { headers: browser() });
    expect(answer.status).toBe(200);
    return (await answer.json()) as Answer;
  };
  const stuckBecause = (orderId: string, reason: object): Promise<Reason> =>
    eventually(async () => {
      const { stuck } = await why(orderId);
      expect(stuck).toMatchObject(reason);
      return stuck as Reason;
    });
  const isFree = (orderId: string) =>
    eventually(async () => expect(await why(orderId)).toEqual({ incomplete: [], unseen: [], askedAt: expect.any(String) }));
  const press = async (button: Button | undefined, added: object = {}): Promise<void> => {
    const { service, method, path, body } = button as Button;
    const content = Array.isArray(body) ? body : { ...body, ...added };
    const answer = await fetch(`${shop.system.url}/api/services/${service}${path}`, {
      ...{ method, headers: { ...browser(), 'content-type': 'application/json' } },
      ...(body === undefined && Object.keys(added).length === 0 ? {} : { body: JSON.stringify(content) }),
    });
    expect([answer.status, answer.ok ? '' : await answer.text()]).toEqual([answer.status, '']);
  };

  const sold = async (sku: string, quantity: number): Promise<string> => {
    const order = { fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], marketplaceId: germany };
    const [amazonOrderId = ''] = await shop.sell({ ...order, lines: [{ sku, quantity }] });
    await shop.sync();
    return eventually(async () => (await shop.order(amazonOrderId)).id);
  };
  const ready = async (quantity = 1) => {
    const id = await sold('SKU-TOWEL-3', quantity);
    return eventually(async () => {
      const order = await shop.get('order', `/orders/${id}`);
      expect(order).toMatchObject({ state: 'processing', billed: [{ canceled: false }] });
      expect((await shop.get('fulfillment', `/orders/${id}/shipping`)).ship).toEqual({ allowed: true });
      return order;
    });
  };
  const ship = async (order: { id: string; lines: { lineId: string }[] }, quantity: number): Promise<void> => {
    const lines = [{ lineId: order.lines[0]?.lineId, quantity }];
    const { status, body } = await shop.send('fulfillment', 'POST', '/shipments', {
      orderId: order.id,
      packages: [{ carrier: 'dhl', trackingNumber: `JD-${order.id}`, lines }],
    });
    expect([status, body]).toEqual([201, expect.anything()]);
  };

  test('stock is missing: the button that adds it sets the order free', async () => {
    const id = await sold('SKU-KETTLE-GN', 998);
    const reason = await stuckBecause(id, { code: 'out-of-stock', waitsFor: 'stock', facts: { wanted: 998 }, action: { kind: 'restock' } });
    await press(reason.action, { delta: 1_000, reason: 'delivery' });
    await isFree(id);
  });

  test('somebody holds it: who and why, until it is released', async () => {
    const { id } = await ready();
    await shop.send('order', 'POST', `/orders/${id}/hold`, { reason: 'looks like fraud' });
    const reason = await stuckBecause(id, {
      code: 'held',
      waitsFor: 'person',
      facts: { reason: 'looks like fraud' },
      since: expect.any(String),
    });
    await press(reason.action);
    await isFree(id);
  });

  test('the buyer asked to cancel: declined, it goes on', async () => {
    const { id, amazonOrderId } = await ready();
    await shop.happens(amazonOrderId, { requestCancellation: { reason: 'ORDERED_BY_MISTAKE' } });
    await shop.sync();
    const reason = await stuckBecause(id, {
      code: 'buyer-asks-to-cancel',
      action: { kind: 'accept-cancel-request', confirm: 'amazon-cancels' },
    });
    await press(reason.alternatives[0]);
    await isFree(id);
  });

  test('Amazon refused its parcel: what Amazon said, and voiding it when the order is canceled there', async () => {
    const order = await ready(2);
    await told('POST', `${shop.sandboxUrl}/sandbox/faults`, { kind: 'missing-from-list', orderIds: [order.amazonOrderId] });
    await shop.happens(order.amazonOrderId, { fulfillmentStatus: 'CANCELLED', cancelledBy: 'BUYER' });
    await ship(order, 2);
    const reason = await stuckBecause(order.id, {
      code: 'shipment-refused',
      facts: { position: 1, words: expect.stringMatching(/\w+ \w+/) },
    });
    const voiding = [reason.action, ...reason.alternatives].find((button) => button?.kind === 'void-parcel');
    await press(voiding, { reason: 'the buyer canceled' });
    await eventually(async () => expect((await why(order.id)).stuck?.code).not.toBe('shipment-refused'));
  });

  test('Amazon refused a refund: the amount, what Amazon said, and asking again', async () => {
    const order = await ready(1);
    const wish = { orderId: order.id, reason: 'general-adjustment', lines: [{ lineId: order.lines[0].lineId, quantity: 1 }] };
    const { status, body } = await shop.send('billing', 'POST', '/credit-memos', wish);
    expect([status, body]).toEqual([201, expect.anything()]);
    const reason = await stuckBecause(order.id, {
      ...{ code: 'refund-refused', facts: { totalMinor: body.totalMinor, currency: 'EUR', words: expect.stringMatching(/\w+ \w+/) } },
      alternatives: [{ kind: 'retry-refund', path: `/credit-memos/${body.creditMemoId}/retry` }],
    });
    expect(reason.waitsFor).toBe('person');
  });

  test('its store is paused: resumed, it goes on', async () => {
    const { id } = await ready();
    await shop.send('amazon-gateway', 'POST', '/stores/demo-eu/pause');
    const reason = await stuckBecause(id, { code: 'store-paused', waitsFor: 'operator', action: { kind: 'resume-store' } });
    await press(reason.action);
    await isFree(id);
  });

  test('nothing is sent to Amazon: its parcel waits until somebody ends that', async () => {
    const order = await ready(1);
    await shop.send('amazon-gateway', 'PUT', '/installation/read-only', { readOnly: true });
    await ship(order, 1);
    const reason = await stuckBecause(order.id, {
      ...{ code: 'read-only', waitsFor: 'operator', facts: { about: 'parcel', position: 1 } },
      action: { kind: 'end-read-only', confirm: 'writes-begin', needs: ['administer'] },
    });
    await press(reason.action);
    await isFree(order.id);
  });

  test('an owner hangs: it is named, and nobody says that nothing is in the way', async () => {
    const { id } = await ready();
    await isFree(id);
    const client = new pg.Client({ connectionString: shop.databaseUrl });
    await client.connect();
    await client.query('begin; lock table billing.order_billing in access exclusive mode');
    try {
      expect(await why(id)).toMatchObject({ incomplete: ['billing'], stuck: { code: 'owner-away', facts: { services: ['billing'] } } });
    } finally {
      await client.end();
    }
    await isFree(id);
  });
});
