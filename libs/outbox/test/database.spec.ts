import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, type TestDatabase, testDatabase } from '@orderbus/testkit';
import pg from 'pg';
import { type EntityManager, EntitySchema } from 'typeorm';
import {
  databaseStatistics,
  insertMissing,
  insertNew,
  isConnectionLoss,
  openDatabase,
  openNumberSeries,
  provision,
  updateExisting,
  upsert,
} from '../src/index.ts';
import { type CountingService, countingService, openCounters } from './counters.ts';

interface Sample {
  id: number;
  label: string | null;
  tags: string[];
  details: unknown;
  seenAt: string | null;
}

const SampleEntity = new EntitySchema<Sample>({
  name: 'sample',
  columns: {
    id: { type: 'bigint', primary: true },
    label: { type: 'text', nullable: true },
    tags: { type: 'text[]' as never },
    details: { type: 'jsonb', nullable: true },
    seenAt: { type: 'timestamptz', name: 'seen_at', nullable: true },
  },
});

describe('bulk statements', () => {
  let service: CountingService;
  beforeAll(async () => {
    service = await countingService();
    await service.database.query(
      'create table sample (id bigint primary key, label text, tags text[] not null, details jsonb, seen_at timestamptz)',
    );
  });
  afterAll(() => service.stop());
  const all = () => service.database.query<Sample>('select id, label, tags, details, seen_at as "seenAt" from sample order by id');
  const inTransaction = (work: Parameters<typeof service.database.transaction>[0]) => service.database.transaction(work);

  const odd: Sample = {
    id: 1,
    label: `it's "odd" \\ {,}`,
    tags: ['a,b', '"c"', 'ü'],
    details: { nested: [1, null, 'x'] },
    seenAt: '2026-11-23T10:00:00.000Z',
  };
  const bare: Sample = { id: 2, label: null, tags: [], details: null, seenAt: null };

  test('keep every value as it was: quotes, arrays, documents, times, nothing', async () => {
    await inTransaction((tx) => insertNew(tx, SampleEntity, [odd, bare]));
    expect(await all()).toEqual([odd, bare]);
  });

  test('insert only what is new, or say that somebody else was first', async () => {
    await expect(inTransaction((tx) => insertNew(tx, SampleEntity, [bare, { ...bare, id: 3 }]))).rejects.toMatchObject({
      code: 'row.created-elsewhere',
    });
    expect(await all()).toHaveLength(2);
    await inTransaction((tx) =>
      insertMissing(tx, SampleEntity, [
        { ...bare, label: 'ignored' },
        { ...bare, id: 3 },
      ]),
    );
    expect((await all()).map((row) => row.label)).toEqual([odd.label, null, null]);
  });

  test('update and replace whole rows', async () => {
    await inTransaction((tx) => updateExisting(tx, SampleEntity, [{ ...bare, label: 'two', tags: ['x'] }]));
    await inTransaction((tx) =>
      upsert(tx, SampleEntity, [
        { ...bare, id: 3, label: 'three' },
        { ...bare, id: 4, label: 'four' },
      ]),
    );
    expect((await all()).map((row) => row.label)).toEqual([odd.label, 'two', 'three', 'four']);
  });
});

describe('a number series', () => {
  let service: CountingService;
  beforeAll(async () => {
    service = await countingService();
  });
  afterAll(() => service.stop());

  const take = (count: number, fail = false) =>
    service.database.transaction(async (tx) => {
      const { context, finish } = await openNumberSeries(tx, ['invoice']);
      const numbers = Array.from({ length: count }, () => context.take('invoice'));
      await finish();
      if (fail) throw new Error('rolled back');
      return numbers;
    });

  test('has no gap and no number twice, whoever takes at the same time and whatever is rolled back', async () => {
    const takers = Array.from({ length: 30 }, (_, n) => take(n % 4, n % 5 === 0).catch(() => []));
    const numbers = (await Promise.all(takers)).flat().sort();
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers).toEqual(numbers.map((_, n) => String(n + 1).padStart(9, '0')));
  });
});

describe('provisioning', () => {
  let server: TestDatabase;
  beforeAll(async () => {
    server = await testDatabase();
  });
  afterAll(() => server.drop());
  const tenancies = [
    { schema: 'left', role: 'orderbus_test_left' },
    { schema: 'right', role: 'orderbus_test_right' },
  ];

  test('gives each service a role that sees its own schema and no other, and does so again without harm', async () => {
    await provision({ adminUrl: server.url, secret: 's', tenancies });
    const urls = await provision({ adminUrl: server.url, secret: 's', tenancies });
    const left = new pg.Client({ connectionString: urls.left });
    const right = new pg.Client({ connectionString: urls.right });
    await left.connect();
    await right.connect();
    await left.query('create table "left".mine (id int)');
    await expect(right.query('select * from "left".mine')).rejects.toThrow(/permission denied for schema left/);
    await expect(right.query('create table public.mine (id int)')).rejects.toThrow(/permission denied for schema public/);
    await left.end();
    await right.end();
  });
});

describe('opening a database', () => {
  test('asks to come again, instead of missing its tables, until it is up to date', async () => {
    const server = await testDatabase();
    const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema: 'counting', role: 'orderbus_counting' }] });
    const database = openCounters(urls.counting as string);
    const notReady = { kind: 'unavailable', code: 'database.not-ready' };
    await expect(database.query('select 1 from counter')).rejects.toMatchObject(notReady);
    await expect(database.transaction(async () => {})).rejects.toMatchObject(notReady);
    await database.start();
    expect(await database.query('select 1 from counter')).toEqual([]);
    await database.stop();
    await server.drop();
  });

  test('waits, where somebody else migrates, until that is done', async () => {
    const server = await testDatabase();
    const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema: 'counting', role: 'orderbus_counting' }] });
    const said: string[] = [];
    const waiting = openCounters(urls.counting as string, { migrate: 'wait', log: (message) => said.push(message) });
    const started = waiting.start();
    await eventually(() => expect(said).toEqual(['waiting for the migrations']));
    await expect(waiting.query('select 1')).rejects.toMatchObject({ code: 'database.not-ready' });

    const migrating = openCounters(urls.counting as string);
    await migrating.start();
    await started;
    expect(await waiting.query('select 1 from counter')).toEqual([]);
    await migrating.stop();
    await waiting.stop();
    await server.drop();
  });

  test('knows the sizes of its tables, its connections, and since when one of them holds dead rows back', async () => {
    const service = await countingService();
    const { database } = service;
    try {
      await database.query(
        `insert into counter (id, tenant, version, total) select gen_random_uuid(), 't', 1, n from generate_series(1, 100) n`,
      );
      const { tables, connections, oldestSnapshotSeconds } = await databaseStatistics(database);
      expect(tables.map(({ table }) => table)).toEqual(expect.arrayContaining(['counter', 'outbox', 'event_log', 'dead_letter']));
      for (const { bytes, rows, deadRows } of tables) expect([bytes >= 0, rows >= 0, deadRows >= 0]).toEqual([true, true, true]);
      expect(connections.active).toBe(1);
      expect(oldestSnapshotSeconds).toBe(0);
      expect(database.pool).toMatchObject({ waiting: 0, total: expect.any(Number) });

      await database.transaction(async (tx) => {
        await tx.query('set transaction isolation level repeatable read');
        await tx.query('select count(*) from counter');
        const meanwhile = await databaseStatistics(database);
        expect(meanwhile.connections['idle in transaction']).toBe(1);
        expect(meanwhile.oldestSnapshotSeconds).toBeGreaterThan(0);
        expect(database.pool.total).toBeGreaterThanOrEqual(2);
      });
    } finally {
      await service.stop();
    }
  });

  test('bears that a new connection is killed before anybody has used it', async () => {
    // Signs the client in and throws it out with the same packet, as a server does that is shutting down.
    const signedIn = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
    const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0');
    const thrownOut = Buffer.concat([Buffer.from([0x45, 0, 0, 0, 4 + fields.length]), fields]);
    let connections = 0;
    const server = createServer((socket) => {
      connections++;
      socket.on('error', () => {});
      socket.once('data', () => socket.end(Buffer.concat([signedIn, thrownOut])));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `postgres://somebody@127.0.0.1:${(server.address() as AddressInfo).port}/none`;
    const database = openDatabase({ url, schema: 'none', entities: [], migrations: [] });
    const starting = database.start();
    await eventually(() => expect(connections).toBeGreaterThan(2));
    await database.stop();
    await starting;
    await new Promise((resolve) => server.close(resolve));
  });

  test('knows a connection that is lost in the middle of a transaction, wherever the loss is noticed', async () => {
    const service = await countingService();
    const failure = (work: Parameters<typeof service.database.transaction>[0]) =>
      service.database.transaction(work).then(
        () => undefined,
        (error: unknown) => error,
      );
    const killed = (tx: EntityManager) => tx.query('select pg_terminate_backend(pg_backend_pid())').catch(() => undefined);
    const losses = [
      await failure((tx) => tx.query('select pg_terminate_backend(pg_backend_pid())')),
      await failure(killed),
      await failure(async (tx) => {
        await killed(tx);
        await tx.query('select 1');
      }),
      await failure(async (tx) => {
        await killed(tx);
        await eventually(() => expect(tx.queryRunner?.isReleased).toBe(true));
        await tx.query('select 1');
      }),
    ];
    expect(losses.map((error) => [(error as Error | undefined)?.message, isConnectionLoss(error)])).toEqual(
      losses.map((error) => [(error as Error | undefined)?.message, true]),
    );
    await service.stop();
  });

  test('tells a lost connection from a mistake', async () => {
    const nowhere = openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', schema: 'x', entities: [], migrations: [] });
    const error = await nowhere.source.initialize().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isConnectionLoss(error)).toBe(true);
    expect(isConnectionLoss(new Error('syntax error at or near "selct"'))).toBe(false);
  });
});
