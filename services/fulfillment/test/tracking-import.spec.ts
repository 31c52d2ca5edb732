import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, serviceHarness } from '@orderbus/testkit';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { aLine, anOrder, type Created } from './orders.ts';
import { becomes, ready, refuses, request, shipmentEvents, told, type World } from './shipping-world.ts';

let harness: World;
let count = 0;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildFulfillmentApp(FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'error' })),
    capture: shipmentEvents,
  });
});

afterAll(() => harness?.stop());

/** An order of three lamps and a cup, with numbers of its own. */
const anOpenOrder = async (changes: Partial<Created> = {}): Promise<Created> => {
  const n = String(++count).padStart(7, '0');
  const order = anOrder([aLine('LAMP', 3), aLine('CUP', 1)], { number: `00${n}`, amazonOrderId: `114-${n}-0000000`, ...changes });
  await ready(harness, order);
  return order;
};
const upload = async (lines: readonly string[], query = '') => {
  const { status, body } = await request(harness, 'POST', `/shipments/import${query}`, lines.join('\n'));
  return { status, ...body };
};
const outcomes = ({ rows }: { rows: { row: number; outcome: string; why?: string }[] }) =>
  rows.map(({ row, outcome, why }) => `${row} ${outcome}${why ? `: ${why}` : ''}`);
const header = 'order,sku,quantity,carrier,tracking,service,date';
/** Newest first. */
const parcelsOf = async (orderId: string) => (await harness.get(`/shipments?orderId=${orderId}`)).body.items;

describe('a file of tracking numbers', () => {
  test('ships one parcel per order and number, by our number or Amazon’s; the same file again changes nothing', async () => {
    const [one, two] = [await anOpenOrder(), await anOpenOrder()];
    const file = [
      header,
      `${one.number},LAMP,2,DHL,T-1,Paket,2026-05-04`,
      `${two.amazonOrderId},CUP,1,UPS,T-2,,`,
      `${one.amazonOrderId},CUP,1,dhl,T-1,,`,
      `${one.number},LAMP,1,DHL,T-3,,2026-05-05T10:00:00+02:00`,
    ];
    const tried = await upload(file, '?dryRun=true');
    expect(tried).toMatchObject({ status: 200, dryRun: true, parcels: { shipped: 3, unchanged: 0 } });
    expect(await parcelsOf(one.orderId)).toEqual([]);

    const report = await upload(file);
    expect({ ...report, dryRun: true }).toEqual(tried);
    expect(outcomes(report)).toEqual(['2 shipped', '3 shipped', '4 shipped', '5 shipped']);
    expect(
      (await parcelsOf(one.orderId)).toSorted((a: { position: number }, b: { position: number }) => a.position - b.position),
    ).toMatchObject([
      {
        ...{
          trackingNumber: 'T-1',
          service: 'Paket',
          shippedAt: '2026-05-04T23:59:59.000Z',
          createdBy: 'Ada',
          amazon: { state: 'waiting' },
        },
        lines: [
          { lineId: 'line-LAMP', quantity: 2 },
          { lineId: 'line-CUP', quantity: 1 },
        ],
      },
      { trackingNumber: 'T-3', shippedAt: '2026-05-05T08:00:00.000Z', lines: [{ quantity: 1 }] },
    ]);
    const again = await upload(file);
    expect(again).toMatchObject({ parcels: { shipped: 0, unchanged: 3 } });
    expect(outcomes(again)[0]).toBe('2 unchanged: A parcel with this number is there already.');
    await eventually(() => expect([one, two].flatMap(({ orderId }) => told(harness, orderId))).toHaveLength(3));
  });

  test('ships what is good, and says of each other row why not', async () => {
    const order = await anOpenOrder();
    await upload([header, `${order.number},LAMP,1,DHL,K-1,,`]);
    const report = await upload([
      header,
      'NONE,LAMP,1,DHL,K-2,,',
      `${order.number},LAMP,many,DHL,K-3,,`,
      `${order.number},CUP,1,DHL,K-3,,`,
      `${order.number},LAMP,1,DHL,K-4,,`,
      `${order.number},CUP,1,UPS,K-4,,`,
      `${order.number},LAMP,2,DHL,K-1,,`,
      `${order.number},LAMP,3,DHL,K-5,,`,
      `${order.number},LAMP,1,,K-6,,`,
      `${order.number},CUP,1,DHL,K-7,,`,
      `${order.number},CUP,1,DHL,K-8,,`,
    ]);
    expect(report).toMatchObject({ parcels: { shipped: 1, unchanged: 0 } });
    expect(outcomes(report)).toEqual([
      '2 refused: order: No such order',
      expect.stringMatching(/^3 refused: quantity: /),
      '4 refused: Row 3 of the same parcel is refused',
      '5 refused: carrier: The rows of this parcel name several',
      '6 refused: carrier: The rows of this parcel name several',
      '7 refused: The parcel with this number holds 1 of LAMP: edit it instead.',
      '8 refused: 3 units are asked for, 2 are left.',
      expect.stringMatching(/^9 refused: carrier: /),
      '10 shipped',
      '11 refused: 1 units are asked for, 0 are left.',
    ]);
    expect(await parcelsOf(order.orderId)).toHaveLength(2);
    expect(report.rows.map(({ problems = [] }: { problems?: { code?: string }[] }) => problems.map(({ code }) => code).join())).toEqual([
      ...['order.unknown', 'field.not-number', 'row.other-refused', 'row.several-carriers', 'row.several-carriers'],
      ...['shipment.other-units', 'line.too-many', 'field.missing', '', 'line.too-many'],
    ]);
  });

  test('is tried out with what its own first parcels leave to the next ones', async () => {
    const order = await anOpenOrder();
    const file = [header, ...[1, 2, 3, 4].map((n) => `${order.number},LAMP,1,DHL,D-${n},,`)];
    const tried = await upload(file, '?dryRun=true');
    expect(outcomes(tried)).toEqual(['2 shipped', '3 shipped', '4 shipped', '5 refused: 1 units are asked for, 0 are left.']);
    expect(outcomes(await upload(file))).toEqual(outcomes(tried));
  });

  test('names the store, where several have an order with the number', async () => {
    const order = await anOpenOrder();
    await anOpenOrder({ number: order.number, orderId: order.orderId.replace(/^..../, '0000') });
    await harness.app.database.query(`update shipping_order set tenant = 'store-2' where id::text like '0000%'`);
    const file = [header, `${order.number},LAMP,1,DHL,S-1,,`];
    expect(outcomes(await upload(file))).toEqual(['2 refused: order: 2 stores have an order with this number: name one with ?tenant=']);
    expect(outcomes(await upload(file, '?tenant=store-1'))).toEqual(['2 shipped']);
  });

  test('that was voided is shipped again under the same number; one that is packed is handed over', async () => {
    const order = await anOpenOrder();
    const { body } = await request(harness, 'POST', '/shipments', {
      ...{ orderId: order.orderId, carrier: 'DHL', trackingNumber: 'V-1', lines: [{ sku: 'LAMP', quantity: 1 }], handedOver: false },
    });
    const file = [header, `${order.number},LAMP,1,DHL,V-1,,`];
    expect(outcomes(await upload(file))).toEqual(['2 refused: A parcel with this number is packed: hand it over.']);
    expect(await request(harness, 'POST', `/shipments/${body.items[0].id}/void`, {})).toMatchObject({ status: 200 });
    expect(outcomes(await upload(file))).toEqual(['2 shipped']);
    expect(outcomes(await upload(file))).toEqual(['2 unchanged: A parcel with this number is there already.']);
    const [made] = await parcelsOf(order.orderId);
    await refuses(harness, made);
    await becomes(harness, made, { amazon: { state: 'refused' } });
    expect(await request(harness, 'POST', `/shipments/${made.id}/void`, {})).toMatchObject({ status: 200 });
    expect(outcomes(await upload(file))).toEqual(['2 shipped']);
    expect((await parcelsOf(order.orderId)).map(({ state }: { state: string }) => state).toSorted()).toEqual([
      'shipped',
      'voided',
      'voided',
    ]);
  });

  test('without one of its columns is refused as a whole', async () => {
    expect(await upload(['order,sku,quantity,carrier', '1,LAMP,1,DHL'])).toMatchObject({ status: 400, errors: [{ field: 'tracking' }] });
  });
});
