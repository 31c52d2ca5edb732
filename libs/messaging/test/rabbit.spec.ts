import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Network, openNetwork } from '@orderbus/testkit/tcp-proxy';
import { type Channel, type ChannelModel, connect } from 'amqplib';
import { type Broker, type RabbitOptions, rabbitBroker } from '../src/index.ts';
import { describeBroker } from './broker-suite.ts';
import { eventually } from './eventually.ts';
import { listen } from './listen.ts';
import { message, messagesOn, parkedRecorder, recorder } from './recorder.ts';
import { type TestServer, testVhost } from './servers.ts';

describeBroker('RabbitMQ', testVhost);

describe('RabbitMQ behind the port', () => {
  let server: TestServer;
  let raw: ChannelModel;
  let channel: Channel;
  const opened: (Broker | Network)[] = [];

  const start = async (options: Partial<RabbitOptions> = {}): Promise<Broker> => {
    const broker = rabbitBroker({ url: server.url, name: 'spec', ...options });
    opened.push(broker);
    await broker.start();
    return broker;
  };

  const depth = async (queue: string): Promise<number> => (await channel.checkQueue(queue)).messageCount;

  const policy = async (method: string, name: string, content?: object): Promise<void> => {
    const { origin, username, password } = new URL(process.env.TEST_AMQP_MANAGEMENT_URL ?? '');
    const authorization = `Basic ${btoa(`${username || 'guest'}:${password || 'guest'}`)}`;
    const address = `${origin}/api/policies/${new URL(server.url).pathname.slice(1)}/${name}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(address, { method, headers, ...(content && { body: JSON.stringify(content) }) });
    expect([address, answer.ok]).toEqual([address, true]);
  };
  /** As an operator does it, while the queue is there. */
  const limit = (queue: string, length: number) =>
    policy('PUT', queue, { pattern: `\\b${queue}$`, 'apply-to': 'queues', definition: { 'max-length': length } });
  const lift = (queue: string) => policy('DELETE', queue);

  beforeAll(async () => {
    server = await testVhost();
    raw = await connect(server.url);
    channel = await raw.createChannel();
  });
  afterEach(async () => {
    for (const one of opened.splice(0).toReversed()) await ('stop' in one ? one.stop() : one.close());
  });
  afterAll(async () => {
    await raw.close();
    await server.drop();
  });

  test('keeps what nobody wants where it can be looked at', async () => {
    const broker = await start({ namespace: 'unwanted' });
    await broker.declare({ queue: 'somebody', topics: [] });
    expect(await broker.publish([message('nobody.cares.v1', 'a')])).toEqual(new Set(['a']));
    await eventually(async () => expect(await depth('unwanted.unrouted')).toBe(1));
  });

  test('parks a message without id or type, and never shows it to the handler', async () => {
    const broker = await start();
    const seen = recorder();
    const parked = parkedRecorder();
    await listen(broker, { queue: 'strict', topics: ['strict.v1'] }, seen.handle);
    await broker.subscribeParked('strict', parked.handle);
    channel.publish('orderbus.events', 'strict.v1', Buffer.from('no id'), { type: 'strict.v1' });
    channel.publish('orderbus.events', 'strict.v1', Buffer.from('no type'), { messageId: 'b', headers: { 'x-attempt': 'many', n: 1 } });
    await broker.publish([message('strict.v1', 'c')]);
    await eventually(() => expect(parked.messages).toHaveLength(2));
    const reason = 'message without id or type';
    expect(parked.messages).toMatchObject([
      { reason, id: expect.stringMatching(/./), body: Buffer.from('no id'), attempt: 1 },
      { reason, id: 'b', topic: 'strict.v1', body: Buffer.from('no type'), attempt: 1, headers: {} },
    ]);
    await eventually(() => expect(seen.ids()).toEqual(['c']));
  });

  test('parks what has killed its consumers too often', async () => {
    const broker = await start();
    const parked = parkedRecorder();
    const first = await listen(broker, { queue: 'deadly', topics: ['deadly.v1'] }, recorder().handle);
    await first.stop();
    await broker.publish([message('deadly.v1', 'a')]);
    let deaths = 0;
    const deadly = await raw.createChannel();
    await deadly.consume('orderbus.deadly', (delivery) => {
      if (!delivery) return;
      deaths++;
      deadly.reject(delivery, true);
    });
    await broker.subscribeParked('deadly', parked.handle);
    await eventually(() => expect(parked.messages).toMatchObject([{ id: 'a', topic: 'deadly.v1', reason: 'delivery-limit' }]));
    expect(deaths).toBeGreaterThanOrEqual(20);
    expect(deaths).toBeLessThanOrEqual(22);
    await deadly.close();
  });

  test('waits for a queue that is not there, says so once, and goes on when setup has made it', async () => {
    const said: object[] = [];
    const note = (details: object, text: string) => text === 'cannot consume' && said.push(details);
    const broker = await start({ log: { info: note, warn: note, error: note } });
    const seen = recorder();
    const declaration = { queue: 'wiped', topics: ['wiped.v1'] };
    const subscribed = broker.subscribe({ queue: 'wiped' }, seen.handle);
    await eventually(() => expect(said).toMatchObject([{ reason: expect.stringContaining('orderbus.wiped') }]));
    await broker.declare(declaration);
    await subscribed;
    await channel.deleteQueue('orderbus.wiped');
    await eventually(() => expect(said).toHaveLength(2));
    await broker.declare(declaration);
    await eventually(async () => {
      await broker.publish([message('wiped.v1', 'a')]);
      expect(seen.ids()).toContain('a');
    });
  });

  test('does not subscribe without the delay queues of its retries', async () => {
    const broker = await start();
    const seen = recorder();
    const declaration = { queue: 'unladdered', topics: ['unladdered.v1'] };
    await broker.declare({ ...declaration, retryDelaysMs: [50] });
    const subscribed = broker.subscribe({ queue: 'unladdered', retryDelaysMs: [50, 100] }, seen.handle);
    await broker.publish([message('unladdered.v1', 'a')]);
    expect(await Promise.race([subscribed, new Promise((resolve) => setTimeout(resolve, 500, 'waiting'))])).toBe('waiting');
    await broker.declare({ ...declaration, retryDelaysMs: [50, 100] });
    await subscribed;
    await eventually(() => expect(seen.ids()).toEqual(['a']));
  });

  test('does not lose a retry for which there is no delay queue any more', async () => {
    const broker = await start();
    const seen = recorder(({ attempt }) => (attempt === 1 ? { fate: 'retry', reason: 'early' } : { fate: 'done' }));
    const declaration = { queue: 'laddered', topics: ['laddered.v1'], retryDelaysMs: [50] };
    await listen(broker, declaration, seen.handle);
    await channel.deleteQueue('orderbus.laddered.retry.50');
    await broker.publish([message('laddered.v1', 'a')]);
    await eventually(() => expect(seen.ids()).toEqual(['a']));
    await broker.declare(declaration);
    await eventually(() => expect(seen.batches.flat().map(({ attempt }) => attempt)).toEqual([1, 2]));
  });

  test('gives up on confirms that do not come, and works again when they can', async () => {
    const network = await openNetwork(server.url);
    opened.push(network);
    const outcomes: { confirmed: number; of: number }[] = [];
    const lost: string[] = [];
    const why: [string, number][] = [];
    const on = {
      published: ({ confirmed, of }: { confirmed: number; of: number }) => outcomes.push({ confirmed, of }),
      unconfirmed: (kind: string, count: number) => why.push([kind, count]),
      disconnected: (role: string) => lost.push(role),
    };
    const broker = await start({ url: network.url, confirmDeadlineMs: 500, heartbeatSeconds: 1, on });
    network.blackHole();
    const startedAt = performance.now();
    expect(await broker.publish(messagesOn('silent.v1', 3))).toEqual(new Set());
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(outcomes).toEqual([{ confirmed: 0, of: 3 }]);
    expect(why).toEqual([['timeout', 3]]);
    // Its channel was given up; until there is another, nothing is sent at all.
    expect(await broker.publish(messagesOn('silent.v1', 2))).toEqual(new Set());
    expect(why.slice(1)).toEqual([['closed', 2]]);
    await eventually(() => expect(broker.healthy).toBe(false));
    // Nothing but the heartbeat can tell.
    await eventually(() => expect(lost.sort()).toEqual(['consumer', 'publisher']));
    await network.restore();
    await eventually(async () => expect((await broker.publish(messagesOn('silent.v1', 3))).size).toBe(3));
  });

  test('stops soon, even when nobody answers any more', async () => {
    const network = await openNetwork(server.url);
    opened.push(network);
    const broker = await start({ url: network.url, confirmDeadlineMs: 300 });
    await listen(broker, { queue: 'silenced', topics: ['silenced.v1'] }, recorder().handle);
    network.blackHole();
    await broker.publish([message('silenced.v1', 'a')]);
    await eventually(() => expect(broker.healthy).toBe(false));
    const startedAt = performance.now();
    await broker.stop();
    expect(performance.now() - startedAt).toBeLessThan(8000);
  });

  test('leaves a message with the broker until its copy is confirmed', async () => {
    const network = await openNetwork(server.url);
    opened.push(network);
    const broker = await start({ url: network.url, confirmDeadlineMs: 300 });
    const parked = parkedRecorder();
    const called = Promise.withResolvers<void>();
    const free = Promise.withResolvers<void>();
    await listen(broker, { queue: 'careful', topics: ['careful.v1'] }, async (batch) => {
      called.resolve();
      await free.promise;
      return batch.map(() => ({ fate: 'park', reason: 'bad' }));
    });
    await broker.publish([message('careful.v1', 'a')]);
    await called.promise;
    await network.cut();
    free.resolve();
    await network.restore();
    await broker.subscribeParked('careful', parked.handle);
    await eventually(() => expect(parked.messages.map(({ id }) => id)).toContain('a'));
    await eventually(async () => expect(await depth('orderbus.careful')).toBe(0));
  });

  test('tells how many messages it has handed over and nobody has settled, and forgets them with their channel', async () => {
    let unsettled = 0;
    const on = { unsettled: (change: number) => (unsettled += change) };
    const network = await openNetwork(server.url);
    opened.push(network);
    const broker = await start({ url: network.url, on });
    const publisher = await start();
    let free = Promise.withResolvers<void>();
    await listen(broker, { queue: 'slow', topics: ['slow.v1'], batchSize: 2 }, async (batch) => {
      await free.promise;
      return batch.map(() => ({ fate: 'done' }));
    });
    await publisher.publish(messagesOn('slow.v1', 3));
    await eventually(() => expect(unsettled).toBe(3));
    free.resolve();
    await eventually(() => expect(unsettled).toBe(0));

    free = Promise.withResolvers<void>();
    await publisher.publish(messagesOn('slow.v1', 4));
    await eventually(() => expect(unsettled).toBe(4));
    await network.cut();
    free.resolve();
    await eventually(() => expect(unsettled).toBe(0));
  });

  test('takes a message that the queue refuses for not confirmed', async () => {
    const why: [string, number][] = [];
    const broker = await start({ on: { unconfirmed: (kind, count) => why.push([kind, count]) } });
    const subscription = await listen(broker, { queue: 'full', topics: ['full.v1'] }, recorder().handle);
    await subscription.stop();
    await channel.assertQueue('tiny', { durable: true, arguments: { 'x-max-length': 1, 'x-overflow': 'reject-publish' } });
    await channel.bindQueue('tiny', 'orderbus.events', 'full.v1');
    const confirmed = await broker.publish(messagesOn('full.v1', 3));
    expect(confirmed).toEqual(new Set(['m0']));
    expect(why).toEqual([['nack', 2]]);
  });

  test('publishes again once a limit of the queue is lifted', async () => {
    const broker = await start();
    const subscription = await listen(broker, { queue: 'limited', topics: ['limited.v1'] }, recorder().handle);
    await subscription.stop();
    await limit('limited', 2);
    await eventually(async () => expect((await broker.publish(messagesOn('limited.v1', 5))).size).toBeLessThan(5));
    await lift('limited');
    await eventually(async () => expect((await broker.publish(messagesOn('limited.v1', 5))).size).toBe(5));
  });
});
