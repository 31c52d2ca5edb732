import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@orderbus/kernel';
import { removeLocalPostgres } from '@orderbus/local-postgres';
import { generateKey } from '@orderbus/service-kit';

/** What an installation keeps on disk. */
export interface DataFolder {
  readonly postgres: string;
  readonly sandboxFile: string;
  /** What the passwords of the database roles are derived from. */
  readonly secret: string;
  /** Seals buyer data, unless ORDERBUS_KEYS is given. Losing it makes sealed data unreadable. */
  readonly keysFile: string;
}

/** @throws AppError `conflict` when it holds the orders of the other Amazon: invented and real ones never mix. */
export const openDataFolder = async (path: string, amazon: 'sandbox' | 'real'): Promise<DataFolder> => {
  // Passable for the account that runs the database when that is not ours; every secret in it has a mode of its own.
  await mkdir(path, { recursive: true, mode: 0o711 });
  const found = await keep(join(path, 'amazon'), () => amazon);
  if (found !== amazon) throw new AppError('conflict', 'data-folder.other-amazon', { path, holds: found });
  const keysFile = join(path, 'keys');
  await keep(keysFile, () => `k1:${generateKey()}`);
  return {
    postgres: join(path, 'postgres'),
    sandboxFile: join(path, 'sandbox.jsonl'),
    secret: await keep(join(path, 'secret'), () => randomBytes(32).toString('base64url')),
    keysFile,
  };
};

/** Deletes what `openDataFolder` and its users have put there, and nothing else that may lie in a folder somebody named by mistake. */
export const emptyDataFolder = async (path: string): Promise<void> => {
  await removeLocalPostgres(join(path, 'postgres'));
  for (const name of ['sandbox.jsonl', 'amazon', 'secret', 'keys', 'keys.dropped', 'addresses'])
    await rm(join(path, name), { force: true });
};

/** Where the services of a running system are. */
export type Addresses = Readonly<Record<string, string>>;

/** For whoever looks at the running system from outside. Nothing: it has stopped. */
export const keepAddresses = async (path: string, addresses: Addresses | undefined): Promise<void> => {
  const file = join(path, 'addresses');
  await (addresses ? writeFile(file, `${JSON.stringify(addresses)}\n`) : rm(file, { force: true }));
};

/** Of the system that runs in this folder; after a kill, where it was. Nothing: none runs. */
export const addressesIn = async (path: string): Promise<Addresses | undefined> => {
  const text = await readFile(join(path, 'addresses'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
};

/** The file's content; made on first use, readable by its owner alone. */
const keep = async (file: string, make: () => string): Promise<string> => {
  try {
    await writeFile(file, `${make()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
};
