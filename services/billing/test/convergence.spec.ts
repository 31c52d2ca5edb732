import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InvoiceCanceled, InvoiceIssued, OrderCanceled, OrderCreated, OrderUpdated } from '@orderbus/contracts';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import fc from 'fast-check';
import { BillingConfig, buildBillingApp, schema } from '../src/app.ts';
import { generatedOrder } from './generated-orders.ts';
import { canceled, message, totals, updated } from './orders.ts';

let harness: Harness<ReturnType<typeof buildBillingApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildBillingApp(BillingConfig.parse({ ...urls, LOG_LEVEL: 'error', BATCH_SIZE: '7', RETRY_DELAYS: Array(20).fill('50ms').join() })),
    capture: [InvoiceIssued, InvoiceCanceled] as never,
  });
});

afterAll(() => harness?.stop());

/** A total that no lines and tip add up to. */
const crooked = -3;

/** An order, the totals of its later snapshots (some tell none), and whether it is canceled in the end. */
const life = fc.record({
  generated: generatedOrder,
  balanced: fc.boolean(),
  updates: fc.array(fc.option(fc.integer({ min: 1, max: 9_999 }), { nil: undefined }), { maxLength: 4 }),
  ends: fc.boolean(),
});

/** Many lives, and a shuffle of their messages in which some come twice. */
const stream = fc.record({
  lives: fc.array(life, { minLength: 5, maxLength: 15 }),
  order: fc.array(fc.nat(), { minLength: 100, maxLength: 100 }),
  twice: fc.array(fc.nat(), { maxLength: 20 }),
});

type Life = typeof life extends fc.Arbitrary<infer L> ? L : never;

/** The messages of a life, and where it must end whatever their order. */
const tell = ({ generated, balanced, updates, ends }: Life) => {
  const order = { ...generated, orderId: randomUUID(), ...(balanced ? {} : { totals: totals(crooked, 77) }) };
  const { totals: _, ...bare } = order;
  const messages = [
    message(OrderCreated, order, 1),
    ...updates.map((due, n) => message(OrderUpdated, due === undefined ? updated(bare) : updated(order, { totals: totals(due) }), n + 2)),
    ...(ends ? [message(OrderCanceled, canceled(order), updates.length + 2)] : []),
  ];
  return { orderId: order.orderId, messages, ...endOf(order.totals?.grandTotalMinor ?? 0, updates, ends) };
};

const endOf = (total: number, updates: Life['updates'], ends: boolean) => {
  const invoiced = total > 0;
  const events = invoiced ? ['invoice.issued'] : [];
  if (ends) return { end: { status: 'canceled', dueMinor: 0, invoicedMinor: 0 }, events: invoiced ? [...events, 'invoice.canceled'] : [] };
  const dueMinor = updates.findLast((due) => due !== undefined) ?? total;
  const status = invoiced ? 'invoiced' : total === 0 ? 'not-needed' : 'review';
  return { end: { status, dueMinor, invoicedMinor: invoiced ? total : 0 }, events };
};

const shuffled = <T>(all: readonly T[], order: readonly number[], twice: readonly number[]): T[] => {
  const keyed = [...all, ...twice.map((n) => all[n % all.length] as T)].map((one, n) => ({ one, at: order[n % order.length] as number }));
  return keyed.sort((a, b) => a.at - b.at).map(({ one }) => one);
};

describe('whatever the broker repeats, delays or reorders', () => {
  test('every order ends with the same invoice and the same amount due', async () => {
    await fc.assert(
      fc.asyncProperty(stream, async ({ lives, order, twice }) => {
        const told = lives.map(tell);
        await harness.publishAll(
          shuffled(
            told.flatMap(({ messages }) => messages),
            order,
            twice,
          ),
        );
        await eventually(async () => {
          for (const { orderId, end } of told) expect((await harness.get(`/orders/${orderId}/billing`)).body).toMatchObject(end);
        });
        for (const { orderId, events } of told) {
          const logged: { type: string }[] = (await harness.get(`/events/${orderId}`)).body.items;
          expect(logged.map(({ type }) => type)).toEqual(events);
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
    expect((await harness.get('/dead-letters')).body.items).toEqual([]);
  });
});
