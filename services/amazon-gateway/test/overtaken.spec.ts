import { afterEach, describe, expect, test } from '@jest/globals';
import { AmazonShipmentConfirmed } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type WritingHarness, writingHarness } from './writing-harness.ts';

const plain = { lines: [{ sku: 'SKU-MUG-BLUE', quantity: 3 }], programs: [], itemPrograms: [] };

/** By number: the looks at the order whose answers are held back, and how each is let go. */
const held = new Map<number, () => void>();
let gateway: WritingHarness | undefined;
afterEach(async () => {
  for (const letGo of held.values()) letGo();
  held.clear();
  await gateway?.stop();
});

const started = async (orders: object = {}): Promise<{ harness: WritingHarness; number: string }> => {
  let number = '';
  const harness = await writingHarness({
    before: async ({ create }) => {
      [number = ''] = await create(1, { ...plain, ...orders });
    },
  });
  gateway = harness;
  return { harness, number };
};

/** Amazon has answered these looks, by their numbers, and the answers are long on their way. */
const hold = ({ proxy }: WritingHarness, ...numbers: number[]): void => {
  proxy.onLook = (n) => {
    if (!numbers.includes(n)) return undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    held.set(n, resolve);
    return { rewrite: (body) => promise.then(() => body) };
  };
};

const isHeld = (look: number) => eventually(() => expect(held.has(look)).toBe(true));

/** As after `AMAZON_ABANDONED_AFTER`. */
const theLeaseRunsOut = ({ service }: WritingHarness) =>
  service.app.database.query(`update amazon_command set lease_until = clock_timestamp() where lease_until is not null`);

describe('a gateway that is held up for longer than its lease', () => {
  test('before its call: it does not send what another one has taken over', async () => {
    const { harness, number } = await started({ fulfillmentStatus: 'PENDING' });
    await harness.patch(number, { fulfillmentStatus: 'UNSHIPPED' });
    // We still think that it is pending: the order is looked at before the parcel is told.
    hold(harness, 1);
    await harness.dispatch(number);
    await isHeld(1);
    await theLeaseRunsOut(harness);
    const other = await harness.service.another();
    expect(await harness.command(number, 'done')).toMatchObject({ attempts: 2, readBack: { result: 'absent' } });

    held.get(1)?.();
    await harness.service.app.stop();
    expect(await harness.arrived(number)).toMatchObject([{ effect: 'created' }]);
    await eventually(() => expect(harness.told(AmazonShipmentConfirmed)).toHaveLength(1));
    await other.stop();
  });

  test('while it reads back: what it has seen says nothing about what was sent since', async () => {
    const { harness, number } = await started();
    await harness.fault({ kind: 'error', status: 500, operations: ['confirmShipment'], times: 1 });
    await harness.fault({ kind: 'error-after-effect', operations: ['confirmShipment'], times: 1 });
    hold(harness, 1, 3);
    await harness.dispatch(number);
    await isHeld(1);
    await theLeaseRunsOut(harness);
    // The second look has seen no parcel, either: it was sent again. The third one has seen it.
    await isHeld(3);
    held.get(1)?.();
    await eventually(async () => expect((await harness.service.get('/metrics')).body).toMatch(/op="getOrder",status="200".*} 2/));
    held.get(3)?.();
    expect(await harness.command(number, 'done')).toMatchObject({ attempts: 2, readBack: { result: 'found' } });
    expect(await harness.arrived(number)).toMatchObject([{ effect: 'created' }]);
    await eventually(() => expect(harness.told(AmazonShipmentConfirmed)).toHaveLength(1));
  });
});
