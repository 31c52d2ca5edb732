import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, OrderCreated } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import fc from 'fast-check';
import { moneyOf } from '../src/domain/money.ts';
import type { Order } from '../src/domain/order.ts';
import { aSnapshot, message } from './builders.ts';
import { orderHarness } from './harness.ts';
import { messageOf } from './messages.ts';
import { histories, isCanceledUnordered, play } from './streams.ts';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
process.stdout.write(`services/order/test/streams.spec.ts: SEED=${seed}\n`);

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness({ LOG_LEVEL: 'fatal' });
  await harness.another();
});
afterAll(() => harness.stop());

/** Every message has taken effect, or waits for a person because what it is about never came. */
const allSettled = (messages: number) =>
  eventually(async () => {
    const [row] = await harness.app.database.query<{ settled: number }>(
      `select (select count(*) from inbox where consumer not in ('order.keep-buyer', 'order.index')) + (select count(*) from dead_letter) as settled`,
    );
    expect(row?.settled).toBe(messages);
  });

describe('two instances of the service', () => {
  test('bring every order of a shuffled and repeated stream to where the story says', async () => {
    const stories = fc.sample(histories, { seed, numRuns: 60 }).map((history, n) => {
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
        expect([expected.state, body.state]).toEqual(['canceled', 'canceled']);
        continue;
      }
      expect(body).toMatchObject({
        state: expected.state,
        amazonStatus: expected.amazonStatus,
        stock: expected.stock,
        lines: expected.lines,
        attention: expected.attention,
        money: moneyOf(expected),
        blockReasons: expected.state === 'blocked' ? expected.blockReasons : [],
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
