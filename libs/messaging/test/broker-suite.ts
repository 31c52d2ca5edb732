import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Network, openNetwork } from '@orderbus/testkit/tcp-proxy';
import { type Broker, type ConnectOptions, connectBroker } from '../src/index.ts';
import { eventually } from './eventually.ts';
import { listen } from './listen.ts';
import { idsOf, message, messagesOn, parkedRecorder, recorder } from './recorder.ts';
import type { TestServer } from './servers.ts';

/** What every broker promises. An implementation that passes may be put behind the port. */
export const describeBroker = (name: string, openServer: () => Promise<TestServer>): void => {
  describe(name, () => {
    let server: TestServer;
    const opened: (Broker | Network | ChildProcess)[] = [];
    let count = 0;
    /** A topic and queues that only this test uses. */
    let topic: string;
    let queue: string;

    const start = async (options: Partial<ConnectOptions> = {}, url = server.url): Promise<Broker> => {
      const broker = connectBroker(url, { name: 'suite', deathAfterSeconds: 10, ...options });
      opened.push(broker);
      await broker.start();
      return broker;
    };

    const openCuttable = async (): Promise<Network> => {
      const between = await openNetwork(server.url);
      opened.push(between);
      return between;
    };

    beforeAll(async () => {
      server = await openServer();
    });

    beforeEach(() => {
      count++;
      topic = `thing.happened-${count}.v1`;
      queue = `consumer-${count}`;
    });

    afterEach(async () => {
      // What a failed test leaves hanging must not hang the next one as well.
      for (const one of opened.splice(0).toReversed()) {
        if ('stop' in one) await one.stop();
        else if ('cut' in one) await one.close();
        else one.kill('SIGKILL');
      }
    });

    afterAll(() => server.drop());

    describe('publishing', () => {
      test('reaches every service that subscribed to the topic, as it was published', async () => {
        const broker = await start();
        const [one, other, third] = [recorder(), recorder(), recorder()];
        await listen(broker, { queue, topics: [topic] }, one.handle);
        await listen(broker, { queue: `${queue}-other`, topics: ['something.else.v1', topic] }, other.handle);
        await listen(broker, { queue: `${queue}-third`, topics: ['something.else.v1'] }, third.handle);

        const sent = { id: 'a', topic, key: 'order-1', body: '{"größe":"XL 👕"}', headers: { traceparent: '00-1', tenant: 'store-1' } };
        expect(await broker.publish([sent])).toEqual(new Set(['a']));
        await broker.publish([message('something.else.v1', 'b')]);

        await eventually(() => expect([one.ids(), other.ids().sort(), third.ids()]).toEqual([['a'], ['a', 'b'], ['b']]));
        const [received] = one.batches.flat();
        expect(received).toEqual({ ...sent, body: Buffer.from(sent.body), attempt: 1, redelivered: false });
      });

      test('keeps the order of one publisher when nothing fails', async () => {
        const broker = await start();
        const seen = recorder();
        await listen(broker, { queue, topics: [topic] }, seen.handle);
        const sent = messagesOn(topic, 10_000);
        for (let from = 0; from < sent.length; from += 500) await broker.publish(sent.slice(from, from + 500));
        await eventually(() => expect(seen.ids()).toHaveLength(10_000), 40_000);
        expect(seen.ids()).toEqual(idsOf(sent));
      });

      test('of windows side by side keeps the order in which they were begun', async () => {
        const broker = await start();
        const seen = recorder();
        await listen(broker, { queue, topics: [topic] }, seen.handle);
        const sent = messagesOn(topic, 300);
        await Promise.all([0, 100, 200].map((from) => broker.publish(sent.slice(from, from + 100))));
        await eventually(() => expect(seen.ids()).toEqual(idsOf(sent)));
      });

      test('reaches a service that has never run, when its queue was declared, and starts nothing there', async () => {
        const broker = await start();
        await broker.declare({ queue, topics: [topic] });
        await broker.declare({ queue, topics: [topic] });
        expect(await broker.publish([message(topic, 'early')])).toEqual(new Set(['early']));
        const seen = recorder();
        await listen(broker, { queue, topics: [topic] }, seen.handle);
        await eventually(() => expect(seen.ids()).toEqual(['early']));
      });

      test('on a topic that nobody wants is confirmed and blocks nothing', async () => {
        const broker = await start();
        const seen = recorder();
        await listen(broker, { queue, topics: [topic] }, seen.handle);
        const confirmed = await broker.publish([message('nobody.cares.v1', 'a'), message(topic, 'b')]);
        expect(confirmed).toEqual(new Set(['a', 'b']));
        await eventually(() => expect(seen.ids()).toEqual(['b']));
      });

      test('refuses a message that is too large, and everything published with it', async () => {
        const broker = await start();
        const seen = recorder();
        await listen(broker, { queue, topics: [topic] }, seen.handle);
        const large = message(topic, 'large', JSON.stringify('x'.repeat(20 * 1024 * 1024)));
        await expect(broker.publish([message(topic, 'a'), large])).rejects.toMatchObject({ kind: 'too-large', code: 'message.too-large' });
        const headers = { note: 'x'.repeat(40 * 1024) };
        await expect(broker.publish([{ ...message(topic, 'b'), headers }])).rejects.toMatchObject({ kind: 'too-large' });
        await expect(broker.publish([message(topic, '')])).rejects.toMatchObject({ kind: 'invalid', code: 'message.invalid' });
        await broker.publish([message(topic, 'c')]);
        await eventually(() => expect(seen.ids()).toEqual(['c']));
      });
    });

    describe('a batch', () => {
      test('is at most as large as asked for', async () => {
        const broker = await start();
        const seen = recorder();
        await listen(broker, { queue, topics: [topic], batchSize: 10 }, seen.handle);
        await broker.publish(messagesOn(topic, 95));
        await eventually(() => expect(seen.ids()).toHaveLength(95));
        expect(Math.max(...seen.batches.map((batch) => batch.length))).toBe(10);
      });

      test('comes at once when it is full', async () => {
        const broker = await start();
        const seen = recorder();
        await listen(broker, { queue, topics: [topic], batchSize: 10, batchWaitMs: 60_000 }, seen.handle);
        await broker.publish(messagesOn(topic, 4, 'first'));
        await broker.publish(messagesOn(topic, 6, 'then'));
        await eventually(() => expect(seen.batches.map((batch) => batch.length)).toEqual([10]), 5000);
      });

      test('comes when its wait is over, with what there is', async () => {
        const broker = await start();
        const seen = recorder();
        await listen(broker, { queue, topics: [topic], batchSize: 10, batchWaitMs: 400 }, seen.handle);
        const startedAt = performance.now();
        await broker.publish(messagesOn(topic, 1, 'first'));
        await broker.publish(messagesOn(topic, 2, 'then'));
        await eventually(() => expect(seen.batches.map((batch) => batch.length)).toEqual([3]));
        expect(performance.now() - startedAt).toBeGreaterThan(300);
      });

      test('runs alone: the next one waits for it', async () => {
        const broker = await start();
        let running = 0;
        let most = 0;
        let handled = 0;
        await listen(broker, { queue, topics: [topic], batchSize: 5 }, async (batch) => {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setTimeout(resolve, 5));
          running--;
          handled += batch.length;
          return batch.map(() => ({ fate: 'done' }));
        });
        await broker.publish(messagesOn(topic, 50));
        await eventually(() => expect(handled).toBe(50));
        expect(most).toBe(1);
      });

      test('of a slow consumer leaves all but two batches to the others', async () => {
        const broker = await start();
        let held = 0;
        const free = Promise.withResolvers<void>();
        // A batch that is not full would hold fewer: it waits until it is.
        await listen(broker, { queue, topics: [topic], batchSize: 10, batchWaitMs: 2_000 }, async (batch) => {
          held += batch.length;
          await free.promise;
          return batch.map(() => ({ fate: 'done' }));
        });
        await broker.publish(messagesOn(topic, 500));
        await eventually(() => expect(held).toBe(10));
        const quick = recorder();
        const other = await start();
        await listen(other, { queue, topics: [topic], batchSize: 10 }, quick.handle);
        await eventually(() => expect(quick.ids().length).toBeGreaterThanOrEqual(480));
        expect(held).toBe(10);
        free.resolve();
        await eventually(() => expect(held + quick.ids().length).toBe(500));
      });
    });

    describe('a fate', () => {
      test('is carried out for each message of a batch on its own', async () => {
        const broker = await start();
        const parked = parkedRecorder();
        const seen = recorder(({ id, attempt }) => {
          if (id === 'm1' && attempt === 1) return { fate: 'retry', reason: 'too-early' };
          return id === 'm2' ? { fate: 'park', reason: 'not-allowed' } : { fate: 'done' };
        });
        await listen(broker, { queue, topics: [topic], batchSize: 4, batchWaitMs: 500, retryDelaysMs: [100] }, seen.handle);
        await broker.subscribeParked(queue, parked.handle);
        await broker.publish(messagesOn(topic, 4));
        await eventually(() => expect(seen.ids()).toEqual(['m0', 'm1', 'm2', 'm3', 'm1']));
        await eventually(() => expect(idsOf(parked.messages.map((one) => ({ ...one, body: '' })))).toEqual(['m2']));
      });

      test('of retry waits for its delay, counts the attempt, and ends in the parked queue with the last reason', async () => {
        const broker = await start({ pollMs: 50 });
        const times: number[] = [];
        const parked = parkedRecorder();
        const seen = recorder(({ attempt }) => {
          times.push(performance.now());
          return { fate: 'retry', reason: `too-early-${attempt}`, error: { class: 'NotYet', message: `attempt ${attempt}` } };
        });
        await listen(broker, { queue, topics: [topic], retryDelaysMs: [300, 900] }, seen.handle);
        await broker.subscribeParked(queue, parked.handle);
        const publishedAt = Date.now();
        const sent = message(topic, 'a');
        await broker.publish([sent]);
        await eventually(() => expect(parked.messages).toHaveLength(1));

        expect(seen.batches.flat().map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
        const [first = 0, second = 0, third = 0] = times;
        expect(second - first).toBeGreaterThan(290);
        expect(second - first).toBeLessThan(900);
        expect(third - second).toBeGreaterThan(890);
        expect(parked.messages[0]).toEqual({
          ...{ ...sent, body: Buffer.from(sent.body), attempt: 3, redelivered: false },
          reason: 'too-early-3',
          error: { class: 'NotYet', message: 'attempt 3' },
          firstSeenAt: expect.any(Date),
        });
        expect(Math.abs((parked.messages[0]?.firstSeenAt.getTime() ?? 0) - publishedAt)).toBeLessThan(5000);
      });

      test('of park keeps reason and error, however long they are', async () => {
        const broker = await start();
        const parked = parkedRecorder();
        const error = { class: 'TypeError', message: `broken \0 ${'m'.repeat(100_000)}`, stack: 's'.repeat(100_000) };
        await listen(broker, { queue, topics: [topic] }, recorder(() => ({ fate: 'park', reason: 'contract', error })).handle);
        await broker.subscribeParked(queue, parked.handle);
        await broker.publish([message(topic, 'a')]);
        await eventually(() => expect(parked.messages).toHaveLength(1));
        expect(parked.messages[0]).toMatchObject({ id: 'a', attempt: 1, reason: 'contract', error: { class: 'TypeError' } });
        expect(parked.messages[0]?.error?.message).toMatch(/^broken . m{1000}/);
        expect(parked.messages[0]?.error?.stack).toMatch(/^s{1000}/);
      });

      test('is asked for again, after a pause, when the handler throws or answers with too few', async () => {
        const broker = await start();
        const seen = recorder();
        let calls = 0;
        await listen(broker, { queue, topics: [topic], batchSize: 3, batchWaitMs: 500 }, async (batch) => {
          calls++;
          if (calls === 1) throw new Error('the database is away');
          if (calls === 2) return [];
          return seen.handle(batch);
        });
        await broker.publish(messagesOn(topic, 3));
        await eventually(() => expect(seen.ids()).toEqual(['m0', 'm1', 'm2']));
        expect(calls).toBe(3);
      });
    });

    describe('the parked queue', () => {
      test('keeps a message until its handler has returned', async () => {
        const broker = await start();
        let failures = 0;
        const parked = parkedRecorder();
        await listen(broker, { queue, topics: [topic] }, recorder(() => ({ fate: 'park', reason: 'bad' })).handle);
        await broker.publish(messagesOn(topic, 3));
        const first = await broker.subscribeParked(queue, async () => {
          failures++;
          throw new Error('cannot store it');
        });
        await eventually(() => expect(failures).toBeGreaterThan(0));
        await first.stop();
        const second = await broker.subscribeParked(queue, parked.handle);
        await eventually(() => expect(parked.messages.map(({ id }) => id).sort()).toEqual(['m0', 'm1', 'm2']));
        await second.stop();

        const after = parkedRecorder();
        await broker.subscribeParked(queue, after.handle);
        await broker.publish([message(topic, 'later')]);
        await eventually(() => expect(after.messages.map(({ id }) => id)).toEqual(['later']));
      });

      test('takes what is too large to be read', async () => {
        const publisher = await start({ maxBodyBytes: 100_000 });
        const consumer = await start({ maxBodyBytes: 1000 });
        const seen = recorder();
        const parked = parkedRecorder();
        await listen(consumer, { queue, topics: [topic] }, seen.handle);
        await consumer.subscribeParked(queue, parked.handle);
        await publisher.publish([message(topic, 'large', JSON.stringify('x'.repeat(5000))), message(topic, 'small')]);
        await eventually(() => expect(parked.messages).toMatchObject([{ id: 'large', reason: 'message too large' }]));
        await eventually(() => expect(seen.ids()).toEqual(['small']));
      });

      test('gives back to one service alone', async () => {
        const broker = await start();
        const [one, other] = [recorder(), recorder()];
        await listen(broker, { queue, topics: [topic] }, one.handle);
        await listen(broker, { queue: `${queue}-other`, topics: [topic] }, other.handle);
        expect(await broker.redeliver(queue, [message(topic, 'again')])).toEqual(new Set(['again']));
        await broker.publish([message(topic, 'for-all')]);
        await eventually(() => expect(one.ids()).toEqual(['again', 'for-all']));
        await eventually(() => expect(other.ids()).toEqual(['for-all']));
        expect(one.batches.flat()[0]).toMatchObject({ attempt: 1, topic, key: 'order-again', headers: { traceparent: '00-again' } });
      });

      test('does not confirm what it gives to a service that does not exist', async () => {
        const broker = await start();
        await broker.declare({ queue, topics: [topic] });
        expect(await broker.redeliver('nobody', [message(topic, 'a')])).toEqual(new Set());
        await eventually(async () => expect(await broker.publish([message(topic, 'b')])).toEqual(new Set(['b'])));
      });
    });

    describe('a consumer', () => {
      test('that is killed loses nothing: another one gets its batch', async () => {
        const broker = await start();
        const child = spawn(process.execPath, [`${import.meta.dirname}/holding-consumer.ts`, server.url, queue, topic]);
        opened.push(child);
        let said = '';
        child.stdout.on('data', (chunk) => {
          said += chunk;
        });
        await eventually(() => expect(said).toContain('subscribed'));
        const sent = messagesOn(topic, 12);
        await broker.publish(sent);
        await eventually(() => expect(said).toContain('holding'));
        child.kill('SIGKILL');

        const seen = recorder();
        await listen(broker, { queue, topics: [topic] }, seen.handle);
        await eventually(() => expect(new Set(seen.ids())).toEqual(new Set(idsOf(sent))), 40_000);
        expect(seen.batches.flat().find(({ id }) => id === 'm0')).toMatchObject({ redelivered: true });
      });

      test('that stops finishes its batch, and nobody gets that batch again', async () => {
        const [stopping, next] = [await start(), await start()];
        const first: string[] = [];
        const free = Promise.withResolvers<void>();
        const subscription = await listen(stopping, { queue, topics: [topic], batchSize: 10, batchWaitMs: 2_000 }, async (batch) => {
          first.push(...batch.map(({ id }) => id));
          await free.promise;
          return batch.map(({ id }) => (id === 'm3' ? { fate: 'retry', reason: 'too-early' } : { fate: 'done' }));
        });
        const sent = messagesOn(topic, 100);
        await stopping.publish(sent);
        await eventually(() => expect(first).toHaveLength(10));
        const stopped = subscription.stop();
        free.resolve();
        await stopped;
        expect(first).toHaveLength(10);

        const rest = recorder();
        await listen(next, { queue, topics: [topic], batchSize: 10 }, rest.handle);
        await eventually(() => expect(rest.ids().length).toBeGreaterThanOrEqual(90));
        expect(rest.ids().sort()).toEqual(
          idsOf(sent)
            .filter((id) => !first.includes(id))
            .sort(),
        );
      });

      test('that stops while its handler fails gives the batch back', async () => {
        const [failing, next] = [await start(), await start()];
        let calls = 0;
        await listen(failing, { queue, topics: [topic] }, async () => {
          calls++;
          throw new Error('the database is away');
        });
        await failing.publish(messagesOn(topic, 3));
        await eventually(() => expect(calls).toBe(1));
        await failing.stop();
        const seen = recorder();
        await listen(next, { queue, topics: [topic] }, seen.handle);
        await eventually(() => expect(seen.ids()).toEqual(['m0', 'm1', 'm2']), 5000);
      });
    });

    describe('without a network', () => {
      test('nothing is confirmed; afterwards everything goes on by itself', async () => {
        const network = await openCuttable();
        const changes: string[] = [];
        const on = {
          connected: (role: string) => changes.push(`${role} connected`),
          disconnected: (role: string) => changes.push(`${role} disconnected`),
        };
        const broker = await start({ on }, network.url);
        const seen = recorder();
        await listen(broker, { queue, topics: [topic] }, seen.handle);
        expect(broker.healthy).toBe(true);
        await network.cut();
        await eventually(() => expect(broker.healthy).toBe(false));
        expect(await broker.publish([message(topic, 'away')])).toEqual(new Set());

        await network.restore();
        await eventually(async () => expect(await broker.publish([message(topic, 'back')])).toEqual(new Set(['back'])));
        await eventually(() => expect(seen.ids()).toContain('back'));
        await eventually(() => expect(broker.healthy).toBe(true));
        for (const role of ['publisher', 'consumer']) {
          expect(changes.filter((change) => change.startsWith(role))).toEqual([
            `${role} connected`,
            `${role} disconnected`,
            `${role} connected`,
          ]);
        }
      });

      test('for moments, under load, everything that was confirmed arrives', async () => {
        const network = await openCuttable();
        const broker = await start({}, network.url);
        const seen = recorder();
        await listen(broker, { queue, topics: [topic] }, seen.handle);
        const confirmed = new Set<string>();
        const publish = async (window: string) => {
          for (const id of await broker.publish(messagesOn(topic, 50, window))) confirmed.add(id);
        };
        for (let round = 0; round < 4; round++) {
          for (let window = 0; window < 5; window++) await publish(`r${round}-w${window}-`);
          await Promise.all([publish(`r${round}-cut-`), network.cut()]);
          await network.restore();
          await eventually(async () => expect((await broker.publish([message(topic, `r${round}-back`)])).size).toBe(1));
        }
        expect(confirmed.size).toBeGreaterThanOrEqual(1000);
        await eventually(() => {
          const arrived = new Set(seen.ids());
          expect([...confirmed].filter((id) => !arrived.has(id))).toEqual([]);
        }, 40_000);
      });

      test('a broker waits at its start, and says so once', async () => {
        const network = await openCuttable();
        await network.cut();
        const said: string[] = [];
        const say = (_: object, text: string) => said.push(text);
        const broker = connectBroker(network.url, { name: 'suite', log: { info: say, warn: say, error: say } });
        opened.push(broker);
        const started = broker.start().then(() => 'started');
        await eventually(() => expect(said.length).toBeGreaterThan(0));
        expect(await Promise.race([started, new Promise((resolve) => setTimeout(resolve, 1000, 'waiting'))])).toBe('waiting');
        expect(new Set(said).size).toBe(1);
        await network.restore();
        expect(await started).toBe('started');
        // Two connections: each waits, perhaps twice more while the network comes back to a busy machine, and is back.
        expect(said.length).toBeLessThanOrEqual(8);
      });

      test('a broker can be stopped before it ever started', async () => {
        const network = await openCuttable();
        await network.cut();
        const broker = connectBroker(network.url, { name: 'suite' });
        const started = broker.start().catch(() => {});
        await broker.stop();
        await started;
        expect(broker.healthy).toBe(false);
      });
    });

    test('when the server closes all connections, everything goes on by itself', async () => {
      const broker = await start();
      const seen = recorder();
      await listen(broker, { queue, topics: [topic] }, seen.handle);
      await eventually(() => server.closeConnections());
      await eventually(async () => expect(await broker.publish([message(topic, 'after')])).toEqual(new Set(['after'])));
      await eventually(() => expect(seen.ids()).toContain('after'));
    });
  });
};
