import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, OrderCreated } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import fc from 'fast-check';
import { decide } from '../src/domain/decide.ts';
import { isOpen } from '../src/domain/lifecycle.ts';
import { moneyOf } from '../src/domain/money.ts';
import type { BilledDocument, FactCommand, Order } from '../src/domain/order.ts';
import { acts, ask } from './acts.ts';
import { about, aSnapshot, message, rowOf, surroundings } from './builders.ts';
import { orderHarness } from './harness.ts';
import { messageOf } from './messages.ts';
import { type Mortals, mortals } from './mortals.ts';
import { histories, isCanceledUnordered, play } from './streams.ts';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
process.stdout.write(`services/order/test/streams.spec.ts: SEED=${seed}\n`);

/** Longer than it takes until a killed instance is replaced: what is too early then is not parked. */
const retryDelays = '50ms,100ms,200ms,400ms,800ms,1600ms,1600ms';

let harness: Harness<Service>;
let others: Mortals;
beforeAll(async () => {
  harness = await orderHarness({ LOG_LEVEL: 'fatal', RETRY_DELAYS: retryDelays });
  others = mortals({ ...harness.urls, RETRY_DELAYS: retryDelays }, seed);
  await others.born();
});
afterAll(async () => {
  await others.end();
  await harness.stop();
});

const settled = async (): Promise<number> => {
  const [row] = await harness.app.database.query<{ settled: number }>(
    `select count(*)::int as settled from (
       select message_id::text from inbox where consumer not in ('order.keep-buyer', 'order.index', 'order.index-parcel')
       union select message_id from dead_letter) as message`,
  );
  return row?.settled ?? 0;
};

/** Every message has taken effect, or waits for a person because what it is about never came. */
const allSettled = (messages: number) => eventually(async () => expect(await settled()).toBe(messages));

interface Told {
  readonly history: readonly FactCommand[];
  readonly orderId: string;
  readonly amazonOrderId: string;
}

const told = (stories: fc.Arbitrary<FactCommand[]>, numRuns: number, from: number): Told[] =>
  fc.sample(stories, { seed, numRuns }).map((history, n) => {
    const { orderId, amazonOrderId } = aSnapshot({ amazonOrderId: `666-0000000-${String(from + n).padStart(7, '0')}` });
    return { history, orderId, amazonOrderId };
  });

/** Of those that people can do most to. */
const openOnes = histories.filter((history) => {
  const state = play(history)?.state ?? 'pending';
  return isOpen(state) || state === 'held';
});

const messagesOf = ({ history, orderId, amazonOrderId }: Told) => history.map((command) => messageOf(command, orderId, amazonOrderId));

const isAsTold = async (orderId: string, expected: Order): Promise<void> => {
  const { body } = await harness.get(`/orders/${orderId}`);
  if (isCanceledUnordered(expected) || isCanceledUnordered(body)) {
    expect([expected.state, body.state]).toEqual(['canceled', 'canceled']);
    return;
  }
  expect(body).toMatchObject({
    ...{ state: expected.state, status: expected.status, amazonStatus: expected.amazonStatus, stock: expected.stock },
    ...{ lines: expected.lines, attention: expected.attention, money: moneyOf(expected), tags: expected.tags },
    blockReasons: expected.state === 'blocked' ? expected.blockReasons : [],
  });
  expect(body.billed.map(({ number, canceled }: BilledDocument) => [number, canceled]).sort()).toEqual(
    Object.values(expected.billed)
      .map(({ number, canceled }) => [number, canceled])
      .sort(),
  );
  expect([body.number === null, body.note ?? null, body.cancellation?.state]).toEqual([
    expected.number === null,
    expected.note,
    expected.cancellation?.state,
  ]);
};

describe('instances of the service that are killed again and again', () => {
  test('bring every order of a shuffled and repeated stream to where the story says', async () => {
    const stories = told(histories, 40, 0);
    const messages = stories.flatMap(messagesOf);
    const shuffled = fc.shuffledSubarray(messages, { minLength: messages.length });
    for (const arrival of fc.sample(shuffled, { seed, numRuns: 2 })) {
      await Promise.all([harness.publishAll(arrival), others.dieSoon()]);
    }
    await allSettled(messages.length);
    for (const { history, orderId } of stories) await isAsTold(orderId, play(history) as Order);
  });

  test('do what people want of orders as the story says, once for each wish, whatever Amazon answers', async () => {
    const stories = told(openOnes, 20, 1_000);
    const before = await settled();
    const messages = stories.flatMap(messagesOf);
    await harness.publishAll(messages);
    await allSettled(before + messages.length);

    const wished = stories.map(({ history }, n) => ({
      order: play(history) as Order,
      acts: fc.sample(acts, { seed: seed + n, numRuns: 9 }),
    }));
    await Promise.all([
      others.dieSoon(),
      ...stories.map(async ({ orderId }, n) => {
        for (const act of wished[n]?.acts ?? []) {
          const decision = decide(wished[n]?.order, act.wish, about, surroundings);
          const statuses = await Promise.all([ask(harness, orderId, act, n), ask(harness, orderId, act, n)]);
          const isGranted = 'state' in decision || decision.refused === 'already-done';
          expect([act.path, ...statuses]).toEqual([act.path, ...(isGranted ? [act.granted, act.granted] : [409, 409])]);
          if ('state' in decision && wished[n]) wished[n].order = rowOf(decision.state, wished[n].order.version + decision.events.length);
        }
      }),
    ]);
    for (const [n, { orderId }] of stories.entries()) await isAsTold(orderId, wished[n]?.order as Order);

    const answers = await Promise.all(
      stories.map(async ({ orderId, amazonOrderId }, n) => {
        const { body } = await harness.get(`/orders/${orderId}`);
        if (body.cancellation?.state !== 'requested') return [];
        const answer: FactCommand = {
          cancellationId: body.cancellation.id,
          ...(n % 2 === 0 ? { type: 'cancellation-accepted' } : { type: 'cancellation-refused', words: 'It has been shipped.' }),
        };
        return [{ n, answer, message: messageOf(answer, orderId, amazonOrderId) }];
      }),
    );
    const open = answers.flat();
    await Promise.all([harness.publishAll([...open, ...open].map(({ message }) => message)), others.dieSoon()]);
    await allSettled(before + messages.length + open.length);
    for (const { n, answer } of open) {
      const order = wished[n]?.order as Order;
      const known = {
        ...order,
        cancellation: { ...order.cancellation, id: (answer as { cancellationId: string }).cancellationId },
      } as Order;
      await isAsTold(stories[n]?.orderId as string, play([answer], known) as Order);
    }
    process.stdout.write(`killed ${others.killed()} times; ${open.length} cancellations answered\n`);
    expect(others.killed()).toBe(4);
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
