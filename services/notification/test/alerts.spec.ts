import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderUnreadable } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { parseConfig } from '@orderbus/service-kit';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { anOrder, ringText, shuffled } from './builders.ts';

let harness: Harness<Service>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildNotificationApp(parseConfig(NotificationConfig, { ...urls, ORDERBUS_KEYS: ringText, LOG_LEVEL: 'error' })),
  });
});
afterAll(() => harness?.stop());

describe('alerts', () => {
  test('tell of a new order, of what blocks it, and that it went on', async () => {
    const order = anOrder();
    await harness.publishAll([order.created(), order.blocked(2)]);
    const [blocked, created] = await alertsWhen(order.orderId, (alerts) => alerts.length === 2);
    expect(created).toMatchObject({ kind: 'order-new', status: 'info', severity: 'info', tenant: 'store-1' });
    expect(blocked).toMatchObject({
      kind: 'order-blocked',
      status: 'open',
      severity: 'attention',
      title: 'Order 000000012 (114-1234567-1234567) is blocked: SKU-7 is out of stock',
      text: expect.stringContaining('- SKU-7: 2 wanted, 0 available'),
      raisedAt: '2026-03-01T10:00:02.000Z',
    });

    await harness.publishAll([order.processingStarted(3)]);
    const [resolved] = await alertsWhen(order.orderId, ([alert]) => alert.status === 'resolved');
    expect(resolved).toMatchObject({ id: blocked.id, resolvedBy: 'order', resolvedAt: '2026-03-01T10:00:03.000Z' });
  });

  test('of a blocked order are settled when it was shipped all the same, and not before', async () => {
    const order = anOrder();
    await harness.publishAll([order.created(), order.blocked(2), order.updated(3, 'blocked')]);
    const [blocked] = await alertsWhen(order.orderId, (alerts) => alerts.length === 2);
    expect(blocked.status).toBe('open');
    await harness.publishAll([order.updated(4, 'complete')]);
    const [resolved] = await alertsWhen(order.orderId, ([alert]) => alert.status === 'resolved');
    expect(resolved).toMatchObject({ kind: 'order-blocked', resolvedBy: 'order', resolvedAt: '2026-03-01T10:00:04.000Z' });
  });

  test('tell of a buyer who wants to cancel until that is answered, and of nothing else that a person should look at', async () => {
    const order = anOrder();
    await harness.publishAll([order.attentionRaised(2, 'stock-missing'), order.attentionRaised(3)]);
    const [asked] = await alertsWhen(order.orderId, (alerts) => alerts.length === 1);
    expect(asked).toMatchObject({
      kind: 'cancel-requested',
      status: 'open',
      severity: 'attention',
      title: 'Order 000000012 (114-1234567-1234567): the buyer wants to cancel it',
      raisedAt: '2026-03-01T10:00:03.000Z',
    });

    await harness.publishAll([order.attentionCleared(4, 'stock-missing'), order.attentionCleared(5)]);
    const [answered, ...others] = await alertsWhen(order.orderId, ([alert]) => alert.status === 'resolved');
    expect(answered).toMatchObject({ id: asked.id, resolvedBy: 'order', resolvedAt: '2026-03-01T10:00:05.000Z' });
    expect(others).toEqual([]);
  });

  test('tell of an address that no parcel can be sent to, until it is corrected', async () => {
    const order = anOrder();
    await harness.publishAll([order.attentionRaised(2, 'address')]);
    const [raised] = await alertsWhen(order.orderId, (alerts) => alerts.length === 1);
    expect(raised).toMatchObject({ kind: 'address-unacceptable', status: 'open', severity: 'attention' });
    await harness.publishAll([order.attentionCleared(3, 'address')]);
    const [corrected] = await alertsWhen(order.orderId, ([alert]) => alert.status === 'resolved');
    expect(corrected).toMatchObject({ id: raised.id, resolvedBy: 'order', resolvedAt: '2026-03-01T10:00:03.000Z' });
  });

  test('are the same, and as many, when events are repeated and shuffled', async () => {
    const expected = [
      ...['cancel-requested resolved', 'cancel-requested resolved'],
      ...['order-blocked resolved SKU-8', 'order-blocked resolved SKU-9', 'order-canceled info', 'order-new info'],
    ];
    const orders = Array.from({ length: 40 }, (_, n) => anOrder(String(n).padStart(9, '0')));
    const stories = orders.flatMap((order) => [
      order.created(),
      order.blocked(2, 'SKU-7'),
      order.blocked(3, 'SKU-8'),
      order.processingStarted(4),
      order.attentionRaised(5),
      order.attentionCleared(6),
      order.attentionRaised(7),
      order.blocked(8, 'SKU-9'),
      order.canceled(9),
      order.attentionCleared(10),
    ]);
    // The same events, and the same facts under other ids: what a broker repeats, and what a publisher records twice.
    const repeated = stories.map(({ definition, event }) => ({ definition, event: { ...event, id: randomUUID() } }));
    await harness.publishAll(shuffled([...stories, ...stories, ...repeated]));
    await eventually(async () => {
      for (const order of orders) expect(await summaryOf(order.orderId)).toEqual(expected);
    });
    const { body } = await harness.get('/dead-letters');
    expect(body.items).toEqual([]);
  });

  test('say once that an order of Amazon cannot be read', async () => {
    const aggregateId = randomUUID();
    const data = { rawId: randomUUID(), amazonOrderId: '114-7654321-7654321', problems: ['orderItems: expected array'] };
    await harness.publish(AmazonOrderUnreadable, data, { aggregateId, aggregateVersion: 1 });
    await harness.publish(
      AmazonOrderUnreadable,
      { ...data, problems: ['proceeds: expected object'] },
      { aggregateId, aggregateVersion: 2 },
    );
    await eventually(async () => {
      const { body } = await harness.get('/alerts?kind=order-unreadable');
      expect(body.items).toMatchObject([
        { status: 'open', title: 'Amazon order 114-7654321-7654321 cannot be read', text: expect.stringContaining('proceeds') },
      ]);
    });
  });
});

describe('the list of alerts', () => {
  test('is paged newest first, and filtered by kind, status, severity and order', async () => {
    const orders = Array.from({ length: 5 }, (_, n) => anOrder(`1${n}`));
    await harness.publishAll(orders.flatMap((order) => [order.created(), order.blocked(2)]));
    for (const { orderId } of orders) await alertsWhen(orderId, (alerts) => alerts.length === 2);

    // All of them were raised in the same second: only the id tells them apart.
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await harness.get(`/alerts?limit=3&status=open&kind=order-blocked${cursor}`);
      seen.push(...body.items.map((alert: { id: string }) => alert.id));
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    const { body: everything } = await harness.get('/alerts?limit=200&status=open&kind=order-blocked');
    expect(seen).toEqual(everything.items.map((alert: { id: string }) => alert.id));
    expect(new Set(seen).size).toBe(seen.length);

    const { body: infos } = await harness.get(`/alerts?severity=info&orderId=${orders[0]?.orderId}`);
    expect(infos.items).toMatchObject([{ kind: 'order-new' }]);
  });

  test('refuses what it does not know, by name', async () => {
    const fieldsOf = async (path: string) => {
      const { status, body } = await harness.get(path);
      return { status, fields: body.errors.map(({ field }: { field: string }) => field) };
    };
    expect(await fieldsOf('/alerts?kind=order-lost&colour=red')).toEqual({ status: 400, fields: ['kind', 'colour'] });
    expect(await fieldsOf('/alerts?cursor=nonsense')).toEqual({ status: 400, fields: ['cursor'] });
    expect(await fieldsOf('/alerts/nonsense')).toEqual({ status: 400, fields: ['id'] });
    expect((await harness.get(`/alerts/${randomUUID()}`)).status).toBe(404);
  });
});

describe('resolving by hand', () => {
  test('settles an open alert until the order is blocked for other reasons', async () => {
    const order = anOrder();
    await harness.publishAll([order.blocked(2)]);
    const [alert] = await alertsWhen(order.orderId, (alerts) => alerts.length === 1);
    expect((await harness.send('POST', `/alerts/${alert.id}/resolve`)).body).toMatchObject({ status: 'resolved', resolvedBy: 'person' });
    expect((await harness.send('POST', `/alerts/${alert.id}/resolve`)).status).toBe(200);

    await harness.publishAll([order.blocked(3, 'SKU-8')]);
    const [again] = await alertsWhen(order.orderId, ([one]) => one.status === 'open');
    expect(again).toMatchObject({ id: alert.id, title: expect.stringContaining('SKU-8') });
    expect(again).not.toHaveProperty('resolvedBy');
  });

  test('does not apply to what only informs', async () => {
    const order = anOrder();
    await harness.publishAll([order.created()]);
    const [alert] = await alertsWhen(order.orderId, (alerts) => alerts.length === 1);
    expect(await harness.send('POST', `/alerts/${alert.id}/resolve`)).toMatchObject({
      status: 409,
      body: { code: 'alert.cannot-be-resolved' },
    });
    expect((await harness.send('POST', `/alerts/${randomUUID()}/resolve`)).status).toBe(404);
  });
});

test('the metrics count the alerts that wait, by kind', async () => {
  const open = async () => /^alerts_open\{.*kind="order-blocked".*\} (\d+)$/m.exec((await harness.get('/metrics')).body)?.[1];
  const before = Number(await open());
  const order = anOrder();
  await harness.publishAll([order.blocked(2)]);
  await eventually(async () => expect(Number(await open())).toBe(before + 1));
});

test('without a mail server no mail is planned', async () => {
  const order = anOrder();
  await harness.publishAll([order.blocked(2)]);
  const [alert] = await alertsWhen(order.orderId, (alerts) => alerts.length === 1);
  expect((await harness.get(`/alerts/${alert.id}`)).body.deliveries).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
const alertsWhen = (orderId: string, ready: (alerts: any[]) => boolean) =>
  eventually(async () => {
    const { body } = await harness.get(`/alerts?orderId=${orderId}`);
    if (!ready(body.items)) throw new Error(`not yet: ${JSON.stringify(body.items)}`);
    return body.items;
  });

const summaryOf = async (orderId: string): Promise<string[]> => {
  const { body } = await harness.get(`/alerts?orderId=${orderId}`);
  return body.items
    .map(({ kind, status, data }: { kind: string; status: string; data: { reasons?: { sku: string }[] } }) =>
      [kind, status, ...(data.reasons ?? []).map(({ sku }) => sku)].join(' '),
    )
    .sort();
};
