import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase, provision } from '@orderbus/outbox';
import { eventually, type TestDatabase, testDatabase } from '@orderbus/testkit';
import { z } from 'zod';
import { parseConfig } from '../src/config.ts';
import { generateKey, keyRing, keySettings, type LiveKeyRing, neededKeys, rotate, type SealedColumn } from '../src/index.ts';
import { createLog, type Log } from '../src/log.ts';
import { watchKeys } from '../src/sealing/watch-keys.ts';

const [k1, k2, k3] = [1, 2, 3].map((n) => `k${n}:${generateKey()}`) as [string, string, string];
const everyMs = 50;
const columns: SealedColumn[] = [{ table: 'secret', idType: 'text', column: 'sealed', contextOf: (id) => id }];

let server: TestDatabase;
let database: Database;
let folder: string;
let file: string;
let said: object[];
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderbus-keys-'));
  server = await testDatabase();
  const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema: 'sealed', role: 'orderbus_sealed' }] });
  database = openDatabase({ url: urls.sealed as string, schema: 'sealed', entities: [], migrations: [] });
  await database.start();
  await database.query('create table secret (id text primary key, sealed text not null)');
});
beforeEach(async () => {
  await database.query('delete from sealing_key');
  await database.query('delete from secret');
  file = join(folder, Math.random().toString(36));
  said = [];
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
});
afterAll(async () => {
  await database.stop();
  await server.drop();
  await rm(folder, { recursive: true });
});

const log: Log = Object.assign(createLog({ service: 'keys', level: 'silent' }), { error: (details: object) => void said.push(details) });

/** An instance of a service with the keys of the file; without one, with these. */
const start = async (keys?: string): Promise<LiveKeyRing> => {
  const given = keys ? { ORDERBUS_KEYS: keys } : { ORDERBUS_KEYS_FILE: file };
  const settings = parseConfig(z.object(keySettings), { ...given, ORDERBUS_KEYS_EVERY: String(everyMs) });
  const watch = watchKeys(settings, { database, log });
  await watch.start();
  running.push(watch);
  return settings.ORDERBUS_KEYS;
};
const give = (keys: string) => writeFile(file, keys);
const keep = (ring: Pick<LiveKeyRing, 'seal'>, id: string) =>
  database.query('insert into secret values ($1, $2)', [id, ring.seal(`secret ${id}`, id)]);
const opened = async (keys: string): Promise<unknown[]> =>
  (await database.query<{ id: string; sealed: string }>('select id, sealed from secret order by id')).map(({ id, sealed }) =>
    keyRing(keys).open(sealed, id),
  );
const seals = (ring: LiveKeyRing, keyId: string) => eventually(() => expect(ring.keyIds[0]).toBe(keyId));

describe('keys in a file', () => {
  test('change in all instances while they run; then everything is sealed anew, and the old key can go', async () => {
    await give(k1);
    const instances = [await start(), await start()] as [LiveKeyRing, LiveKeyRing];
    await keep(instances[0], 'a');
    await give(`${k1},${k2}`);
    await give(`${k2},${k1}`);
    for (const ring of instances) await seals(ring, 'k2');
    await keep(instances[1], 'b');
    expect(await neededKeys(database)).toEqual(['k1', 'k2']);

    const [result] = await rotate({ database, ring: keyRing(`${k2},${k1}`), columns, everyMs });
    expect(result).toMatchObject({ sealed: 1, current: 1 });
    expect(await neededKeys(database)).toEqual(['k2']);
    await give(k2);
    for (const ring of instances) await eventually(() => expect(ring.keyIds).toEqual(['k2']));
    expect(await opened(k2)).toEqual(['secret a', 'secret b']);
    expect(said).toEqual([]);
  });

  test('without one that is still needed are refused: a running service goes on with those of before, and says so once', async () => {
    await give(k1);
    const ring = await start();
    await keep(ring, 'a');
    await give(k2);
    await eventually(() =>
      expect(said).toMatchObject([{ err: { code: 'sealing.key-missing', details: { missing: ['k1'], given: ['k2'] } } }]),
    );
    expect(ring.open(ring.seal(1, 'x'), 'x')).toBe(1);
    expect(ring.keyIds).toEqual(['k1']);
    await give(`${k2},${k1}`);
    await seals(ring, 'k2');
    expect(said).toHaveLength(1);
  });

  test('without one that is still needed keep a service from starting', async () => {
    await give(k1);
    await start();
    await give(`${k3},${k2}`);
    await expect(start()).rejects.toMatchObject({ kind: 'conflict', code: 'sealing.key-missing', details: { missing: ['k1'] } });
    await give(`${k2},${k1}`);
    expect((await start()).keyIds).toEqual(['k2', 'k1']);
  });

  test('that cannot be read as keys change nothing', async () => {
    await give(k1);
    const ring = await start();
    await give('k2:half');
    await eventually(() => expect(said).toMatchObject([{ err: { code: 'sealing.bad-keys' } }]));
    expect(JSON.stringify(said)).not.toContain('half');
    expect(ring.keyIds).toEqual(['k1']);
  });
});

describe('sealing anew', () => {
  test('waits for an instance that still seals with another key, and gives up rather than begin too early', async () => {
    await start(k1);
    const waited: (readonly string[])[] = [];
    const options = { database, ring: keyRing(`${k2},${k1}`), columns, everyMs, waiting: (ids: readonly string[]) => waited.push(ids) };
    await expect(rotate({ ...options, patienceMs: 300 })).rejects.toMatchObject({
      code: 'sealing.old-key-in-use',
      details: { sealsWith: ['k1'] },
    });
    expect(waited).toEqual([['k1']]);
    const waiting = rotate(options);
    for (const one of running.splice(0)) await one.stop();
    await waiting;
    expect(await neededKeys(database)).toEqual(['k2']);
  });

  test('leaves what it cannot open, says which key is missing, and that key stays needed', async () => {
    await keep(keyRing(k3), 'lost');
    await keep(keyRing(k1), 'known');
    await start(`${k1},${k3}`).then(() => running.splice(0)[0]?.stop());
    const [result] = await rotate({ database, ring: keyRing(`${k2},${k1}`), columns, everyMs });
    expect(result).toMatchObject({ sealed: 1, unopened: new Map([['k3', 1]]) });
    expect(await neededKeys(database)).toContain('k3');
  });
});
