import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonShipmentConfirmed, AmazonShipmentRejected, ShipmentDispatched } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { type WritingHarness, writingHarness } from './writing-harness.ts';

/** An order like any other, with three units to ship. */
const plain = { lines: [{ sku: 'SKU-MUG-BLUE', quantity: 3 }], programs: [], itemPrograms: [] };

describe('a parcel', () => {
  let gateway: WritingHarness;
  let numbers: string[];
  let shipPlus: string[];
  let transparent: string[];

  beforeAll(async () => {
    gateway = await writingHarness({
      before: async ({ create }) => {
        numbers = await create(15, plain);
        shipPlus = await create(1, { ...plain, programs: ['FBM_SHIP_PLUS'] });
        transparent = await create(1, { ...plain, itemPrograms: ['TRANSPARENCY'] });
      },
    });
  });
  afterAll(() => gateway.stop());

  const next = (): string => numbers.pop() ?? '';
  const confirmed = (orderId: string) => gateway.told(AmazonShipmentConfirmed).filter(({ data }) => data.orderId === orderId);
  const rejected = (orderId: string) => gateway.told(AmazonShipmentRejected).filter(({ data }) => data.orderId === orderId);

  test('is told to Amazon within seconds, once, however often it was handed over', async () => {
    const number = next();
    const parcel = await gateway.dispatch(number);
    const event = { aggregateId: randomUUID(), aggregateVersion: 1, tenant: 'na' };
    await gateway.service.publish(ShipmentDispatched, parcel, event);
    await gateway.service.publish(ShipmentDispatched, parcel, event);
    const command = await gateway.command(number, 'done');
    expect(await gateway.arrived(number)).toMatchObject([
      { operation: 'confirmShipment', packageReference: '1', effect: 'created', request: { packageDetail: { carrierCode: 'UPS' } } },
    ]);
    expect(Date.parse(command.settledAt ?? '') - Date.parse(command.requestedAt)).toBeLessThan(10_000);
    await eventually(() => expect(confirmed(parcel.orderId)).toHaveLength(1));
    const [event1] = confirmed(parcel.orderId);
    expect(AmazonShipmentConfirmed.parse(event1)).toMatchObject({
      aggregateId: command.id,
      aggregateVersion: 1,
      tenant: 'na',
      data: { amazonOrderId: number, shipmentId: parcel.shipmentId, revision: 1, packageReference: '1' },
    });
    const metrics = (await gateway.service.get('/metrics')).body;
    expect(metrics).toMatch(/amazon_write_seconds_count\{.*kind="shipment",outcome="accepted"\} \d/);
    expect(metrics).toMatch(/amazon_commands\{state="pending",service="amazon-gateway"\} 0/);
  });

  test('has a number of its own within its order, and keeps it when it is corrected', async () => {
    const number = next();
    const [first, second] = [await gateway.dispatch(number), await gateway.dispatch(number, { trackingNumber: '1Z2' })];
    await eventually(() => expect(confirmed(first.orderId)).toHaveLength(2));
    await gateway.correct(first, { trackingNumber: '1Z3', carrier: 'Pony Express' });
    await eventually(() => expect(confirmed(first.orderId)).toHaveLength(3));
    const entries = await gateway.arrived(number);
    expect(entries.map(({ packageReference, effect }) => `${packageReference} ${effect}`).toSorted()).toEqual([
      '1 created',
      '1 edited',
      '2 created',
    ]);
    expect(entries.at(-1)?.request.packageDetail).toMatchObject({
      carrierCode: 'Other',
      carrierName: 'Pony Express',
      trackingNumber: '1Z3',
    });
    const referenceOf = ({ shipmentId }: typeof first) =>
      confirmed(first.orderId)
        .filter(({ data }) => data.shipmentId === shipmentId)
        .map(({ data }) => data.packageReference);
    expect([new Set(referenceOf(first)).size, new Set(referenceOf(second)).size]).toEqual([1, 1]);
  });

  test('goes out before its correction, also when both were said at once', async () => {
    const number = next();
    await gateway.fault({ kind: 'slow', delayMs: 600, operations: ['confirmShipment'], times: 1 });
    const parcel = await gateway.dispatch(number);
    await gateway.correct(parcel, { trackingNumber: '1Z9' });
    await eventually(() => expect(confirmed(parcel.orderId).map(({ data }) => data.revision)).toEqual([1, 2]));
    expect((await gateway.arrived(number)).map(({ request }) => request.packageDetail.trackingNumber)).toEqual([
      parcel.trackingNumber,
      '1Z9',
    ]);
  });

  test('that Amazon refuses is rejected in its words, with the id of the call', async () => {
    const number = next();
    await gateway.patch(number, { fulfillmentStatus: 'CANCELLED' });
    const parcel = await gateway.dispatch(number);
    const command = await gateway.command(number, 'failed');
    expect(command.answer).toMatchObject({ result: 'refused', code: 'amazon.invalid-input', requestId: expect.any(String) });
    await eventually(() => expect(rejected(parcel.orderId)).toHaveLength(1));
    expect(rejected(parcel.orderId)[0]?.data.refusal.words).toMatch(/Amazon says: .*cancel/i);
  });

  test('pitfalls 28 and 29: that Amazon would refuse never gets there, and the words say what to do', async () => {
    const [plus = '', transparency = ''] = [...shipPlus, ...transparent];
    const sent = [await gateway.dispatch(plus), await gateway.dispatch(transparency)];
    await gateway.command(plus, 'failed');
    await gateway.command(transparency, 'failed');
    await eventually(() => expect(sent.flatMap(({ orderId }) => rejected(orderId)).map(({ data }) => data.refusal.code)).toHaveLength(2));
    expect(await gateway.arrived(plus)).toEqual([]);
    expect(await gateway.arrived(transparency)).toEqual([]);
    await gateway.correct(sent[1] as (typeof sent)[1], {
      lines: [{ ...(await gateway.line(transparency)), quantity: 1, transparencyCodes: ['AZ:CODE1'] }],
    });
    await eventually(async () => expect(await gateway.arrived(transparency)).toMatchObject([{ effect: 'created' }]));
  });

  test('whose label was bought at Amazon is not told', async () => {
    const number = next();
    await gateway.dispatch(number, { labelFrom: 'channel' });
    const parcel = await gateway.dispatch(number);
    await eventually(() => expect(confirmed(parcel.orderId)).toHaveLength(1));
    expect(await gateway.commands(`amazonOrderId=${number}`)).toHaveLength(1);
  });

  test('of an order that we do not know yet waits until it has been imported', async () => {
    const [number = ''] = await gateway.create(1, plain);
    const parcel = await gateway.dispatch(number);
    await gateway.sync();
    await eventually(() => expect(confirmed(parcel.orderId)).toHaveLength(1));
    expect(parcel.orderId).toBe(orderIdOf('na', number));
  });

  test('of an order that was pending when we last looked goes out when Amazon has released it', async () => {
    const [released = '', held = ''] = await gateway.create(2, { ...plain, fulfillmentStatus: 'PENDING' });
    await gateway.sync();
    await gateway.patch(released, { fulfillmentStatus: 'UNSHIPPED' });
    const parcel = await gateway.dispatch(released);
    await gateway.dispatch(held);
    await eventually(() => expect(confirmed(parcel.orderId)).toHaveLength(1));
    expect((await gateway.command(held, 'failed')).answer).toMatchObject({ code: 'order.pending' });
    expect(await gateway.arrived(held)).toEqual([]);
  });

  test('that Amazon refused, and that was voided, is not sent again by hand', async () => {
    const number = next();
    const parcel = await gateway.dispatch(number, { lines: [{ lineId: 'nowhere', quantity: 1 }] });
    const { id } = await gateway.command(number, 'failed');
    await gateway.voidParcel(parcel);
    await isVoided(parcel.shipmentId);
    const { status, body } = await gateway.service.send('POST', `/commands/${id}/retry`);
    expect([status, JSON.stringify(body)]).toEqual([409, expect.stringContaining('voided')]);
    expect(await gateway.command(number, 'failed')).toMatchObject({ attempts: 0 });
  });

  test('that still waits when it is voided is never told', async () => {
    const number = next();
    const readOnly = (isOn: boolean) => gateway.service.send('PUT', '/installation/read-only', { readOnly: isOn });
    await readOnly(true);
    const [parcel, other] = [await gateway.dispatch(number), await gateway.dispatch(number, { trackingNumber: '1Z9' })];
    await eventually(async () => expect(await gateway.commands(`amazonOrderId=${number}`)).toHaveLength(2));
    await gateway.voidParcel(parcel);
    await eventually(() =>
      expect(rejected(parcel.orderId)).toMatchObject([{ data: { shipmentId: parcel.shipmentId, refusal: { code: 'shipment.voided' } } }]),
    );
    await readOnly(false);
    await eventually(() => expect(confirmed(parcel.orderId)).toMatchObject([{ data: { shipmentId: other.shipmentId } }]));
    expect(await gateway.arrived(number)).toHaveLength(1);
  });

  test('that was voided before it was heard of is not told', async () => {
    const number = next();
    const parcel = { orderId: orderIdOf('na', number), shipmentId: randomUUID(), revision: 1 };
    await gateway.voidParcel(parcel as never);
    await isVoided(parcel.shipmentId);
    await gateway.dispatch(number, { shipmentId: parcel.shipmentId });
    const other = await gateway.dispatch(number);
    expect((await gateway.command(number, 'done')).request).toMatchObject({ shipmentId: other.shipmentId });
  });

  const isVoided = (shipmentId: string) =>
    eventually(async () => {
      const rows = await gateway.service.app.database.query('select 1 from voided_shipment where shipment_id = $1', [shipmentId]);
      if (rows.length !== 1) throw new Error('the parcel is not voided yet');
    });
});
