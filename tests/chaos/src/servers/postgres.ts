import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { chown, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@orderbus/testkit';
import { query } from '@orderbus/tests-system/sql';
import { accountOf, folderFor, freePorts } from './account.ts';

const run = promisify(execFile);

/** A PostgreSQL that nobody else uses, which may be stopped and started at will. */
export interface Postgres {
  /** A superuser's. */
  readonly adminUrl: string;
  readonly pid: number;
  /** Is the process there? */
  readonly running: boolean;
  /** The disk of its own that it lies on, if it was given one. */
  readonly disk: Disk | undefined;
  /** `fast` lets it close what is open; `immediate` is a crash, after which it recovers from its log. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** For good, with all that it holds. */
  remove(): Promise<void>;
}

/** A file system in memory, of a size that can be changed while it is in use. */
interface Disk {
  /** Nothing fits in any more. */
  fill(): Promise<void>;
  /** There is room again. */
  free(): Promise<void>;
}

const installed = '/usr/lib/postgresql';

/** Debian's binaries, the newest version. */
const binaries = (): string => {
  const [newest] = readdirSync(installed).sort((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Error(`There is no PostgreSQL in ${installed}: apt-get install postgresql`);
  return join(installed, newest, 'bin');
};

/** With a disk of its own it takes the rights of root. */
export const privatePostgres = async ({ ownDisk = false } = {}): Promise<Postgres> => {
  const account = await accountOf('postgres');
  const folder = await folderFor(account, 'postgres');
  const disk = ownDisk ? await mountAt(folder) : undefined;
  if (disk && account.uid !== undefined) await chown(folder, account.uid, account.gid as number);
  const bin = binaries();
  const [port = 0] = await freePorts(1);
  const options = { ...account, cwd: folder, env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH } };
  const password = randomUUID();
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password);
  const how = ['-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--no-sync'];
  await run(join(bin, 'initdb'), ['-D', join(folder, 'data'), ...how], options);

  const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;
  const onExit = () => {
    child?.kill('SIGKILL');
    if (disk) unmount(folder);
  };
  process.once('exit', onExit);

  const running = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;

  const server: Postgres = {
    adminUrl,
    disk,
    get running() {
      return running();
    },
    get pid() {
      return child?.pid ?? 0;
    },
    start: async () => {
      // What was committed survives a crash of the server; not one of the machine, which nobody plays here.
      const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=400', 'fsync=off'];
      child = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), ...settings.flatMap((one) => ['-c', one])], {
        ...options,
        stdio: 'ignore',
        detached: true,
      });
      await eventually(() => query(adminUrl, 'select 1'), { withinMs: 60_000, everyMs: 50 });
    },
    stop: async (how) => {
      if (!child || !running()) return;
      const exited = once(child, 'exit');
      child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await exited;
    },
    remove: async () => {
      process.off('exit', onExit);
      await server.stop('immediate');
      if (disk) unmount(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
  await server.start();
  return server;
};

const roomy = '4g';

const mountAt = async (folder: string): Promise<Disk> => {
  await run('mount', ['-t', 'tmpfs', '-o', `size=${roomy},mode=700`, 'tmpfs', folder]);
  const resize = async (size: string): Promise<void> => void (await run('mount', ['-o', `remount,size=${size}`, folder]));
  return {
    fill: async () => {
      const { blocks, bfree, bsize } = await statfs(folder);
      // A little more than there is: the rest is soon gone.
      await resize(String((blocks - bfree) * bsize + 256 * 1024));
    },
    free: () => resize(roomy),
  };
};

const unmount = (folder: string): void => {
  // Lazily: a process that is just ending may still be in it.
  execFileSync('umount', ['-l', folder]);
};
