import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeadLettersOpened } from '@orderbus/contracts';
import { AppError, systemClock } from '@orderbus/kernel';
import type { Broker, OutgoingMessage } from '@orderbus/messaging';
import { eventually } from '@orderbus/testkit';
import { append, type Observer, outboxStatus, type Relay, relay, silent } from '../src/index.ts';
import { type CountingService, countingService, Summed } from './counters.ts';

/** A broker whose moods the test decides: what it confirms is up to `confirms`. */
const moodyBroker = () => {
  const sent: OutgoingMessage[] = [];
  const mood = { confirms: (_message: OutgoingMessage) => true, answers: Promise.resolve() };
  const publish: Broker['publish'] = async (messages) => {
    const large = messages.find((message) => message.body.length > 10_000);
    if (large) throw new AppError('too-large', 'message.too-large', { id: large.id });
    sent.push(...messages);
    await mood.answers;
    return new Set(messages.filter((message) => mood.confirms(message)).map((message) => message.id));
  };
  return { sent, mood, publish };
};

describe('the relay', () => {
  let service: CountingService;
  let broker: ReturnType<typeof moodyBroker>;
  const relays: Relay[] = [];
  beforeEach(async () => {
    service = await countingService();
    broker = moodyBroker();
  });
  afterEach(async () => {
    for (const one of relays.splice(0)) await one.stop();
    await service.stop();
  });

  const start = async (windowSize = 500, swept: Observer['swept'] = () => {}, pollMs = 20): Promise<Relay> => {
    const one = relay({
      service: 'counting',
      clock: systemClock,
      database: service.database,
      broker,
      observer: { ...silent, swept },
      windowSize,
      pollMs,
    });
    relays.push(one);
    await one.start();
    return one;
  };
  const record = (aggregateId: string, totals: number[], first = 1, note?: string) =>
    service.database.transaction((tx) =>
      append(
        tx,
        totals.map((total, n) => ({
          event: { ...Summed.of({ total, ...(note ? { note } : {}) }), aggregateId, aggregateVersion: first + n },
          cause: { tenant: 'store-1', correlationId: 'c' },
        })) as never,
        systemClock,
      ),
    );
  const pending = async () => (await outboxStatus(service.database)).pending;
  const empty = () => eventually(async () => expect(await pending()).toBe(0));

  test('publishes in the order of recording, and leaves nothing behind', async () => {
    const id = randomUUID();
    await record(
      id,
      Array.from({ length: 250 }, (_, n) => n),
    );
    await start(100);
    await empty();
    expect(broker.sent.map(({ body }) => JSON.parse(body).data.total)).toEqual(Array.from({ length: 250 }, (_, n) => n));
    const [first] = broker.sent;
    expect(first).toMatchObject({ topic: 'test.summed.v1', key: id, headers: { 'x-aggregate-version': '1' } });
    expect(Summed.parse(JSON.parse(first?.body ?? ''))).toMatchObject({
      aggregateId: id,
      aggregateVersion: 1,
      tenant: 'store-1',
      data: { total: 0 },
    });
  });

  test('keeps what the broker did not confirm and publishes it again', async () => {
    const refusals = new Map<string, number>();
    broker.mood.confirms = ({ id }) => {
      refusals.set(id, (refusals.get(id) ?? 0) + 1);
      return (refusals.get(id) ?? 0) > 2;
    };
    await record(randomUUID(), [1, 2, 3]);
    await start();
    await empty();
    expect([...refusals.values()]).toEqual([3, 3, 3]);
  });

  test('finds events whose transaction committed later than its neighbours', async () => {
    await start();
    const [slow, fast] = [randomUUID(), randomUUID()];
    const runner = service.database.source.createQueryRunner();
    await runner.startTransaction();
    await append(
      runner.manager,
      [
        {
          event: { ...Summed.of({ total: 1 }), aggregateId: slow, aggregateVersion: 1 } as never,
          cause: { tenant: 't', correlationId: 'c' },
        },
      ],
      systemClock,
    );
    await record(fast, [2]);
    await eventually(() => expect(broker.sent.map(({ key }) => key)).toEqual([fast]));
    await runner.commitTransaction();
    await runner.release();
    await eventually(() => expect(broker.sent.map(({ key }) => key)).toEqual([fast, slow]));
    await empty();
  });

  test('sets an event aside that can never be published, with its reason, tells of it, and publishes the others', async () => {
    const [good, bad] = [randomUUID(), randomUUID()];
    await record(good, [1]);
    await record(bad, [2], 1, 'x'.repeat(20_000));
    await record(good, [3], 2);
    await start();
    await empty();
    expect(broker.sent.filter(({ topic }) => topic === Summed.topic).map(({ key }) => key)).toEqual([good, good]);
    const [told] = broker.sent.filter(({ topic }) => topic === DeadLettersOpened.topic);
    expect(JSON.parse(told?.body ?? '').data).toMatchObject({ topic: Summed.topic, reason: 'cannot-be-published', open: 1 });
    const letters = await service.database.query('select key, reason, error_message from dead_letter');
    expect(letters).toEqual([{ key: bad, reason: 'cannot-be-published', error_message: expect.stringContaining('message.too-large') }]);
  });

  test('that runs twice over one outbox publishes in order all the same', async () => {
    const id = randomUUID();
    await start(7);
    await start(7);
    for (let n = 0; n < 20; n++) await record(id, [n * 2, n * 2 + 1], n * 2 + 1);
    await empty();
    expect(broker.sent.map(({ body }) => JSON.parse(body).data.total)).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  test('takes soon what it was woken for while another one was at it', async () => {
    const answer = Promise.withResolvers<void>();
    broker.mood.answers = answer.promise;
    await start(500, () => {}, 60_000);
    const beaten = Promise.withResolvers<void>();
    await record(randomUUID(), [1]);
    relays[0]?.wake();
    await eventually(() => expect(broker.sent).toHaveLength(1));
    const other = await start(500, ({ leads }) => void (leads || beaten.resolve()), 60_000);
    await record(randomUUID(), [2]);
    other.wake();
    await beaten.promise;
    answer.resolve();
    await eventually(() => expect(broker.sent).toHaveLength(2));
    await empty();
  });

  test('tells when what is confirmed was recorded, and that another instance is at it', async () => {
    const before = Date.now();
    const sweeps: Parameters<Observer['swept']>[0][] = [];
    await record(randomUUID(), [1, 2]);
    await start(500, (sweep) => void sweeps.push(sweep));
    await empty();
    const [first] = sweeps;
    expect(first).toEqual({ leads: true, confirmed: [expect.any(Number), expect.any(Number)] });
    for (const at of first?.confirmed ?? []) {
      expect(at).toBeGreaterThan(before - 1_000);
      expect(at).toBeLessThanOrEqual(Date.now() + 1_000);
    }
    await service.database.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext(current_schema() || ':relay'))`);
      await eventually(() => expect(sweeps).toContainEqual({ leads: false, confirmed: [] }));
    });
  });

  test('stops between two windows, and the rest goes out at the next start', async () => {
    await record(randomUUID(), [1, 2, 3]);
    const one = await start();
    await one.stop();
    await record(randomUUID(), [4]);
    expect(await pending()).toBeGreaterThanOrEqual(1);
    await one.start();
    await empty();
  });
});
