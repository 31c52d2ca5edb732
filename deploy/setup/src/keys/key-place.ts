import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Database } from '@orderbus/outbox';
import { handOut } from './hand-out.ts';
import type { KeyList } from './key-list.ts';
import { queriesAt } from './queries.ts';
import type { Holder, Ring } from './rings.ts';

/** Where the keys of a ring are kept, from where services read them, and how to get at what they have sealed. */
export interface KeyPlace {
  /** For people. */
  readonly name: string;
  readonly holders: readonly Holder[];
  keys(): Promise<KeyList>;
  /** When they last changed. */
  changedAt(): Promise<Date>;
  /** For all who use them, whole or not at all. */
  keep(keys: KeyList): Promise<void>;
  dropped(): Promise<KeyList>;
  keepDropped(keys: KeyList): Promise<void>;
  /** In the schema of a service. Nothing is migrated here. */
  withQueries<T>(holder: Holder, work: (database: Pick<Database, 'query'>) => Promise<T>): Promise<T>;
}

/** The folder that setup fills: a copy of its own, and one for each service of the ring. */
export const setupPlace = (folder: string, ring: Ring): KeyPlace => ({
  ...filePlace(join(folder, 'installation', ring.file)),
  name: ring.name,
  holders: ring.holders,
  keep: async (keys) => {
    // The installation's own copy first: it is the one that setup hands out again at its next run.
    await keepFile(join(folder, 'installation', ring.file), keys);
    await handOut(folder, ring, keys);
  },
  withQueries: async ({ name, schema }, work) =>
    queriesAt((await readFile(join(folder, name, 'database-url'), 'utf8')).trim(), schema, work),
});

/** One file, which all services read. */
export const filePlace = (file: string): Omit<KeyPlace, 'name' | 'holders' | 'withQueries'> => ({
  keys: async () => (await readFile(file, 'utf8')).trim(),
  changedAt: async () => (await stat(file)).mtime,
  keep: (keys) => keepFile(file, keys),
  dropped: async () => (await readFile(`${file}.dropped`, 'utf8').catch(() => '')).trim(),
  keepDropped: async (keys) => (keys === '' ? rm(`${file}.dropped`, { force: true }) : keepFile(`${file}.dropped`, keys)),
});

const keepFile = async (file: string, keys: KeyList): Promise<void> => {
  if (keys === (await readFile(file, 'utf8').catch(() => '')).trim()) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${keys}\n`, { mode: 0o600 });
  await chmod(`${file}.new`, 0o600);
  await rename(`${file}.new`, file);
};
