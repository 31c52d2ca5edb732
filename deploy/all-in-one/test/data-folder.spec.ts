import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { keyRing } from '@orderbus/service-kit';
import { emptyDataFolder, openDataFolder } from '../src/data-folder.ts';

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'orderbus-data-'));
});
afterEach(() => rm(path, { recursive: true }));

describe('the data folder', () => {
  test('keeps its secrets to itself, and from start to start', async () => {
    const first = await openDataFolder(path, 'sandbox');
    expect(await openDataFolder(path, 'sandbox')).toEqual(first);
    for (const name of ['secret', 'keys']) expect((await stat(join(path, name))).mode & 0o777).toBe(0o600);
    const ring = keyRing((await readFile(first.keysFile, 'utf8')).trim());
    expect(ring.open(ring.seal('a buyer', 'order-1'), 'order-1')).toBe('a buyer');
  });

  test('never mixes invented orders with real ones', async () => {
    await openDataFolder(path, 'sandbox');
    await expect(openDataFolder(path, 'real')).rejects.toMatchObject({ code: 'data-folder.other-amazon', details: { holds: 'sandbox' } });
  });

  test('is emptied of what is ours, and of nothing else', async () => {
    const keys = await readFile((await openDataFolder(path, 'sandbox')).keysFile, 'utf8');
    await writeFile(join(path, 'thesis.txt'), 'not ours');
    await emptyDataFolder(path);
    expect(await readdir(path)).toEqual(['thesis.txt']);
    expect(await readFile((await openDataFolder(path, 'real')).keysFile, 'utf8')).not.toBe(keys);
  });
});
