import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ReturnReceived } from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import { type Api, eventually, type Harness, type HttpAnswer, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { aRow, insertOrders, insertParcel, type ShippingRow } from './shipping-rows.ts';

const brokers = process.env.TEST_AMQP_URL ? (['rabbit', 'embedded'] as const) : (['embedded'] as const);

const cups = (quantityShipped = 0) => ({ lineId: 'line-CUP', sku: 'CUP', title: 'Cup', quantity: 5, quantityShipped });

describe.each(brokers)('returns, broker: %s', (broker) => {
  let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;

  beforeAll(async () => {
    harness = await serviceHarness({
      schema,
      broker,
      build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'fatal' })),
      capture: [ReturnReceived] as never,
    });
  });
  afterAll(() => harness?.stop());

  /** An order of which so many cups have left, by Amazon's word. */
  const shipped = async (quantityShipped: number, changes: Partial<ShippingRow> = {}): Promise<string> => {
    const row = aRow({ lines: [cups(quantityShipped)], ...changes });
    await insertOrders(harness.app.database, [row]);
    return row.id;
  };
  const line = (quantity: number, changes: object = {}) => ({ lineId: 'line-CUP', quantity, condition: 'opened', ...changes });
  const post = async (body: object, headers: Record<string, string> = {}): Promise<HttpAnswer> => {
    const response = await harness.as({ name: 'Anna' }).fetch('/returns', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const told = (orderId: string) => harness.published(ReturnReceived).filter(({ data }) => data.orderId === orderId);

  test('are recorded with their condition, who took them in and whether the buyer gets the money, and are told', async () => {
    const orderId = await shipped(3);
    const wanted = { orderId, receivedAt: '2026-05-09T10:00:00+02:00', reason: 'refused-delivery', refund: false };
    const { status, body } = await post({ ...wanted, lines: [line(2, { restock: true }), line(1, { condition: 'damaged' })] });
    const lines = [
      { lineId: 'line-CUP', sku: 'CUP', title: 'Cup', quantity: 2, condition: 'opened', restocked: true },
      { lineId: 'line-CUP', sku: 'CUP', title: 'Cup', quantity: 1, condition: 'damaged', restocked: false },
    ];
    expect(status).toBe(201);
    expect(body).toEqual({
      ...{ id: expect.any(String), orderId, number: '000000012', amazonOrderId: '114-0000000-0000012', tenant: 'store-1' },
      ...{ receivedAt: '2026-05-09T08:00:00.000Z', reason: 'refused-delivery', refund: false, lines },
      ...{ actor: { kind: 'person', name: 'Anna' }, createdAt: expect.any(String) },
    });
    expect(await harness.get(`/returns/${body.id}`)).toEqual({ status: 200, body });
    await eventually(() => expect(told(orderId)).toHaveLength(1));
    const [event] = told(orderId);
    expect(event).toMatchObject({ tenant: 'store-1', aggregateId: documentIdOf(orderId, 'returns'), aggregateVersion: 1 });
    expect(event?.data).toEqual({
      ...{ orderId, returnId: body.id, receivedAt: body.receivedAt, reason: 'refused-delivery', refund: false, actor: body.actor },
      lines: lines.map(({ sku: _, title: __, ...rest }) => rest),
    });
  });

  test('lead to a refund for what the buyer sent back, unless told otherwise', async () => {
    const orderId = await shipped(1);
    const { body } = await post({ orderId, lines: [{ sku: 'CUP', quantity: 1, condition: 'opened' }] });
    expect(body).toMatchObject({ reason: 'customer-return', refund: true, lines: [{ lineId: 'line-CUP', restocked: false }] });
    expect(Math.abs(Date.parse(body.receivedAt) - Date.now())).toBeLessThan(60_000);
  });

  test('are of units that left in our parcels, too, before Amazon says so; of what was packed or voided there are none', async () => {
    const orderId = await shipped(1);
    const of = (quantity: number) => [{ lineId: 'line-CUP', quantity }];
    await insertParcel(harness.app.database, orderId, { lines: of(2) });
    await insertParcel(harness.app.database, orderId, { lines: of(1), writeState: 'accepted' });
    await insertParcel(harness.app.database, orderId, { lines: of(2), state: 'packed' });
    await insertParcel(harness.app.database, orderId, { lines: of(2), state: 'voided' });
    expect(await post({ orderId, lines: [line(4)] })).toMatchObject({
      status: 409,
      body: { code: 'return.too-many', errors: [{ field: 'lines.0.quantity', message: '3 shipped, 0 returned: 3 can come back' }] },
    });
    expect((await post({ orderId, lines: [line(3)] })).status).toBe(201);
  });

  test('of an order that Amazon ships are taken in, but never restocked here', async () => {
    const orderId = await shipped(2, { fulfilledBy: 'amazon', state: 'done', toShip: 0 });
    const refused = await post({ orderId, lines: [line(1, { restock: true })] });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'lines.0.restock' }] } });
    expect((await post({ orderId, lines: [line(1)] })).status).toBe(201);
  });

  test('that are sent twice under one key are one, whatever became of the first answer', async () => {
    const orderId = await shipped(2);
    const request = { orderId, lines: [line(1)] };
    const key = { 'idempotency-key': randomUUID() };
    const first = await post(request, key);
    // The answer was lost before it was kept.
    await harness.app.database.query('delete from idempotency_key where key = $1', [key['idempotency-key']]);
    const second = await post(request, key);
    expect(second).toEqual(first);
    expect((await harness.get(`/returns?orderId=${orderId}`)).body.items).toHaveLength(1);
    await eventually(() => expect(told(orderId)).toHaveLength(1));
  });

  test('that come at the same time never exceed what has left, in whatever instance', async () => {
    const other = await harness.another();
    const orderId = await shipped(5);
    const instances = [harness, harness.at(other.url)];
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const response = await (instances[n % 2] as Api).fetch('/returns', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ orderId, lines: [line(1 + (n % 2))] }),
        });
        return response.status;
      }),
    );
    expect(new Set(answers)).toEqual(new Set([201, 409]));
    const { body } = await harness.get(`/returns?orderId=${orderId}`);
    const units = body.items.reduce((sum: number, { lines }: { lines: { quantity: number }[] }) => sum + (lines[0]?.quantity ?? 0), 0);
    expect(units).toBe(5);
    const taken = answers.filter((status) => status === 201).length;
    await eventually(() =>
      expect(
        told(orderId)
          .map(({ aggregateVersion }) => aggregateVersion)
          .toSorted((a, b) => a - b),
      ).toEqual(upTo(taken)),
    );
  });

  test('are listed newest first, page by page, and filtered', async () => {
    const tenant = `store-${broker}`;
    const orderId = await shipped(5, { tenant });
    const days = ['01', '02', '02', '03', '04'];
    for (const [n, day] of days.entries()) {
      const wanted = { orderId, receivedAt: `2026-05-${day}T08:00:00Z`, refund: n % 2 === 0, ...(n === 1 ? { reason: 'exchange' } : {}) };
      expect((await post({ ...wanted, lines: [line(1)] })).status).toBe(201);
    }
    const dates = async (query: string): Promise<string[]> => {
      const seen: string[] = [];
      for (let cursor = ''; ; ) {
        const { body } = await harness.get(`/returns?limit=2&tenant=${tenant}${query}${cursor}`);
        seen.push(...body.items.map(({ receivedAt }: { receivedAt: string }) => receivedAt.slice(8, 10)));
        if (!body.nextCursor) return seen;
        cursor = `&cursor=${body.nextCursor}`;
      }
    };
    expect(await dates('')).toEqual(['04', '03', '02', '02', '01']);
    expect(await dates('&reason=exchange')).toEqual(['02']);
    expect(await dates('&refund=false')).toEqual(['03', '02']);
    expect(await dates('&receivedFrom=2026-05-02T08:00:00Z&receivedBefore=2026-05-04T08:00:00Z')).toEqual(['03', '02', '02']);
    expect(await dates(`&orderId=${randomUUID()}`)).toEqual([]);
  });

  test('give nobody money back in the name of somebody who may not', async () => {
    const operator = harness.as({ permissions: ['read', 'operate'] });
    const wanted = { orderId: await shipped(2), lines: [line(1)] };
    expect(await operator.send('POST', '/returns', wanted)).toMatchObject({ status: 403 });
    expect(await operator.send('POST', '/returns', { ...wanted, refund: false })).toMatchObject({ status: 201, body: { refund: false } });
  });

  test.each([
    [{ lines: [] }, 'lines'],
    [{ lines: [line(0)] }, 'lines.0.quantity'],
    [{ lines: [{ quantity: 1, condition: 'opened' }] }, 'lines.0.lineId'],
    [{ lines: [line(1, { condition: 'fine' })] }, 'lines.0.condition'],
    [{ lines: [line(1, { condition: 'damaged', restock: true })] }, 'lines.0.restock'],
    [{ lines: [line(1, { lineId: 'line-9' })] }, 'lines.0.lineId'],
    [{ lines: [line(1)], reason: 'rain' }, 'reason'],
    [{ lines: [line(1)], receivedAt: '2999-01-01T00:00:00Z' }, 'receivedAt'],
    [{ lines: [line(1)], colour: 'red' }, 'colour'],
  ])('that make no sense are refused, and the field is named: %j', async (wrong, field) => {
    const orderId = await shipped(2);
    const { status, body } = await post({ orderId, ...wrong });
    expect({ status, fields: body.errors.map((error: { field: string }) => error.field) }).toEqual({ status: 400, fields: [field] });
    expect((await harness.get(`/returns?orderId=${orderId}`)).body.items).toEqual([]);
  });

  test('of an order that is not known here, and returns that are not, are not found', async () => {
    expect(await post({ orderId: randomUUID(), lines: [line(1)] })).toMatchObject({ status: 404, body: { code: 'order.unknown' } });
    expect((await harness.get(`/returns/${randomUUID()}`)).status).toBe(404);
  });
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);
