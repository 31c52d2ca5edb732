import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonPickupConfirmed, AmazonPickupRejected, AmazonShipmentRejected } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { type WritingHarness, writingHarness } from './writing-harness.ts';

const plain = { lines: [{ sku: 'SKU-MUG-BLUE', quantity: 1 }], itemPrograms: [] };

describe('pitfall 27: an order that the buyer fetches at the shop', () => {
  let gateway: WritingHarness;
  let numbers: string[];
  let others: string[];

  beforeAll(async () => {
    gateway = await writingHarness({
      before: async ({ create }) => {
        numbers = await create(4, { ...plain, programs: ['IN_STORE_PICK_UP'] });
        others = await create(1, { ...plain, programs: [] });
      },
    });
  });
  afterAll(() => gateway.stop());

  const next = (): string => numbers.pop() ?? '';
  const confirmed = (number: string) =>
    gateway.told(AmazonPickupConfirmed).flatMap(({ data }) => (data.amazonOrderId === number ? [data.status] : []));
  const arrived = async (number: string) =>
    (await gateway.arrived(number)).map(({ operation, request }) => `${operation} ${request.shipmentStatus}`);

  test('is reported as ready, then as picked up, each once', async () => {
    const number = next();
    await gateway.pickup(number, 'ready');
    await eventually(() => expect(confirmed(number)).toEqual(['ready']));
    await gateway.pickup(number, 'picked-up');
    await gateway.pickup(number, 'picked-up');
    await eventually(() => expect(confirmed(number)).toEqual(['ready', 'picked-up']));
    expect(await arrived(number)).toEqual(['updateShipmentStatus ReadyForPickup', 'updateShipmentStatus PickedUp']);
  });

  test('takes no parcel, and other orders are not picked up', async () => {
    const [number, other = ''] = [next(), ...others];
    await gateway.dispatch(number);
    await gateway.pickup(other, 'ready');
    const rejections = () => [...gateway.told(AmazonShipmentRejected), ...gateway.told(AmazonPickupRejected)];
    await eventually(() =>
      expect(rejections().map(({ data }) => `${data.orderId} ${data.refusal.code}`)).toEqual([
        `${orderIdOf('na', number)} shipment.in-store-pickup`,
        `${orderIdOf('na', other)} pickup.not-in-store`,
      ]),
    );
    expect([await arrived(number), await arrived(other)]).toEqual([[], []]);
  });

  test('that was picked up is not told twice when the answer got lost', async () => {
    const number = next();
    await gateway.fault({ kind: 'reset-after-effect', operations: ['updateShipmentStatus'], times: 1 });
    await gateway.pickup(number, 'picked-up');
    expect(await gateway.command(number, 'done')).toMatchObject({ attempts: 1, readBack: { result: 'found' } });
    expect(await arrived(number)).toEqual(['updateShipmentStatus PickedUp']);
  });

  test('of which nobody can see that it is ready is told again, and then a person is asked', async () => {
    const number = next();
    await gateway.fault({ kind: 'reset', operations: ['updateShipmentStatus'], times: 1 });
    await gateway.pickup(number, 'ready');
    expect(await gateway.command(number, 'done')).toMatchObject({ attempts: 2, answer: { result: 'accepted' } });
    expect(await arrived(number)).toEqual(['updateShipmentStatus ReadyForPickup']);
  });
});
