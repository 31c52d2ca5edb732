import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Broker, type EmbeddedOptions, embeddedBroker } from '../src/index.ts';
import { describeBroker } from './broker-suite.ts';
import { eventually } from './eventually.ts';
import { listen } from './listen.ts';
import { message, messagesOn, parkedRecorder, recorder } from './recorder.ts';
import { query, type TestServer, testDatabase } from './servers.ts';

describeBroker('the embedded broker', testDatabase);

describe('the embedded broker in its database', () => {
  let server: TestServer;
  const opened: Broker[] = [];

  const start = async (options: Partial<EmbeddedOptions> = {}): Promise<Broker> => {
    const broker = embeddedBroker({ url: server.url, name: 'spec', deathAfterSeconds: 10, ...options });
    opened.push(broker);
    await broker.start();
    return broker;
  };
  /** As another process would: connections of its own. */
  const startElsewhere = (options: Partial<EmbeddedOptions> = {}) => start({ url: `${server.url}?application_name=elsewhere`, ...options });

  beforeAll(async () => {
    server = await testDatabase();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((broker) => broker.stop()));
  });
  afterAll(() => server.drop());

  test('hears of messages from another process without polling', async () => {
    const consumer = await start({ pollMs: 60_000 });
    const publisher = await startElsewhere();
    const seen = recorder();
    await listen(consumer, { queue: 'listener', topics: ['rung.v1'] }, seen.handle);
    await publisher.publish([message('rung.v1', 'a')]);
    await eventually(() => expect(seen.ids()).toEqual(['a']), 5000);
  });

  test('finds messages without notification, too', async () => {
    const consumer = await start({ pollMs: 100 });
    const seen = recorder();
    await listen(consumer, { queue: 'poller', topics: ['polled.v1'] }, seen.handle);
    await query(
      server.url,
      `insert into broker.job (name, data, priority) values ('poller', '{"id":"a","topic":"polled.v1","body":"{}"}', 1)`,
    );
    await eventually(() => expect(seen.ids()).toEqual(['a']), 5000);
  });

  test('leaves nothing behind in the tables', async () => {
    const broker = await start({ pollMs: 50 });
    let handled = 0;
    await listen(broker, { queue: 'tidy', topics: ['tidy.v1'], retryDelaysMs: [50] }, async (batch) => {
      handled += batch.length;
      return batch.map(({ attempt, id }) => {
        if (id === 'm1') return { fate: 'park', reason: 'bad' };
        return attempt === 1 ? { fate: 'retry', reason: 'early' } : { fate: 'done' };
      });
    });
    const parked = parkedRecorder();
    await broker.subscribeParked('tidy', parked.handle);
    await broker.publish(messagesOn('tidy.v1', 20));
    await eventually(() => expect([handled, parked.messages.length]).toEqual([39, 1]));
    await eventually(async () => expect(await query(server.url, `select * from broker.job where name like 'tidy%'`)).toEqual([]));
  });

  test('forgets the topics that a new version of a service does not want any more', async () => {
    const broker = await start();
    const seen = recorder();
    const old = await listen(broker, { queue: 'upgraded', topics: ['kept.v1', 'dropped.v1'] }, seen.handle);
    await old.stop();
    await listen(broker, { queue: 'upgraded', topics: ['kept.v1'] }, seen.handle);
    await broker.publish([message('dropped.v1', 'a'), message('kept.v1', 'b')]);
    await eventually(() => expect(seen.ids()).toEqual(['b']));
  });

  test('parks a job that is not a message', async () => {
    const broker = await start({ pollMs: 50 });
    const seen = recorder();
    const parked = parkedRecorder();
    await listen(broker, { queue: 'strict', topics: ['strict.v1'] }, seen.handle);
    await broker.subscribeParked('strict', parked.handle);
    await query(server.url, `insert into broker.job (name, data) values ('strict', '{"hello":"world"}'), ('strict', null)`);
    await eventually(() => expect(parked.messages).toHaveLength(2));
    const reason = 'message without id or type';
    expect(parked.messages).toMatchObject([{ reason }, { reason }]);
    expect(parked.messages.map(({ body }) => body.toString()).sort()).toEqual(['null', '{"hello":"world"}']);
    expect(seen.ids()).toEqual([]);
  });

  test('parks what has killed its consumers too often', async () => {
    const broker = await start({ pollMs: 50 });
    const parked = parkedRecorder();
    const first = await listen(broker, { queue: 'deadly', topics: ['deadly.v1'] }, recorder().handle);
    await first.stop();
    await broker.publish([message('deadly.v1', 'a')]);
    // As if twenty consumers had died holding it, and just now one more.
    await query(
      server.url,
      `update broker.job set state = 'active', retry_count = 20, started_on = now(), heartbeat_on = now() - interval '1 minute' where name = 'deadly'`,
    );
    await broker.subscribeParked('deadly', parked.handle);
    await eventually(() => expect(parked.messages).toMatchObject([{ id: 'a', topic: 'deadly.v1', reason: 'delivery-limit' }]), 30_000);
  });

  test('does not take a consumer for dead that works for a long time', async () => {
    const [busy, rival] = [await start(), await startElsewhere()];
    const free = Promise.withResolvers<void>();
    let calls = 0;
    await listen(busy, { queue: 'long', topics: ['long.v1'] }, async (batch) => {
      calls++;
      await free.promise;
      return batch.map(() => ({ fate: 'done' }));
    });
    await busy.publish(messagesOn('long.v1', 3));
    await eventually(() => expect(calls).toBe(1));
    const other = recorder();
    await listen(rival, { queue: 'long', topics: ['long.v1'] }, other.handle);
    // Time itself is the condition: longer than a consumer may be silent, and some passes of the supervision.
    await new Promise((resolve) => setTimeout(resolve, 18_000));
    expect(other.ids()).toEqual([]);
    free.resolve();
    await eventually(async () => expect(await query(server.url, `select * from broker.job where name = 'long'`)).toEqual([]));
    expect([calls, other.ids()]).toEqual([1, []]);
  });

  test('takes few connections for all services of one process', async () => {
    const brokers = await Promise.all(Array.from({ length: 6 }, () => start()));
    const seen = recorder();
    for (const [index, broker] of brokers.entries()) {
      await listen(broker, { queue: `service-${index}`, topics: ['shared.v1'] }, seen.handle);
    }
    await Promise.all(brokers.map((broker, index) => broker.publish(messagesOn('shared.v1', 100, `b${index}-`))));
    await eventually(() => expect(seen.ids()).toHaveLength(3600));
    const [row] = await query(server.url, 'select count(*)::int as connections from pg_stat_activity where datname = current_database()');
    // Five for queries, one for listening, and the one that asks.
    expect(row?.connections).toBeLessThanOrEqual(7);
  });
});
