import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@orderbus/kernel';
import pg from 'pg';
import { spawnOptions } from './account.ts';
import { dataOf, type Superuser } from './cluster.ts';
import type { Home } from './home.ts';

export interface ServerOptions {
  readonly port: number | undefined;
  readonly durable: boolean;
  readonly maxConnections: number;
}

export interface Server {
  readonly adminUrl: string;
  readonly process: ChildProcess;
}

const attempts = 5;
const startDeadlineMs = 120_000;

/** Starts the server and waits until it answers. A free port may be taken by somebody else before the server has it: then another one. */
export const startServer = async (home: Home, superuser: Superuser, options: ServerOptions, findPort = freePort): Promise<Server> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(options.port ?? (await findPort()), home, superuser, options);
    } catch (error) {
      const taken = error instanceof AppError && /could not bind|address already in use/i.test(String(error.details.log));
      if (!taken || options.port !== undefined || attempt === attempts) throw error;
    }
  }
};

/** The end of what the server has said; it is told not to repeat statements or values. */
export const lastWords = (home: Home): string => readFileSync(logFile(home), 'utf8').trim().slice(-2_000);

const startOn = async (port: number, home: Home, superuser: Superuser, options: ServerOptions): Promise<Server> => {
  const child = launch(port, home, options);
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const adminUrl = `postgres://${superuser.name}:${superuser.password}@127.0.0.1:${port}/postgres`;
  const deadline = Date.now() + startDeadlineMs;
  while (!(await answers(adminUrl))) {
    if (failure || hasExited(child)) {
      throw new AppError('unavailable', 'local-postgres.did-not-start', { port, log: lastWords(home) }, { cause: failure });
    }
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      await once(child, 'exit');
      throw new AppError('unavailable', 'local-postgres.start-too-slow', { port, log: lastWords(home) });
    }
    await sleep(25);
  }
  return { adminUrl, process: child };
};

const launch = (port: number, home: Home, options: ServerOptions): ChildProcess => {
  const log = openSync(logFile(home), 'w', 0o600);
  try {
    return spawn(home.binaries.postgres, ['-D', dataOf(home), ...settings(port, options).flatMap((setting) => ['-c', setting])], {
      ...spawnOptions(home.account),
      // A process group of its own: Ctrl-C in the terminal reaches us, and we stop the server when nobody needs it any more.
      detached: true,
      // A file, not a pipe: the server outlives us if we are killed, and must not die of a closed pipe.
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
};

const settings = (port: number, { durable, maxConnections }: ServerOptions): string[] => [
  'listen_addresses=127.0.0.1',
  `port=${port}`,
  'unix_socket_directories=',
  `max_connections=${maxConnections}`,
  'timezone=UTC',
  'log_timezone=UTC',
  'log_checkpoints=off',
  // Values are business data and stay in their tables.
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
];

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
};

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });

export const hasExited = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const logFile = (home: Home): string => join(home.folder, 'server.log');
