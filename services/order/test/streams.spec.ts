import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AmazonOrderImported,
  AmazonOrderUpdated,
  InvoiceCanceled,
  InvoiceIssued,
  OrderCreated,
  StockReleased,
  StockReserved,
  StockShort,
} from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import fc from 'fast-check';
import type { Command, Order } from '../src/domain/order.ts';
import { aSnapshot, message } from './builders.ts';
import { orderHarness } from './harness.ts';
import { histories, isCanceledUnordered, play } from './streams.ts';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
process.stdout.write(`services/order/test/streams.spec.ts: SEED=${seed}\n`);

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness({ LOG_LEVEL: 'fatal' });
  await harness.another();
});
afterAll(() => harness.stop());

const invoice = { invoiceId: '0190a5a0-0000-7000-8000-000000000001', currency: 'USD' };

/** The message that leads to this command, for this order. */
const messageOf = (command: Command, orderId: string, amazonOrderId: string) => {
  const { version } = command;
  switch (command.type) {
    case 'observe':
      return message(version === 1 ? AmazonOrderImported : AmazonOrderUpdated, { ...command.snapshot, orderId, amazonOrderId }, version);
    case 'stock-reserved':
      return message(StockReserved, { orderId, lines: [] }, version);
    case 'stock-short':
      return message(StockShort, { orderId, lines: [], missing: [...command.missing] }, version);
    case 'stock-released':
      return message(StockReleased, { orderId, lines: [] }, version);
    case 'invoice-issued':
      return message(InvoiceIssued, { ...invoice, orderId, number: command.number, totalMinor: command.totalMinor }, version);
    case 'invoice-canceled':
      return message(
        InvoiceCanceled,
        { ...invoice, orderId, number: command.number, totalMinor: command.totalMinor, reason: 'x' },
        version,
      );
  }
};

/** Every message has taken effect, or waits for a person because what it is about never came. */
const allSettled = (messages: number) =>
  eventually(async () => {
    const [row] = await harness.app.database.query<{ settled: number }>(
      `select (select count(*) from inbox where consumer <> 'order.keep-buyer') + (select count(*) from dead_letter) as settled`,
    );
    expect(row?.settled).toBe(messages);
  });

describe('two instances of the service', () => {
  test('bring every order of a shuffled and repeated stream to where the story says', async () => {
    const stories = fc.sample(histories, { seed, numRuns: 80 }).map((history, n) => {
      const { orderId, amazonOrderId } = aSnapshot({ amazonOrderId: `666-0000000-${String(n).padStart(7, '0')}` });
      return { history, orderId, messages: history.map((command) => messageOf(command, orderId, amazonOrderId)) };
    });
    const messages = stories.flatMap((story) => story.messages);
    const shuffled = fc.shuffledSubarray(messages, { minLength: messages.length });
    for (const arrival of fc.sample(shuffled, { seed, numRuns: 2 })) await harness.publishAll(arrival);
    await allSettled(messages.length);

    for (const { history, orderId } of stories) {
      const expected = play(history) as Order;
      const { body } = await harness.get(`/orders/${orderId}`);
      if (isCanceledUnordered(expected) || isCanceledUnordered(body)) {
        expect([expected.status, body.status]).toEqual(['canceled', 'canceled']);
        continue;
      }
      expect(body).toMatchObject({
        status: expected.status,
        amazonStatus: expected.amazonStatus,
        stock: expected.stock,
        lines: expected.lines,
        blockReasons: expected.status === 'blocked' ? expected.blockReasons : [],
      });
      expect(body.invoice?.canceled).toBe(expected.invoiceNumber === null ? undefined : expected.invoiceCanceled);
      expect(body.number === null).toBe(expected.number === null);
    }
  });

  test('number the orders of a store without gap or double', async () => {
    const many = Array.from({ length: 300 }, (_, n) =>
      aSnapshot({ tenant: 'store-7', amazonOrderId: `777-0000000-${String(n).padStart(7, '0')}` }),
    );
    await harness.publishAll(many.map((snapshot) => message(AmazonOrderImported, snapshot, 1, 'store-7')));
    const created = await eventually(() => {
      const events = harness.published(OrderCreated).filter((event) => event.tenant === 'store-7');
      expect(new Set(events.map((event) => event.id)).size).toBe(many.length);
      return events;
    });
    expect(new Set(created.map((event) => Number(event.data.number)))).toEqual(new Set(many.map((_, n) => n + 1)));
  });
});
