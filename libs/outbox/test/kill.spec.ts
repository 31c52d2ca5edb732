import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Broker, connectBroker } from '@orderbus/messaging';
import { brokerKinds, eventually, type TestBroker, testBroker } from '@orderbus/testkit';
import { Counted, type CountingService, counted, countingService, Summed } from './counters.ts';

const program = fileURLToPath(new URL('./killed-process.ts', import.meta.url));
const node = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url));

describe.each(brokerKinds())('on the %s broker, a process killed with SIGKILL', (kind) => {
  let service: CountingService;
  let server: TestBroker;
  let broker: Broker;
  const summed: { id: string; aggregateId: string; aggregateVersion: number }[] = [];
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    service = await countingService();
    server = await testBroker(kind);
    broker = connectBroker(server.url, { name: 'probe', deathAfterSeconds: 10 });
    await broker.start();
    // The queues must exist before the first message.
    await broker.declare({ queue: 'probe', topics: [Summed.topic] });
    await broker.declare({ queue: 'counting', topics: [Counted.topic] });
    await broker.subscribe({ queue: 'probe' }, async (batch) => {
      for (const { body } of batch) summed.push(JSON.parse(body.toString()));
      return batch.map(() => ({ fate: 'done' }));
    });
  });
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await broker.stop();
    await server.drop();
    await service.stop();
  });

  const run = (moment: string): ChildProcess => {
    const child = spawn(node, [program, service.url, server.url, moment], { stdio: ['ignore', 'ignore', 'inherit'] });
    children.push(child);
    return child;
  };

  test.each(['before-commit', 'after-commit-before-ack', 'after-publish-before-delete'])(
    '%s: loses nothing and does nothing twice',
    async (moment) => {
      const ids = Array.from({ length: 5 }, () => randomUUID());
      const events = Array.from({ length: 50 }, (_, n) => counted(ids[n % 5] as string));
      const messages = events.map((event) => ({
        id: event.id,
        topic: Counted.topic,
        key: event.aggregateId,
        body: JSON.stringify(event),
        headers: {},
      }));
      expect((await broker.publish(messages)).size).toBe(50);

      const [code, signal] = await once(run(moment), 'exit');
      expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
      const survivor = run('never');
      await eventually(async () => expect(await Promise.all(ids.map(service.total))).toEqual([10, 10, 10, 10, 10]));
      for (const id of ids) {
        expect((await service.summed(id)).map((event) => event.total)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        await eventually(() => {
          const versions = new Set(summed.filter((event) => event.aggregateId === id).map((event) => event.aggregateVersion));
          expect([...versions].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        });
      }
      await eventually(async () => expect(await service.database.query('select 1 from outbox')).toEqual([]));
      survivor.kill('SIGKILL');
      await once(survivor, 'exit');
    },
  );
});
