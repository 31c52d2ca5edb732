import { once } from 'node:events';
import { mkdir, realpath, rm } from 'node:fs/promises';
import { AppError } from '@orderbus/kernel';
import { installedBinaries } from './binaries.ts';
import { ensureCluster, runningUrl, stopLeftover, stopServer } from './cluster.ts';
import { findHome, movedTo } from './home.ts';
import type { LocalPostgresLog } from './log.ts';
import { takeOwnership } from './ownership.ts';
import { hasExited, lastWords, startServer } from './server.ts';

export interface LocalPostgresOptions {
  /** Belongs to the server alone: data, password, log and lock. Created when missing. */
  readonly folder: string;
  /** Default: a free one. */
  readonly port?: number;
  /** `false` trades safety for speed, for tests. Default `true`. */
  readonly durable?: boolean;
  readonly maxConnections?: number;
  readonly log?: LocalPostgresLog;
  /** The server has ended although nobody stopped it. */
  readonly onLost?: (reason: string) => void;
}

export interface LocalPostgres {
  /** A superuser's URL, with its password. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL from npm on 127.0.0.1, with its data in a folder. It starts over the data of earlier runs, and after a run that was
 * killed. It never handles signals: who has started it stops it, last of all.
 * @throws AppError `conflict` when another living process has the folder, or the data is of another major version.
 */
export const startLocalPostgres = async (options: LocalPostgresOptions): Promise<LocalPostgres> => {
  const { durable = true, log = () => {} } = options;
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const folder = await realpath(options.folder);
  const ownership = await own(folder);
  try {
    const home = await findHome(folder, installedBinaries(), log);
    if (await stopLeftover(home)) log('the database server of a killed run was still there and has been stopped', { folder });
    const superuser = await ensureCluster(home, durable);
    const server = await startServer(home, superuser, { port: options.port, durable, maxConnections: options.maxConnections ?? 100 });
    const { process: child } = server;

    // A process that leaves without stopping us takes the server along. Signals are not our business.
    const onExit = () => {
      child.kill('SIGINT');
      ownership.release();
    };
    process.once('exit', onExit);
    const onLost = () => options.onLost?.(lastWords(home));
    child.once('exit', onLost);
    child.unref();

    return {
      adminUrl: server.adminUrl,
      stop: async () => {
        child.off('exit', onLost);
        process.off('exit', onExit);
        if (!hasExited(child)) {
          child.ref();
          await Promise.all([once(child, 'exit'), stopServer(home).catch(() => child.kill('SIGKILL'))]);
        }
        ownership.release();
      },
    };
  } catch (error) {
    ownership.release();
    throw error;
  }
};

/** The administrator's URL of a server that somebody else has started in this folder, for whoever may read the password there. */
export const runningPostgres = async (folder: string): Promise<string | undefined> => {
  const path = await realpath(folder).catch(() => undefined);
  return path && (await runningUrl({ folder: (await movedTo(path)) ?? path }));
};

/** Deletes the folder and whatever of it had to be kept elsewhere, after stopping a server that a killed run has left behind. */
export const removeLocalPostgres = async (folder: string): Promise<void> => {
  const path = await realpath(folder).catch(() => undefined);
  if (path === undefined) return;
  const ownership = await own(path);
  try {
    await stopLeftover(await findHome(path, installedBinaries(), () => {}));
    const moved = await movedTo(path);
    if (moved !== undefined) await rm(moved, { recursive: true, force: true });
  } finally {
    ownership.release();
  }
  await rm(path, { recursive: true, force: true });
};

const own = async (folder: string) => {
  try {
    return await takeOwnership(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error;
    throw new AppError('conflict', 'local-postgres.folder-of-another-account', { folder }, { cause: error });
  }
};
