import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonWriteUncertain, OrderHeld, OrderReleased, PickupProgressed } from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import { eventually, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { aLine, anOrder, type Created } from './orders.ts';
import { accepts, becomes, ready, refuses, request, shipmentEvents, told, type World } from './shipping-world.ts';

let harness: World;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'error', RETRY_DELAYS: '50ms,200ms,1s' })),
    capture: [...(shipmentEvents as []), PickupProgressed] as never,
  });
});

afterAll(() => harness?.stop());

const send = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  request(harness, method, path, body, headers);
const dhl = { carrier: 'DHL', trackingNumber: '00340' };

const anOpenOrder = async (quantity = 2, changes: Partial<Created> = {}): Promise<Created> => {
  const order = anOrder([aLine('LAMP', quantity), aLine('CUP', 1)], changes);
  await ready(harness, order);
  return order;
};
/** The parcels of an order, made by one request. */
const ship = async (orderId: string, ...packages: readonly object[]) => {
  const answer = await send('POST', '/shipments', { orderId, packages });
  expect(answer).toMatchObject({ status: 201 });
  return answer.body.items;
};
const lamps = (quantity: number) => ({ lines: [{ sku: 'LAMP', quantity }] });

describe('a parcel', () => {
  test('is shipped with its own units, carrier and number, and Amazon is told of each once', async () => {
    const { orderId } = await anOpenOrder(3);
    const [one, two] = await ship(
      orderId,
      { ...dhl, ...lamps(2), service: 'Paket', shippedAt: '2026-05-05T10:00:00+02:00' },
      { carrier: 'UPS', ...lamps(1) },
    );
    expect(one).toMatchObject({
      state: 'shipped',
      revision: 1,
      createdBy: 'Ada',
      amazon: { state: 'waiting', words: 'Amazon is being told.' },
    });
    await eventually(() => expect(told(harness, orderId)).toHaveLength(2));
    const actor = { kind: 'person', name: 'Ada' };
    expect(told(harness, orderId)).toMatchObject([
      {
        ...{ type: 'shipment.dispatched', aggregateId: documentIdOf(orderId, 'shipping'), aggregateVersion: 1, tenant: 'store-1' },
        data: {
          ...{ shipmentId: one.id, revision: 1, shippedAt: '2026-05-05T08:00:00.000Z', labelFrom: 'seller', actor },
          ...{ carrier: 'DHL', service: 'Paket', trackingNumber: '00340', lines: [{ lineId: 'line-LAMP', quantity: 2 }] },
        },
      },
      { aggregateVersion: 2, data: { shipmentId: two.id, carrier: 'UPS', lines: [{ lineId: 'line-LAMP', quantity: 1 }] } },
    ]);
    expect((await harness.get(`/orders/${orderId}/shipping`)).body).toMatchObject({
      ...{ state: 'open', toShip: 1, ship: { allowed: true }, shipments: [{ id: one.id }, { id: two.id }] },
      lines: [
        { sku: 'LAMP', quantity: 3, inParcels: 3, left: 0 },
        { sku: 'CUP', quantity: 1, inParcels: 0, left: 1 },
      ],
    });
  });

  test('holds all that is left when nobody says what it holds; the same request again is the same parcel', async () => {
    const { orderId } = await anOpenOrder();
    const key = { 'idempotency-key': randomUUID() };
    const first = await send('POST', '/shipments', { orderId, ...dhl }, key);
    const again = await send('POST', '/shipments', { orderId, ...dhl }, key);
    expect(again.body).toEqual(first.body);
    expect(first.body.items).toMatchObject([{ lines: [{ quantity: 2 }, { quantity: 1 }] }]);
    expect(await send('POST', '/shipments', { orderId, ...dhl })).toMatchObject({
      ...{
        status: 409,
        body: { code: 'shipping.nothing-left', errors: [{ field: 'orderId', message: 'Nothing of it is left to be shipped.' }] },
      },
    });
  });

  test('is refused by field, and then none of the request is made', async () => {
    const { orderId } = await anOpenOrder();
    const packages = [
      { ...dhl, ...lamps(1) },
      {
        lines: [
          { sku: 'LAMP', quantity: 2 },
          { lineId: 'nine', quantity: 1 },
        ],
      },
    ];
    expect(await send('POST', '/shipments', { orderId, packages })).toMatchObject({
      status: 409,
      body: {
        code: 'shipment.invalid',
        errors: [
          { field: 'packages.1.lines.0.quantity', message: '2 units are asked for, 1 are left.' },
          { field: 'packages.1.lines.1.lineId', message: 'The order has no such line: nine.' },
          { field: 'packages.1.carrier', message: 'Who takes it? Name the carrier.' },
        ],
      },
    });
    expect((await harness.get(`/shipments?orderId=${orderId}`)).body.items).toEqual([]);
    expect(await send('POST', '/shipments', { orderId: randomUUID(), ...dhl })).toMatchObject({ status: 404 });
    const vague = await send('POST', '/shipments', { orderId, ...dhl, lines: [{ quantity: 1 }] });
    expect(vague).toMatchObject({ status: 400 });
  });

  test('does not leave while the order is on hold', async () => {
    const order = await anOpenOrder();
    const { orderId, number, amazonOrderId } = order;
    const [packed] = (await send('POST', '/shipments', { orderId, ...dhl, ...lamps(1), handedOver: false })).body.items;
    const identity = { orderId, number, amazonOrderId, actor: { kind: 'person' as const, name: 'Ada' } };
    await harness.publish(OrderHeld, { ...identity, cause: 'person' }, { aggregateId: orderId, aggregateVersion: 3 });
    const stopped = { status: 409, body: { code: 'shipping.hold', errors: [{ message: 'The order is on hold: release it first.' }] } };
    await eventually(async () =>
      expect((await harness.get(`/orders/${orderId}/shipping`)).body).toMatchObject({ ship: { allowed: false } }),
    );
    expect(await send('POST', `/shipments/${packed.id}/hand-over`, {})).toMatchObject(stopped);
    expect(await send('POST', '/shipments', { orderId, ...dhl })).toMatchObject(stopped);
    await harness.publish(OrderReleased, { ...identity, state: 'processing' }, { aggregateId: orderId, aggregateVersion: 4 });
    await eventually(async () => expect(await send('POST', `/shipments/${packed.id}/hand-over`, {})).toMatchObject({ status: 200 }));
  });

  test('is packed, changed in the house, handed over, and Amazon hears of it then', async () => {
    const { orderId } = await anOpenOrder();
    const [packed] = (await send('POST', '/shipments', { orderId, ...lamps(2), handedOver: false })).body.items;
    expect(packed).toMatchObject({ state: 'packed', amazon: { state: 'none' }, version: 1 });
    const changed = await send('PATCH', `/shipments/${packed.id}`, lamps(1), { 'if-match': '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { state: 'packed', revision: 2, lines: [{ quantity: 1 }] } });
    expect(await send('PATCH', `/shipments/${packed.id}`, lamps(2), { 'if-match': '"1"' })).toMatchObject({ status: 412 });
    expect(await send('POST', `/shipments/${packed.id}/hand-over`, {})).toMatchObject({
      status: 409,
      body: { errors: [{ field: 'carrier' }] },
    });
    const left = await send('POST', `/shipments/${packed.id}/hand-over`, dhl);
    expect(left.body).toMatchObject({ state: 'shipped', revision: 3, trackingNumber: '00340', amazon: { state: 'waiting' } });
    expect(await send('POST', `/shipments/${packed.id}/hand-over`, dhl)).toMatchObject({
      ...{ status: 409, body: { code: 'shipment.handed-over' } },
    });
    await eventually(() =>
      expect(told(harness, orderId).map(({ type, aggregateVersion }) => `${aggregateVersion} ${type}`)).toEqual([
        ...['1 shipment.packed', '2 shipment.packed', '3 shipment.dispatched'],
      ]),
    );
  });

  test('that was not handed over is voided, and its units are to be shipped again', async () => {
    const { orderId } = await anOpenOrder();
    const [packed] = (await send('POST', '/shipments', { orderId, ...dhl, handedOver: false })).body.items;
    expect(await send('POST', `/shipments/${packed.id}/void`, { reason: 'fell off the table' })).toMatchObject({
      ...{ status: 200, body: { state: 'voided', voidReason: 'fell off the table' } },
    });
    expect(await send('POST', `/shipments/${packed.id}/void`, {})).toMatchObject({ status: 200 });
    await eventually(() => expect(told(harness, orderId)).toMatchObject([{}, { type: 'shipment.voided', data: { revision: 2 } }]));
    expect(await ship(orderId, dhl)).toMatchObject([{ lines: [{ quantity: 2 }, { quantity: 1 }] }]);
  });
});

describe('what Amazon says', () => {
  test('is seen on the parcel: accepted, and a change waits again while it stays known since when', async () => {
    const { orderId } = await anOpenOrder();
    const [parcel] = await ship(orderId, { ...dhl, ...lamps(1) });
    expect(await send('POST', `/shipments/${parcel.id}/void`, {})).toMatchObject({
      status: 409,
      body: { code: 'shipment.answer-awaited' },
    });
    await accepts(harness, parcel, 1, '2026-05-05T09:00:02.000Z');
    const accepted = { state: 'accepted', words: 'Amazon knows of it.', acceptedAt: '2026-05-05T09:00:02.000Z', packageReference: '1' };
    await becomes(harness, parcel, { version: 2, amazon: accepted });
    expect(await send('POST', `/shipments/${parcel.id}/void`, {})).toMatchObject({
      ...{ status: 409, body: { errors: [{ message: 'Amazon has been told and has taken it: edit it instead.' }] } },
    });
    const edited = await send('PATCH', `/shipments/${parcel.id}`, { trackingNumber: '00341', ...lamps(2) }, { 'if-match': '"2"' });
    expect(edited.body).toMatchObject({ revision: 2, amazon: { state: 'waiting', acceptedAt: '2026-05-05T09:00:02.000Z' } });
    await eventually(() =>
      expect(told(harness, orderId)[1]).toMatchObject({
        ...{ type: 'shipment.corrected', data: { revision: 2, trackingNumber: '00341', carrier: 'DHL', lines: [{ quantity: 2 }] } },
      }),
    );
    await accepts(harness, parcel, 2);
    await becomes(harness, parcel, { amazon: { state: 'accepted' } });
    // Nothing new is nothing to tell.
    expect(await send('PATCH', `/shipments/${parcel.id}`, { carrier: 'DHL' })).toMatchObject({ status: 200, body: { revision: 2 } });
  });

  test('is seen in its own words when it is no; the parcel is tried again, changed, or voided', async () => {
    const { orderId } = await anOpenOrder();
    const [parcel] = await ship(orderId, { ...dhl, ...lamps(2) });
    await refuses(harness, parcel);
    const words = 'The order item id is invalid.';
    await becomes(harness, parcel, { amazon: { state: 'refused', words, refusal: { code: 'InvalidInput', words } } });
    expect((await harness.get(`/shipments?writeState=refused&orderId=${orderId}`)).body.items).toMatchObject([{ id: parcel.id }]);
    expect((await harness.get(`/orders/${orderId}/shipping`)).body).toMatchObject({ toShip: 3 });

    expect(await send('POST', `/shipments/${parcel.id}/retry`)).toMatchObject({ body: { revision: 2, amazon: { state: 'waiting' } } });
    await eventually(() =>
      expect(told(harness, orderId)[1]).toMatchObject({ type: 'shipment.corrected', data: { revision: 2, carrier: 'DHL' } }),
    );
    await refuses(harness, parcel, 2);
    await becomes(harness, parcel, { amazon: { state: 'refused' } });
    // A late repetition of the first answer changes nothing.
    await refuses(harness, parcel, 1, 'old');
    expect(await send('POST', `/shipments/${parcel.id}/void`, {})).toMatchObject({ body: { state: 'voided', amazon: { state: 'none' } } });
    expect(await ship(orderId, dhl)).toMatchObject([{ lines: [{ quantity: 2 }, { quantity: 1 }] }]);
  });

  test('is nothing that anybody can tell: a person reads why', async () => {
    const { orderId } = await anOpenOrder();
    const [parcel] = await ship(orderId, dhl);
    await harness.publish(
      AmazonWriteUncertain,
      {
        orderId,
        amazonOrderId: '1',
        kind: 'shipment',
        commandId: randomUUID(),
        since: new Date().toISOString(),
        words: 'No answer, 3 times.',
      },
      { aggregateId: randomUUID(), aggregateVersion: 1 },
    );
    await becomes(harness, parcel, { amazon: { state: 'uncertain', words: 'No answer, 3 times.' } });
    expect(await send('POST', `/shipments/${parcel.id}/retry`)).toMatchObject({ status: 409, body: { code: 'shipment.in-doubt' } });
    await accepts(harness, parcel);
    await becomes(harness, parcel, { amazon: { state: 'accepted' } });
  });

  test('is measured from the hand-over on, and those that wait are counted', async () => {
    const { orderId } = await anOpenOrder(4);
    const [parcel, other, third] = await ship(orderId, { ...dhl, ...lamps(1) }, { ...dhl, ...lamps(1) }, { ...dhl, ...lamps(1) });
    const unmeasured = 'select 1 from shipment where accepted_at is not null and not measured';
    await eventually(async () => expect(await harness.app.database.query(unmeasured)).toEqual([]));
    const metric = async (name: string): Promise<number> => {
      const line = (await harness.get('/metrics')).body
        .split('\n')
        .find((text: string) => text.startsWith(name) && text.includes('fulfillment'));
      return Number(line?.split(' ').at(-1) ?? Number.NaN);
    };
    const [count, sum, waiting] = await Promise.all([
      ...['shipment_write_back_seconds_count', 'shipment_write_back_seconds_sum', 'shipments_unwritten{state="waiting"'].map(metric),
    ]);
    const counted = Number.isNaN(count as number) ? 0 : (count as number);
    await accepts(harness, parcel, 1, new Date(Date.parse(parcel.amazon.toldAt) + 1_500).toISOString());
    await refuses(harness, other);
    await eventually(async () => {
      expect(await metric('shipment_write_back_seconds_count')).toBe(counted + 1);
      expect((await metric('shipment_write_back_seconds_sum')) - (sum || 0)).toBeCloseTo(1.5, 1);
      expect(await metric('shipments_unwritten{state="waiting"')).toBe((waiting as number) - 2);
      expect(await metric('shipments_unwritten{state="refused"')).toBeGreaterThanOrEqual(1);
    });
    expect(await metric('shipments_packed')).toBeGreaterThanOrEqual(0);
    expect(third).toMatchObject({ amazon: { state: 'waiting' } });
  });
});

describe('an order of another kind', () => {
  test('that the buyer fetches is reported, and never sent', async () => {
    const { orderId } = await anOpenOrder(2, { programs: ['in-store-pickup'] });
    expect(await send('POST', '/shipments', { orderId, ...dhl })).toMatchObject({
      status: 409,
      body: { code: 'shipping.in-store-pickup' },
    });
    expect(await send('POST', `/orders/${orderId}/pickup`, { status: 'ready' })).toMatchObject({
      ...{
        status: 200,
        body: { pickup: [{ status: 'ready', by: 'Ada', amazon: { state: 'waiting' } }], warnings: [{ code: 'in-store-pickup' }] },
      },
    });
    expect(await send('POST', `/orders/${orderId}/pickup`, { status: 'picked-up' })).toMatchObject({ body: { state: 'done', toShip: 0 } });
    expect(await send('POST', `/orders/${orderId}/pickup`, { status: 'refused' })).toMatchObject({
      ...{ status: 409, body: { code: 'pickup.ended', errors: [{ field: 'status' }] } },
    });
    await eventually(() =>
      expect(harness.published(PickupProgressed).filter(({ data }) => data.orderId === orderId)).toMatchObject([
        ...[{ data: { status: 'ready' } }, { data: { status: 'picked-up' } }],
      ]),
    );
  });

  test('says what the packer has to know: codes, the IOSS number, money at the door, a label from Amazon', async () => {
    const line = aLine('LAMP', 1, { programs: ['transparency', 'cash-on-delivery'], iossNumber: 'IM2760000000' });
    const order = anOrder([line], { programs: ['fbm-ship-plus'] });
    await ready(harness, order);
    const { body } = await harness.get(`/orders/${order.orderId}/shipping`);
    expect(body.warnings.map(({ code }: { code: string }) => code)).toEqual(['ship-plus', 'transparency', 'ioss', 'cash-on-delivery']);
    expect(body.lines).toMatchObject([{ needsCodes: true, iossNumber: 'IM2760000000' }]);
    const parcel = { orderId: order.orderId, ...dhl };
    const missing = { errors: [{ field: 'labelFrom' }, { field: 'lines.0.transparencyCodes' }] };
    expect((await send('POST', '/shipments', parcel)).body).toMatchObject(missing);
    const lines = [{ sku: 'LAMP', quantity: 1, transparencyCodes: ['AZ:1'] }];
    const { items } = (await send('POST', '/shipments', { ...parcel, labelFrom: 'channel', lines })).body;
    expect(items).toMatchObject([{ amazon: { state: 'none' }, lines: [{ transparencyCodes: ['AZ:1'] }] }]);
    await eventually(() => expect(told(harness, order.orderId)).toMatchObject([{ data: { labelFrom: 'channel' } }]));
  });
});

describe('the list of parcels', () => {
  test('is read page by page, newest first, by order, state and number', async () => {
    const { orderId } = await anOpenOrder(5);
    const tracking = randomUUID();
    const made = await ship(orderId, { ...dhl, trackingNumber: tracking, ...lamps(1) }, ...[1, 2, 3].map(() => ({ ...dhl, ...lamps(1) })));
    const ids: string[] = [];
    let cursor = '';
    do {
      const { body } = await harness.get(`/shipments?orderId=${orderId}&limit=3${cursor}`);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor === undefined ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(ids.toSorted()).toEqual(made.map(({ id }: { id: string }) => id).toSorted());
    const idsOf = async (query: string) => (await harness.get(`/shipments?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await idsOf(`tracking=${tracking}`)).toEqual([made[0].id]);
    expect(await idsOf(`orderId=${orderId}&state=packed`)).toEqual([]);
    expect(await idsOf(`orderId=${orderId}&writeState=waiting&tenant=store-1&from=2026-01-01T00:00:00Z`)).toHaveLength(4);
    expect(await idsOf(`orderId=${orderId}&to=2026-01-01T00:00:00Z`)).toEqual([]);
    expect((await harness.get('/carriers')).body.items).toContainEqual({ name: 'Royal Mail' });
  });

  test('leaves nothing behind that a person has to look at', async () => {
    expect((await harness.get('/dead-letters')).body.items).toEqual([]);
  });
});
