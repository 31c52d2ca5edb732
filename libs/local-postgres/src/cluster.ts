import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@orderbus/kernel';
import { runAs } from './account.ts';
import type { Home } from './home.ts';
import { commandOf } from './process-identity.ts';

/** The superuser of the data and its password, which lies beside it, readable by its owner alone. */
export interface Superuser {
  readonly name: string;
  readonly password: string;
}

export const dataOf = (home: Pick<Home, 'folder'>): string => join(home.folder, 'data');

/** Creates the data when there is none yet, and refuses data of another major version. */
export const ensureCluster = async (home: Home, durable: boolean): Promise<Superuser> => {
  const found = (await readFile(join(dataOf(home), 'PG_VERSION'), 'utf8').catch(() => undefined))?.trim();
  const password = found === undefined ? await createCluster(home, durable) : await readFile(passwordFile(home), 'utf8');
  if (found !== undefined && found !== majorOf(home.version)) {
    throw new AppError('conflict', 'local-postgres.data-of-another-version', {
      folder: dataOf(home),
      versionOfData: found,
      versionOfServer: home.version,
    });
  }
  return { name: 'postgres', password: password.trim() };
};

/** Stops the server that a killed run has left behind. A stale pid file, or one whose number now is somebody else, is left alone. */
export const stopLeftover = async (home: Home): Promise<boolean> => {
  if (!(await runningServer(dataOf(home)))) return false;
  await stopServer(home);
  return true;
};

/** Fast: open transactions are rolled back and clients disconnected. Immediate, if that takes too long: the next start recovers. */
export const stopServer = async (home: Home): Promise<void> => {
  const stop = (mode: string, seconds: number) =>
    runAs(home.account, home.binaries.pgCtl, ['stop', '-D', dataOf(home), '-m', mode, '-w', '-t', String(seconds)]);
  await stop('fast', 15).catch(() => stop('immediate', 10));
};

/** A superuser's URL of the server that works on this data just now. */
export const runningUrl = async (home: Pick<Home, 'folder'>): Promise<string | undefined> => {
  if (!(await runningServer(dataOf(home)))) return undefined;
  // The fourth line is the port.
  const [, , , port] = (await readFile(join(dataOf(home), 'postmaster.pid'), 'utf8')).split('\n');
  return `postgres://postgres:${(await readFile(passwordFile(home), 'utf8')).trim()}@127.0.0.1:${port?.trim()}/postgres`;
};

/** The pid of the server that works on this data, if one does. */
const runningServer = async (data: string): Promise<number | undefined> => {
  const file = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(file, 10);
  if (!(pid > 0)) return undefined;
  // On Windows `pg_ctl` finds the server by a pipe that only a PostgreSQL process has: the number alone cannot mislead it.
  if (process.platform === 'win32') return pid;
  const command = commandOf(pid);
  return command?.includes('postgres') && command.includes(data) ? pid : undefined;
};

/** Built aside and renamed when complete: a run that is killed meanwhile leaves no half a cluster. */
const createCluster = async (home: Home, durable: boolean): Promise<string> => {
  const password = randomBytes(24).toString('base64url');
  const unfinished = `${dataOf(home)}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await rm(passwordFile(home), { force: true });
  await writeFile(passwordFile(home), `${password}\n`, { mode: 0o600 });
  if (home.account.uid !== undefined) await chown(passwordFile(home), home.account.uid, home.account.gid ?? home.account.uid);
  await runAs(home.account, home.binaries.initdb, [
    ...['-D', unfinished, '--username=postgres', `--pwfile=${passwordFile(home)}`, '--auth=scram-sha-256'],
    // The same order and case rules on every machine, whatever locales it has.
    ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...['--no-instructions', ...(durable ? [] : ['--no-sync'])],
  ]);
  await rename(unfinished, dataOf(home));
  return password;
};

const passwordFile = (home: Pick<Home, 'folder'>): string => join(home.folder, 'password');

const majorOf = (version: string): string => version.replace(/\D.*$/, '');
