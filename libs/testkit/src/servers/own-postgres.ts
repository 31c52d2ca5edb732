import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { eventually } from '../eventually.ts';
import type { FoundServer } from './found.ts';

const run = promisify(execFile);
const installed = '/usr/lib/postgresql';

/** Debian's binaries, the newest version, if there are any. */
const binaries = (): string | undefined =>
  (existsSync(installed) ? readdirSync(installed) : [])
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(installed, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));

const memory = '/dev/shm';
/** For what a few tests hold at a time. */
const roomBytes = 3 * 1024 ** 3;
const hasRoom = async (): Promise<boolean> => {
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= roomBytes;
};

const settings = [
  ...['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300'],
  ...['fsync=off', 'full_page_writes=off', 'max_wal_size=512MB'],
  // Nothing lives long enough to be vacuumed, unless a test says so.
  'autovacuum=off',
];

/**
 * A PostgreSQL for one run, where Debian's binaries are. Hundreds of databases are made and thrown away, of three hundred files each: in memory
 * that takes a tenth of the time, and it is no load on a server in which somebody keeps something.
 */
export const ownPostgres = async (): Promise<Required<FoundServer> | undefined> => {
  const bin = binaries();
  if (bin === undefined) return undefined;
  const inMemory = await hasRoom();
  const account = await serverAccount();
  const folder = await mkdtemp(join(inMemory ? memory : tmpdir(), 'orderbus-postgres-'));
  const [data, passwordFile, password] = [join(folder, 'data'), join(folder, 'password'), randomBytes(24).toString('base64url')];
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) for (const path of [folder, passwordFile]) await chown(path, account.uid, account.gid);
  const options = { ...account, cwd: folder, env: { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH } };
  // Thousands of connections are opened: SCRAM takes milliseconds for each, on both sides.
  const access = ['--username=postgres', `--pwfile=${passwordFile}`, '--auth=md5'];
  await run(join(bin, 'initdb'), ['-D', data, ...access, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'], options);

  const port = await freePort();
  const child = spawn(join(bin, 'postgres'), ['-D', data, ...[`port=${port}`, ...settings].flatMap((one) => ['-c', one])], {
    ...options,
    stdio: 'ignore',
    // Ctrl-C in the terminal reaches us, and we stop it when nobody needs it any more.
    detached: true,
  });
  const onExit = () => child.kill('SIGQUIT');
  process.once('exit', onExit);
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  await eventually(() => answers(url), { withinMs: 60_000, everyMs: 50 });
  return {
    url,
    how: `one for this run, ${inMemory ? 'in memory' : 'on disk'}`,
    stop: async () => {
      process.off('exit', onExit);
      const exited = once(child, 'exit');
      child.kill('SIGQUIT');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** PostgreSQL refuses to run as root: then it runs as the account that Debian has made for it. */
const serverAccount = async (): Promise<{ uid: number; gid: number } | undefined> => {
  if (process.getuid?.() !== 0) return undefined;
  const [uid = 0, gid = 0] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)));
  return { uid, gid };
};

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
};

const answers = async (connectionString: string): Promise<void> => {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.end();
};
