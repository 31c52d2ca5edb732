import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
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
  /** `fast` lets it close what is open; `immediate` is a crash, after which it recovers from its log. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** For good, with all that it holds. */
  remove(): Promise<void>;
}

const installed = '/usr/lib/postgresql';

/** Debian's binaries, the newest version. */
const binaries = (): string => {
  const [newest] = readdirSync(installed).sort((a, b) => Number(b) - Number(a));
  if (newest === undefined) throw new Error(`There is no PostgreSQL in ${installed}: apt-get install postgresql`);
  return join(installed, newest, 'bin');
};

export const privatePostgres = async (): Promise<Postgres> => {
  const account = await accountOf('postgres');
  const folder = await folderFor(account, 'postgres');
  const bin = binaries();
  const [port = 0] = await freePorts(1);
  const options = { ...account, cwd: folder, env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH } };
  await run(join(bin, 'initdb'), ['-D', join(folder, 'data'), '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'], options);

  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let child: ChildProcess | undefined;
  const onExit = () => child?.kill('SIGQUIT');
  process.once('exit', onExit);

  const server: Postgres = {
    adminUrl,
    get pid() {
      return child?.pid ?? 0;
    },
    start: async () => {
      // What was committed survives a crash of the server; not one of the machine, which nobody plays here.
      const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'fsync=off'];
      child = spawn(join(bin, 'postgres'), ['-D', join(folder, 'data'), ...settings.flatMap((one) => ['-c', one])], {
        ...options,
        stdio: 'ignore',
        detached: true,
      });
      await eventually(() => query(adminUrl, 'select 1'), { withinMs: 60_000, everyMs: 50 });
    },
    stop: async (how) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      await exited;
    },
    remove: async () => {
      process.off('exit', onExit);
      await server.stop('immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
};
