import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import pg from 'pg';
import { batchHandler, silent } from '../src/index.ts';
import { type CountingService, counted, countingService, delivered, subscription } from './counters.ts';

describe('a batch of messages', () => {
  const outcomes: string[] = [];
  let service: CountingService;
  beforeAll(async () => {
    service = await countingService({ ...silent, handled: (_work, outcome) => outcomes.push(outcome) });
  });
  afterAll(() => service.stop());
  const inbox = (id: string) => service.database.query('select 1 from inbox where message_id = $1', [id]);

  test('takes effect once per message, in message order, with the events numbered without gaps', async () => {
    const id = randomUUID();
    const batch = [1, 2, 3].map((amount) => delivered(counted(id, { data: { amount } })));
    expect(await service.handle(batch)).toEqual([{ fate: 'done' }, { fate: 'done' }, { fate: 'done' }]);
    expect(await service.total(id)).toBe(6);
    expect(await service.summed(id)).toEqual([
      { version: 1, total: 1 },
      { version: 2, total: 3 },
      { version: 3, total: 6 },
    ]);
  });

  test('that comes again has no second effect, whole or mixed with new ones', async () => {
    const id = randomUUID();
    const first = delivered(counted(id));
    await service.handle([first, first]);
    await service.handle([delivered(counted(id)), first]);
    expect(await service.total(id)).toBe(2);
    expect((await service.summed(id)).map((event) => event.version)).toEqual([1, 2]);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(2);
  });

  test.each([
    ['full', '53100'],
    ['without memory', '53200'],
    ['at fault with its disk', '58030'],
    ['not letting anybody in', '28P01'],
    ['read-only', '25006'],
  ])("is nobody's fault when the database is %s: it comes again whole, and nothing is parked", async (_how, code) => {
    const trouble = Object.assign(new Error('no space left on device'), { code });
    const database = { ...service.database, transaction: () => Promise.reject(trouble) };
    const handle = batchHandler({ ...service.execution, database, subscriptions: [subscription], observer: silent });
    await expect(handle([delivered(counted(randomUUID()))])).rejects.toBe(trouble);
  });

  test('carries the cause into the events that follow', async () => {
    const id = randomUUID();
    const event = counted(id, {
      correlationId: 'poll-7',
      tenant: 'store-9',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    });
    await service.handle([delivered(event)]);
    const [row] = await service.database.query(
      'select tenant, correlation_id, causation_id, traceparent, type, version from event_log where aggregate_id = $1',
      [id],
    );
    expect(row).toEqual({
      tenant: 'store-9',
      correlation_id: 'poll-7',
      causation_id: event.id,
      traceparent: event.traceparent,
      type: 'test.summed',
      version: 1,
    });
  });

  test('parks what breaks its contract, with the reason, while the others flow', async () => {
    const id = randomUUID();
    const fates = await service.handle([
      delivered('{ not json'),
      delivered(counted(id)),
      delivered(counted(id, { data: { amount: 1.5 } })),
      delivered(counted(id), { topic: 'test.unheard.v1', attempt: 5 }),
      delivered(counted(id)),
    ]);
    expect(fates.map((fate) => ('reason' in fate ? fate.reason : fate.fate))).toEqual([
      'not-json',
      'done',
      'breaks-contract',
      'unknown-type',
      'done',
    ]);
    expect(fates[2]).toMatchObject({ fate: 'park', error: { class: 'ZodError', message: expect.stringContaining('amount') } });
    expect(await service.total(id)).toBe(2);
  });

  test('from a newer release takes effect without what that release has added', async () => {
    const id = randomUUID();
    const newer = { ...counted(id, { data: { amount: 3, effect: 'add', reason: 'a field of tomorrow' } as never }), flavor: 'unknown' };
    expect(await service.handle([delivered(newer)])).toEqual([{ fate: 'done' }]);
    expect(await service.total(id)).toBe(3);
  });

  test('in a version that only a newer release knows comes again until that one takes it, and is parked when none does', async () => {
    const fates = await service.handle([1, 4, 5].map((attempt) => delivered(counted(randomUUID()), { topic: 'test.counted.v2', attempt })));
    expect(fates).toMatchObject(['retry', 'retry', 'park'].map((fate) => ({ fate, reason: 'unknown-type' })));
  });

  test('with a poison message parks that one alone, with class, message and stack', async () => {
    const [good, bad] = [randomUUID(), randomUUID()];
    const poison = delivered(counted(bad, { data: { effect: 'throw' } }));
    const fates = await service.handle([delivered(counted(good)), poison, delivered(counted(good))]);
    expect(fates.map(({ fate }) => fate)).toEqual(['done', 'park', 'done']);
    expect(fates[1]).toMatchObject({
      error: { class: 'TypeError', message: 'this one is poison', stack: expect.stringContaining('decide') },
    });
    expect(await service.total(good)).toBe(2);
    expect(await inbox(poison.id)).toEqual([]);
  });

  test('refusals are values: done already is fine, too early comes again, not allowed waits for a person', async () => {
    const id = randomUUID();
    const effects = ['nothing', 'early', 'forbidden'] as const;
    const batch = effects.map((effect) => delivered(counted(id, { data: { effect } })));
    const fates = await service.handle(batch);
    expect(fates).toEqual([
      { fate: 'done' },
      { fate: 'retry', reason: 'too-early: no counter yet' },
      { fate: 'park', reason: 'not-allowed: never' },
    ]);
    expect(await inbox(batch[0]?.id as string)).toHaveLength(1);
    expect(await inbox(batch[2]?.id as string)).toEqual([]);

    await service.handle([delivered(counted(id))]);
    expect(await service.handle([batch[1] as never])).toEqual([{ fate: 'done' }]);
    expect(await service.total(id)).toBe(2);
  });

  test('from two processes at once, for things that neither knew, is added up without loss', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const fates = await Promise.all(
      [0, 1, 2, 3].map((n) => service.handle((n % 2 ? ids : ids.toReversed()).map((id) => delivered(counted(id))))),
    );
    for (const delivery of fates.flat().filter(({ fate }) => fate !== 'done')) expect(delivery.fate).toBe('retry');
    const lost = fates.flat().filter(({ fate }) => fate === 'retry').length;
    const totals = await Promise.all(ids.map(service.total));
    expect(totals.reduce<number>((sum, total) => sum + (total ?? 0), 0)).toBe(80 - lost);
    for (const id of ids) expect((await service.summed(id)).map((e) => e.version)).toEqual((await service.summed(id)).map((_, n) => n + 1));
  });

  test('with one that comes again and still has to wait for a lock gets the others done at once', async () => {
    const [stuck, free] = [randomUUID(), randomUUID()];
    await service.handle([delivered(counted(stuck))]);
    const holder = new pg.Client({ connectionString: service.url });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select from counting.counter where id = $1 for update', [stuck]);
      const startedAt = performance.now();
      const handled = service.handle([delivered(counted(stuck), { attempt: 2 }), delivered(counted(free))]);
      await eventually(async () => expect(await service.total(free)).toBe(1));
      const freeMs = performance.now() - startedAt;
      expect((await handled).map(({ fate }) => fate)).toEqual(['retry', 'done']);
      expect(performance.now() - startedAt).toBeLessThan(8_000);
      expect(freeMs).toBeLessThan(performance.now() - startedAt - 1_000);
    } finally {
      await holder.end();
    }
  });

  test('during a database outage is handed back whole, and blamed on no message', async () => {
    const id = randomUUID();
    const { pathname } = new URL(service.adminUrl);
    const name = pathname.slice(1);
    const admin = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
    await admin.connect();
    try {
      await admin.query(`alter database ${name} allow_connections false`);
      await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
      // On a connection that died, and on those that are refused after it.
      for (let n = 0; n < 5; n++) await expect(service.handle([delivered(counted(id))])).rejects.toThrow();
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
    // Connections that have died meanwhile are found out one by one.
    await eventually(async () => expect(await service.handle([delivered(counted(id))])).toEqual([{ fate: 'done' }]));
    expect(await service.total(id)).toBe(1);
  });
});
