import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import {
  type Broker,
  type Delivery,
  type OutgoingMessage,
  openQueueGroups,
  type RabbitOptions,
  rabbitBroker,
  type Settlement,
} from '../src/index.ts';
import { eventually } from './eventually.ts';
import { parkedRecorder, recorder } from './recorder.ts';
import { type TestServer, testVhost } from './servers.ts';

const four = { partitions: [4] };
const retryDelaysMs = [50, 100];

/** So many messages about so many orders, each order's numbered from 1. */
const stories = (topic: string, orders: number, events: number): OutgoingMessage[] =>
  Array.from({ length: events }, (_, version) =>
    Array.from({ length: orders }, (_, order) => ({
      ...{ id: `${topic}-${order}-${version + 1}`, topic, key: `order-${order}`, body: String(version + 1), headers: {} },
    })),
  ).flat();

const byKey = (deliveries: readonly Delivery[]): Map<string, number[]> =>
  new Map([...Map.groupBy(deliveries, ({ key }) => key)].map(([key, group]) => [key, group.map(({ body }) => Number(body.toString()))]));

describe('several queues for a service', () => {
  let server: TestServer;
  let raw: ChannelModel;
  let channel: Channel;
  const opened: Broker[] = [];

  const start = async (options: Partial<RabbitOptions> = {}): Promise<Broker> => {
    const broker = rabbitBroker({ url: server.url, name: 'spec', balanceMs: 50, ...four, ...options });
    opened.push(broker);
    await broker.start();
    return broker;
  };
  const declared = async (queue: string, options: Partial<RabbitOptions> = {}): Promise<Broker> => {
    const broker = await start(options);
    await broker.declare({ queue, topics: [`${queue}.v1`], tells: [], retryDelaysMs });
    return broker;
  };
  /** One process of a service. */
  const replica = async (
    queue: string,
    decide: (delivery: Delivery) => Settlement = () => ({ fate: 'done' }),
    options: Partial<RabbitOptions> = {},
  ) => {
    const broker = await start(options);
    const seen = recorder(decide);
    const parked = parkedRecorder();
    await broker.subscribe({ queue, retryDelaysMs, batchSize: 20 }, seen.handle);
    await broker.subscribeParked(queue, parked.handle);
    return { broker, parked, heard: () => seen.batches.flat() };
  };
  const depths = async (queue: string, count: number): Promise<number[]> => {
    const all: number[] = [];
    for (let index = 0; index < count; index++) all.push((await channel.checkQueue(`orderbus.${queue}.of${count}.${index}`)).messageCount);
    return all;
  };

  beforeAll(async () => {
    server = await testVhost();
    raw = await connect(server.url);
    channel = await raw.createChannel();
  });
  afterEach(async () => {
    for (const one of opened.splice(0).toReversed()) await one.stop();
  });
  afterAll(async () => {
    await raw.close();
    await server.drop();
  });

  test('get equal shares by key, and the same ones after setup has run again', async () => {
    const broker = await declared('shared');
    await broker.publish(stories('shared.v1', 400, 1));
    const before = await eventually(async () => {
      const now = await depths('shared', 4);
      expect(now.reduce((sum, one) => sum + one)).toBe(400);
      return now;
    });
    expect(Math.min(...before)).toBeGreaterThan(60);
    await declared('shared');
    await broker.publish(stories('shared.v1', 400, 1));
    await eventually(async () => expect(await depths('shared', 4)).toEqual(before.map((depth) => 2 * depth)));
  });

  test('keep the order of each key with two processes, and none of them idles', async () => {
    const broker = await declared('ordered');
    const one = await replica('ordered');
    const other = await replica('ordered');
    // The first has all of them, until there is something to share.
    await eventually(async () => {
      await broker.publish(stories('ordered.v1', 40, 1).map((message) => ({ ...message, body: '0' })));
      expect(other.heard().length).toBeGreaterThan(0);
    });
    await eventually(async () => expect(await depths('ordered', 4)).toEqual([0, 0, 0, 0]));
    const settled = new Set([...one.heard(), ...other.heard()].map(({ key }) => key)).size;
    expect(settled).toBe(40);
    await broker.publish(stories('ordered.v1', 40, 20));
    await eventually(() => expect([...one.heard(), ...other.heard()].filter(({ body }) => body.toString() !== '0')).toHaveLength(800));
    for (const { heard } of [one, other]) {
      const fresh = heard().filter(({ body }) => body.toString() !== '0');
      expect(fresh.length).toBeGreaterThan(0);
      for (const versions of byKey(fresh).values()) expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    }
  });

  test('get a message back in the queue that it came from, from a delay queue and from a redrive', async () => {
    const broker = await declared('returning');
    const arrivals: { key: string; queue: string }[] = [];
    const watcher = await raw.createConfirmChannel();
    for (const queue of [0, 1, 2, 3].map((index) => `orderbus.returning.of4.${index}`)) {
      await watcher.consume(queue, (delivery) => {
        if (!delivery) return;
        const { headers = {}, ...properties } = delivery.properties;
        arrivals.push({ key: headers['x-key'], queue });
        const again = { ...properties, headers: { 'x-key': headers['x-key'], 'x-attempt': 2 } };
        if (headers['x-attempt'] === undefined)
          watcher.publish('orderbus.returning.out', 'orderbus.returning.of4.retry.50', delivery.content, again);
        watcher.ack(delivery);
      });
    }
    await broker.publish(stories('returning.v1', 40, 1));
    await eventually(() => expect(arrivals).toHaveLength(80));
    expect((await broker.redeliver('returning', stories('returning.v1', 40, 1))).size).toBe(40);
    await eventually(() => expect(arrivals).toHaveLength(160));
    const queues = Map.groupBy(arrivals, ({ key }) => key);
    expect([...queues.values()].map((places) => [places.length, new Set(places.map(({ queue }) => queue)).size])).toEqual(
      Array.from({ length: 40 }, () => [4, 1]),
    );
    await watcher.close();
  });

  test('retry, park and hand over again as one queue does', async () => {
    const broker = await declared('fated');
    const early = ({ attempt }: Delivery): Settlement => ({ fate: 'retry', reason: `attempt ${attempt}` });
    const { heard, parked } = await replica('fated', early);
    await broker.publish(stories('fated.v1', 4, 1));
    await eventually(() => expect(heard().filter(({ attempt }) => attempt === 3)).toHaveLength(4));
    await eventually(() => expect(parked.messages.map(({ reason }) => reason)).toEqual(Array.from({ length: 4 }, () => 'attempt 3')));
  });

  test('are shared among four processes, and a killed one leaves its share to the others', async () => {
    const broker = await declared('spread');
    const all = [await replica('spread'), await replica('spread'), await replica('spread'), await replica('spread')];
    const working = async (): Promise<number> => {
      const before = all.map(({ heard }) => heard().length);
      await broker.publish(stories('spread.v1', 40, 1));
      await eventually(async () => expect(await depths('spread', 4)).toEqual([0, 0, 0, 0]));
      return all.filter(({ heard }, index) => heard().length > (before[index] as number)).length;
    };
    await eventually(async () => expect(await working()).toBe(4));
    await all[0]?.broker.stop();
    await eventually(async () => expect(await working()).toBe(3));
  });

  test('cannot be dropped while they hold anything or are consumed, and say what they hold', async () => {
    const broker = await declared('leaving', { partitions: [2] });
    await broker.publish(stories('leaving.v1', 10, 1));
    await declared('leaving', { partitions: [4, 2] });
    await broker.publish(stories('leaving.v1', 10, 1));
    await eventually(async () => expect((await depths('leaving', 4)).reduce((sum, one) => sum + one)).toBe(10));
    const declaration = { queue: 'leaving', topics: ['leaving.v1'], retryDelaysMs };
    const groups = await openQueueGroups({ adminUrl: server.url });
    expect(await groups.list(declaration)).toMatchObject([
      { partitions: 2, messages: 10, consumers: 0 },
      { partitions: 4, messages: 10, consumers: 0 },
    ]);
    await expect(groups.drop(declaration, 2)).rejects.toThrow(/broker\.queues-in-use.*"messages":10/);
    const both = await replica('leaving', undefined, { partitions: [4, 2] });
    await eventually(() => expect(both.heard()).toHaveLength(20));
    await expect(groups.drop(declaration, 2)).rejects.toThrow(/broker\.queues-in-use.*"consumers":2/);
    await both.broker.stop();
    await groups.drop(declaration, 2);
    await groups.drop(declaration, 2);
    expect(await groups.list(declaration)).toMatchObject([{ partitions: 4 }]);
    await groups.close();
  });
});
