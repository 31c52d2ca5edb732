import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Event } from '@orderbus/contracts';
import { type Broker, connectBroker, openQueueGroups } from '@orderbus/messaging';
import { eventually, type TestVhost, testVhost } from '@orderbus/testkit';
import { Counted, type CountingService, counted, countingService } from './counters.ts';

const declaration = { queue: 'counting', topics: [Counted.topic], retryDelaysMs: [50, 200] };
/** Rounds that may wait. */
const ahead = 12;
const things = Array.from({ length: 20 }, () => randomUUID());

let service: CountingService;
let vhost: TestVhost;
let going = true;
const opened: Broker[] = [];

beforeAll(async () => {
  [service, vhost] = await Promise.all([countingService(), testVhost()]);
});
afterAll(async () => {
  going = false;
  for (const broker of opened) await broker.stop();
  await Promise.all([service.stop(), vhost.drop()]);
});

const open = async (partitions: number[]): Promise<Broker> => {
  const broker = connectBroker(vhost.url, { name: 'counting', partitions, balanceMs: 100 });
  opened.push(broker);
  await broker.start();
  return broker;
};
/** What setup does. */
const setUp = async (partitions: number[]): Promise<void> => {
  const broker = await open(partitions);
  await broker.declare(declaration);
  await broker.stop();
};
/** A process of the service. Everything is too early the first time, now and then: it waits for its delay. */
const replica = async (partitions: number[]): Promise<Broker> => {
  const broker = await open(partitions);
  const { queue, retryDelaysMs } = declaration;
  await broker.subscribe({ queue, retryDelaysMs, batchSize: 20 }, async (batch) => {
    const isEarly = batch.map(({ attempt, id }) => attempt === 1 && /^[0-3]/.test(id));
    const settlements = [...(await service.handle(batch.filter((_, index) => !isEarly[index])))];
    return isEarly.map((early) => (early ? { fate: 'retry', reason: 'early' } : (settlements.shift() ?? { fate: 'done' })));
  });
  await broker.subscribeParked(queue, async () => {});
  return broker;
};

/** How many events about each thing have taken effect, at least. */
const effects = async (): Promise<number> =>
  (await service.database.query<{ least: number }>('select coalesce(min(total), 0)::int as least from counter'))[0]?.least ?? 0;

/** Publishes an event about each thing, round after round and never far ahead, until it is told to stop; answers with how many rounds. */
const traffic = (broker: Broker) => {
  let rounds = 0;
  const publishAll = async (events: readonly Event[]): Promise<void> => {
    const left = new Map(events.map((event) => [event.id, event]));
    while (left.size > 0) {
      const messages = [...left.values()].map((event) => ({
        ...{ id: event.id, topic: Counted.topic, key: event.aggregateId, body: JSON.stringify(event), headers: {} },
      }));
      for (const id of await broker.publish(messages)) left.delete(id);
    }
  };
  const ended = (async () => {
    while (going) {
      await publishAll(things.map((thing) => counted(thing, { aggregateVersion: rounds + 1 })));
      rounds++;
      await eventually(async () => expect(await effects()).toBeGreaterThan(rounds - ahead));
    }
  })();
  return {
    rounds: () => rounds,
    stop: async (): Promise<number> => {
      going = false;
      await ended;
      return rounds;
    },
  };
};

test('two queues become four while events flow: each event takes effect once, and the old queues end up empty and go', async () => {
  await setUp([2]);
  const old = [await replica([2]), await replica([2])];
  const flow = traffic(await open([2]));
  const pass = (rounds: number): Promise<void> => {
    const until = flow.rounds() + rounds;
    return eventually(() => expect(flow.rounds()).toBeGreaterThan(until));
  };
  await pass(5);

  await setUp([4, 2]);
  await pass(5);
  // One after the other, as an upgrade does it.
  for (const one of old) {
    await replica([4, 2]);
    await one.stop();
    await pass(5);
  }
  const groups = await openQueueGroups({ adminUrl: vhost.url });
  const formerly = async () => (await groups.list(declaration)).find(({ partitions }) => partitions === 2);
  await eventually(async () => expect(await formerly()).toMatchObject({ messages: 0 }));
  await expect(groups.drop(declaration, 2)).rejects.toThrow('broker.queues-in-use');
  for (const one of opened.slice(-2)) {
    await replica([4]);
    await one.stop();
  }
  await pass(5);
  await groups.drop(declaration, 2);
  expect(await formerly()).toBeUndefined();
  await pass(5);

  const rounds = await flow.stop();
  await eventually(async () => {
    for (const thing of things) expect(await service.total(thing)).toBe(rounds);
    expect(await groups.list(declaration)).toMatchObject([{ partitions: 4, messages: 0 }]);
  });
  await groups.close();
});
