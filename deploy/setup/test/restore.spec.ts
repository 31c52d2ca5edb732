import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase, provision } from '@orderbus/outbox';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';
import pg from 'pg';
import { restoreBackup } from '../src/backup/restore-backup.ts';
import { takeBackup } from '../src/backup/take-backup.ts';
import { residents, tenancyOf } from '../src/index.ts';

/** Of one service: what its backup and its restore do is the same for all. */
const billing = residents.filter(({ name }) => name === 'billing');
let source: TestDatabase;
let folder = '';
let backup = '';

beforeAll(async () => {
  [source, folder] = await Promise.all([testDatabase(), mkdtemp(join(tmpdir(), 'orderbus-restore-'))]);
  for (const { schema, migrations } of billing) {
    const urls = await provision({ adminUrl: source.url, secret: 'test', tenancies: billing.map(tenancyOf) });
    const database = openDatabase({ url: urls[schema] as string, schema, migrations, entities: [], poolSize: 2, log: () => {} });
    await database.start();
    await database.query(`insert into number_series values ('invoice:na', 42), ('invoice:eu', 7001)`);
    await database.stop();
  }
  backup = join(folder, 'backup');
  await takeBackup({ adminUrl: source.url, to: backup, keys: {}, environment: process.env });
});
afterAll(async () => {
  await source?.drop();
  await rm(folder, { recursive: true, force: true });
});

const into = async <T>(work: (target: TestDatabase, client: pg.Client) => Promise<T>): Promise<T> => {
  const target = await testDatabase();
  const client = new pg.Client({ connectionString: target.url });
  await client.connect();
  try {
    return await work(target, client);
  } finally {
    await client.end();
    await target.drop();
  }
};
const restore = (target: TestDatabase, from = backup, more: { leaveOut?: number; environment?: NodeJS.ProcessEnv } = {}) =>
  restoreBackup({ adminUrl: target.url, from, keys: {}, environment: process.env, replayMs: 0, ...more });

describe('numbers of invoices', () => {
  const nextIn = async (client: pg.Client) =>
    (await client.query('select name, next::int from billing.number_series order by name')).rows.map(({ name, next }) => `${name} ${next}`);

  test('that may have been given after the backup are not given again', () =>
    into(async (target, client) => {
      const { moved } = await restore(target);
      expect(moved).toEqual([
        { schema: 'billing', name: 'invoice:eu', from: 7_001, to: 9_000 },
        { schema: 'billing', name: 'invoice:na', from: 42, to: 2_000 },
      ]);
      expect(await nextIn(client)).toEqual(['invoice:eu 9000', 'invoice:na 2000']);
    }));

  test('go on exactly where somebody says, also without a gap', () =>
    into(async (target, client) => {
      await restore(target, backup, { leaveOut: 10 });
      expect(await nextIn(client)).toEqual(['invoice:eu 7011', 'invoice:na 52']);
    }).then(() =>
      into(async (target, client) => {
        expect((await restore(target, backup, { leaveOut: 0 })).moved).toEqual([]);
        expect(await nextIn(client)).toEqual(['invoice:eu 7001', 'invoice:na 42']);
      }),
    ));

  test('leave more out, the more there was to number in a day, and the more days have gone', () =>
    into(async (target, client) => {
      const busy = join(folder, 'busy');
      const writer = new pg.Client({ connectionString: source.url });
      await writer.connect();
      await writer.query(eventsADay(3_000));
      await writer.end();
      await takeBackup({ adminUrl: source.url, to: busy, keys: {}, environment: process.env });
      await inManifest(busy, (manifest) => {
        manifest.takenAt = new Date(Date.parse(manifest.takenAt) - 5 * 86_400_000).toISOString();
      });
      await restore(target, busy);
      // 3,000 on each of five days and two more, from 42 on.
      expect(await nextIn(client)).toContain('invoice:na 22000');
    }));
});

const eventsADay = (events: number): string => `
  insert into billing.event_log (id, type, version, aggregate_id, aggregate_version, tenant, occurred_at, recorded_at, correlation_id, data)
  select gen_random_uuid(), 'invoice.issued', 1, gen_random_uuid(), 1, 'na', now(), now() - interval '6 days', 'c', '{}'
  from generate_series(1, ${events})`;

interface ManifestFile {
  takenAt: string;
  postgres: { version: number };
}
const inManifest = async (at: string, change: (manifest: ManifestFile) => void): Promise<void> => {
  const file = join(at, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  change(manifest);
  await writeFile(file, JSON.stringify(manifest));
};

describe('a restore is refused, by name, and changes nothing', () => {
  const refused = (environment: NodeJS.ProcessEnv, from = backup) =>
    into(async (target, client) => {
      const code = await restore(target, from, { environment }).then(
        () => 'restored',
        ({ code: its }: { code: string }) => its,
      );
      expect((await client.query(`select from pg_namespace where nspname = 'billing'`)).rowCount).toBe(0);
      return code;
    });

  test('where the tools of PostgreSQL are missing, or older than the server', async () => {
    expect(await refused({ ...process.env, PG_BIN: join(folder, 'nowhere') })).toBe('backup.no-tool');
    const program = join(folder, 'pg_restore');
    await writeFile(program, '#!/bin/sh\necho "pg_restore (PostgreSQL) 9.6.24"\n');
    await chmod(program, 0o755);
    expect(await refused({ ...process.env, PG_BIN: folder })).toBe('backup.tool-too-old');
  });

  test('where the server is older than the one of the backup', async () => {
    const newer = join(folder, 'newer');
    await takeBackup({ adminUrl: source.url, to: newer, keys: {}, environment: process.env });
    await inManifest(newer, (manifest) => {
      manifest.postgres.version = 990_001;
    });
    expect(await refused(process.env, newer)).toBe('backup.server-too-old');
  });

  test('and so is a backup without its tool', async () => {
    const options = { adminUrl: source.url, to: join(folder, 'none'), keys: {}, environment: { PG_BIN: join(folder, 'nowhere') } };
    await expect(takeBackup(options)).rejects.toMatchObject({ code: 'backup.no-tool' });
  });
});
