import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { OrderCanceled, OrderCreated, OrderUpdated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import fc from 'fast-check';
import { buildFulfillmentApp, FulfillmentConfig, schema } from '../src/app.ts';
import { expectBooksToBalance } from './invariant.ts';
import { aboutParcel, aLine, anOrder, canceled, message, returned, updated } from './orders.ts';

let harness: Harness<ReturnType<typeof buildFulfillmentApp>>;
const skus = ['LAMP', 'CUP', 'DESK'];

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildFulfillmentApp(
        FulfillmentConfig.parse({ ...urls, LOG_LEVEL: 'error', BATCH_SIZE: '7', RETRY_DELAYS: Array(20).fill('50ms').join() }),
      ),
  });
  await harness.send(
    'PUT',
    '/products',
    skus.map((sku) => ({ sku, title: sku })),
  );
  await harness.send(
    'PUT',
    '/stock',
    skus.map((sku) => ({ sku, onHand: plenty })),
  );
});

afterAll(() => harness?.stop());

const plenty = 1_000_000;

/** For each line, from one snapshot to the next: units fewer ordered, and units more shipped. Amazon never goes back. */
const step = fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }));

/** Units of each line in a parcel, as one revision says: all of them none, and it is voided. */
const content = fc.array(fc.constantFrom(0, 0, 0, 1, 2, 4), { minLength: skus.length, maxLength: skus.length });

const life = fc.record({
  ordered: fc.uniqueArray(fc.record({ sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 4, max: 9 }) }), {
    minLength: 1,
    selector: ({ sku }) => sku,
  }),
  steps: fc.array(fc.array(step, { minLength: skus.length, maxLength: skus.length }), { maxLength: 4 }),
  parcels: fc.array(fc.array(content, { minLength: 1, maxLength: 3 }), { maxLength: 2 }),
  comesBack: fc.array(content, { maxLength: 2 }),
  fulfilledBy: fc.constantFrom('merchant', 'merchant', 'merchant', 'amazon'),
  ends: fc.boolean(),
});

/** Many lives, and a shuffle of their messages in which some come twice. */
const stream = fc.record({
  lives: fc.array(life, { minLength: 5, maxLength: 15 }),
  order: fc.array(fc.nat(), { minLength: 200, maxLength: 200 }),
  twice: fc.array(fc.nat(), { maxLength: 20 }),
});

/** The messages of a life, and where it must end whatever their order. */
const tell = ({ ordered, steps, parcels, comesBack, fulfilledBy, ends }: typeof life extends fc.Arbitrary<infer L> ? L : never) => {
  let lines = ordered.map(({ sku, quantity }) => aLine(sku, quantity));
  const order = anOrder(lines, { fulfilledBy });
  const messages = [message(OrderCreated, order, 1)];
  for (const [n, changes] of steps.entries()) {
    lines = lines.map((line, k) => {
      const [fewer = 0, more = 0] = changes[k] ?? [];
      const quantityShipped = Math.min(line.quantityShipped + more, line.quantity);
      return { ...line, quantityShipped, quantity: Math.max(line.quantity - fewer, quantityShipped) };
    });
    messages.push(message(OrderUpdated, updated(order, lines), n + 2));
  }
  if (ends) messages.push(message(OrderCanceled, canceled(order), steps.length + 2));
  const packed = (units: readonly number[]) =>
    lines.flatMap(({ lineId }, k) => (units[k] ? [{ lineId, quantity: units[k] }] : [])).filter(({ quantity }) => quantity > 0);
  for (const [n, revisions] of parcels.entries()) {
    const shipmentId = randomUUID();
    revisions.forEach((units, k) => {
      messages.push(aboutParcel({ orderId: order.orderId, shipmentId, revision: k + 1, lines: packed(units) }, n * 3 + k + 1));
    });
  }
  const back = comesBack.map(packed).filter(({ length }) => length > 0);
  messages.push(...back.map((units, n) => returned(order.orderId, units, n + 1)));
  const unitsOf = (lineId: string, all: readonly { lineId: string; quantity: number }[][]) =>
    all.flat().reduce((sum, line) => sum + (line.lineId === lineId ? line.quantity : 0), 0);
  const left = (line: (typeof lines)[number]) =>
    Math.max(
      line.quantityShipped,
      unitsOf(
        line.lineId,
        parcels.map((revisions) => packed(revisions.at(-1) ?? [])),
      ),
    );
  const ours = fulfilledBy === 'merchant';
  const perSku = (units: (line: (typeof lines)[number]) => number) => new Map(lines.map((line) => [line.sku, ours ? units(line) : 0]));
  return {
    ...{ orderId: order.orderId, messages, status: !ours ? 'not-needed' : ends ? 'released' : 'reserved' },
    gone: perSku((line) => left(line) - unitsOf(line.lineId, back)),
    held: perSku((line) => (ends ? 0 : Math.max(line.quantity - left(line), 0))),
  };
};

const shuffled = <T>(all: readonly T[], order: readonly number[], twice: readonly number[]): T[] => {
  const keyed = [...all, ...twice.map((n) => all[n % all.length] as T)].map((one, n) => ({ one, at: order[n % order.length] as number }));
  return keyed.sort((a, b) => a.at - b.at).map(({ one }) => one);
};

const holds = async (orderId: string): Promise<object> => {
  const { body } = await harness.get(`/reservations/${orderId}`);
  const lines: { sku: string; reserved: number }[] = body.lines ?? [];
  return { status: body.status, held: new Map(lines.map(({ sku, reserved }) => [sku, reserved])) };
};

const onShelf = async (sku: string): Promise<{ onHand: number; reserved: number }> => {
  const { onHand, reserved } = (await harness.get(`/stock/${sku}`)).body;
  return { onHand, reserved };
};

describe('whatever the broker repeats, delays or reorders', () => {
  test('every order ends with the same units set aside, and the shelves with the same units on them', async () => {
    await fc.assert(
      fc.asyncProperty(stream, async ({ lives, order, twice }) => {
        const before = await Promise.all(skus.map(onShelf));
        const told = lives.map(tell);
        await harness.publishAll(
          shuffled(
            told.flatMap(({ messages }) => messages),
            order,
            twice,
          ),
        );
        const units = (of: 'gone' | 'held', sku: string) => told.reduce((sum, one) => sum + (one[of].get(sku) ?? 0), 0);
        const after = skus.map((sku, n) => ({
          onHand: (before[n]?.onHand ?? 0) - units('gone', sku),
          reserved: (before[n]?.reserved ?? 0) + units('held', sku),
        }));
        await eventually(async () => {
          for (const { orderId, status, held } of told) expect(await holds(orderId)).toEqual({ status, held });
          expect(await Promise.all(skus.map(onShelf))).toEqual(after);
        });
        await expectBooksToBalance(harness.app.database);
      }),
      { numRuns: 12, endOnFailure: true },
    );
    expect((await harness.get('/dead-letters')).body.items).toEqual([]);
  });
});
