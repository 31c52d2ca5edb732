import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase, provision } from '@orderbus/outbox';
import { generateKey, keyRing, neededKeys, type SealedColumn } from '@orderbus/service-kit';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';
import { changeKeys, dropKeys, type KeyPlace, queriesAt, restoreKeys, setupPlace } from '../src/keys/index.ts';
import { idsIn } from '../src/keys/key-list.ts';
import { rings } from '../src/keys/rings.ts';

const columns: readonly SealedColumn[] = [{ table: 'secret', idType: 'text', column: 'sealed', contextOf: (id) => id }];
const [buyers] = rings;
if (!buyers) throw new Error('nobody seals');

let server: TestDatabase;
let database: Database;
let folder: string;
let place: KeyPlace;
let said: string[];

beforeAll(async () => {
  server = await testDatabase();
  const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema: 'sealed', role: 'orderbus_sealed' }] });
  database = openDatabase({ url: urls.sealed as string, schema: 'sealed', entities: [], migrations: [] });
  await database.start();
  await database.query('create table secret (id text primary key, sealed text not null)');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderbus-setup-'));
  await database.query('delete from sealing_key');
  await database.query('delete from secret');
  said = [];
  // The services of the ring, each of which keeps its things in one and the same table.
  place = {
    ...setupPlace(folder, buyers),
    holders: buyers.holders.map((holder) => ({ ...holder, keys: { ...holder.keys, sealed: columns } })),
    withQueries: (_, work) => queriesAt(server.url, 'sealed', work),
  };
  await place.keep(`k1:${generateKey()}`);
  const ring = keyRing(await place.keys());
  await database.query('insert into secret values ($1, $2)', ['a', ring.seal('secret a', 'a')]);
});
afterAll(async () => {
  await database.stop();
  await server.drop();
});

const options = () => ({ place, everyMs: 50, say: (words: string) => said.push(words) });
const opened = async (keys: string): Promise<unknown[]> =>
  (await database.query<{ id: string; sealed: string }>('select id, sealed from secret')).map(({ id, sealed }) =>
    keyRing(keys).open(sealed, id),
  );

describe('a new key for a ring', () => {
  test('is handed out, seals everything, and lets the old one go two hours later', async () => {
    await changeKeys(options());
    const keys = await place.keys();
    expect(idsIn(keys)).toEqual(['k2', 'k1']);
    for (const { name } of buyers.holders) {
      expect((await readFile(join(folder, name, 'keys'), 'utf8')).trim()).toBe(keys);
      expect((await stat(join(folder, name, 'keys'))).mode & 0o777).toBe(0o600);
    }
    await expect(dropKeys(options())).rejects.toMatchObject({ code: 'keys.on-their-way', details: { keys: ['k1'] } });
    await dropKeys(options(), { now: Date.now() + 2 * 3_600_000 + 60_000 });
    expect(idsIn(await place.keys())).toEqual(['k2']);
    expect(await opened(await place.keys())).toEqual(['secret a']);
    expect(said.join('\n')).toContain('secret.sealed: 1 sealed anew, 0 were already');
    expect(said.join('\n')).not.toMatch(/[A-Za-z0-9+/]{43}=/);
  });

  test('has an id that was never used, also not by one that was dropped', async () => {
    await changeKeys(options());
    await dropKeys(options(), { anyway: true });
    await place.keep((await place.keys()).replace('k2:', 'mine:'));
    await database.query(`update sealing_key set key_id = 'mine'`);
    await database.query(`update secret set sealed = replace(sealed, 'v1.k2.', 'v1.mine.')`);
    await place.keepDropped(`${await place.dropped()},k7:${generateKey()}`);
    await changeKeys(options());
    expect(idsIn(await place.keys())).toEqual(['k8', 'mine']);
    expect(await opened(await place.keys())).toEqual(['secret a']);
  });

  test('that was handed out when somebody interrupted it is the one that is used the next time', async () => {
    const interrupted = {
      ...place,
      keep: async (keys: string) => (idsIn(keys)[0] === 'k1' ? place.keep(keys) : Promise.reject(new Error('power cut'))),
    };
    await expect(changeKeys({ ...options(), place: interrupted })).rejects.toThrow('power cut');
    const handedOut = await place.keys();
    expect(idsIn(handedOut)).toEqual(['k1', 'k2']);
    await changeKeys(options());
    expect(idsIn(await place.keys())).toEqual(['k2', 'k1']);
    expect((await place.keys()).split(',').sort()).toEqual(handedOut.split(',').sort());
  });
});

describe('an old key', () => {
  test('is not dropped while a service needs it', async () => {
    await changeKeys(options());
    await database.query(`insert into sealing_key (key_id, seals_at) values ('k1', now())`);
    await expect(dropKeys(options(), { anyway: true })).rejects.toMatchObject({ code: 'keys.needed', details: { keys: ['k1'] } });
    expect(idsIn(await place.keys())).toEqual(['k2', 'k1']);
  });

  test('that was dropped too early is put back', async () => {
    const before = await place.keys();
    await changeKeys(options());
    await dropKeys(options(), { anyway: true });
    await restoreKeys(options());
    expect(idsIn(await place.keys())).toEqual(['k2', 'k1']);
    expect(await place.keys()).toContain(before);
    expect(await readdir(join(folder, 'installation'))).toEqual([buyers.file]);
  });

  test('that is gone for good is told, and what it has sealed stays', async () => {
    await database.query('insert into secret values ($1, $2)', ['b', keyRing(`gone:${generateKey()}`).seal('b', 'b')]);
    await expect(changeKeys(options())).rejects.toMatchObject({ code: 'keys.missing', details: { keys: ['gone'] } });
    expect(said.join('\n')).toContain('1 cannot be opened: gone is not among the keys');
    expect(await neededKeys(database)).toContain('k1');
  });
});

test('setup hands out at its next run what a change of keys has left', async () => {
  await changeKeys(options());
  const keys = await place.keys();
  await writeFile(join(folder, 'order', 'keys'), 'lost');
  await setupPlace(folder, buyers).keep(keys);
  expect((await readFile(join(folder, 'order', 'keys'), 'utf8')).trim()).toBe(keys);
  await rm(folder, { recursive: true });
});
