import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { installedBinaries } from '../src/binaries.ts';
import { ensureCluster, stopServer } from '../src/cluster.ts';
import { findHome } from '../src/home.ts';
import { type LocalPostgres, removeLocalPostgres, runningPostgres, startLocalPostgres } from '../src/index.ts';
import { freePort, startServer } from '../src/server.ts';

let parent: string;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'orderbus local postgres '));
  await chmod(parent, 0o755);
});

afterAll(() => rm(parent, { recursive: true, force: true }));

const start = (name: string): Promise<LocalPostgres> => startLocalPostgres({ folder: join(parent, name), durable: false });

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const answers = (url: string): Promise<boolean> =>
  query(url, 'select 1').then(
    () => true,
    () => false,
  );

describe('a local PostgreSQL', () => {
  test('keeps its data over a stop and a start, in a folder whose path has spaces', async () => {
    const first = await start('kept');
    expect(await runningPostgres(join(parent, 'kept'))).toBe(first.adminUrl);
    await query(first.adminUrl, `create table note as select 'MÜLLER 日本' as text`);
    await first.stop();
    expect(await answers(first.adminUrl)).toBe(false);
    expect(await runningPostgres(join(parent, 'kept'))).toBeUndefined();

    const second = await start('kept');
    expect(await query(second.adminUrl, 'select text, lower(text) as lower from note')).toEqual([
      { text: 'MÜLLER 日本', lower: 'müller 日本' },
    ]);
    await second.stop();
  });

  test('lets nobody in without the password, which only its owner can read', async () => {
    const server = await start('private');
    const url = new URL(server.adminUrl);
    expect(url.hostname).toBe('127.0.0.1');
    expect(url.password.length).toBeGreaterThan(24);
    expect((await stat(join(parent, 'private', 'password'))).mode & 0o777).toBe(0o600);
    url.password = 'guessed';
    await expect(query(url.href, 'select 1')).rejects.toThrow(/password authentication failed/);
    await server.stop();
  });

  test('refuses a second owner while the first lives, and names it', async () => {
    const server = await start('owned');
    await expect(start('owned')).rejects.toMatchObject({
      kind: 'conflict',
      code: 'local-postgres.folder-in-use',
      details: { byProcess: process.pid },
    });
    await expect(removeLocalPostgres(join(parent, 'owned'))).rejects.toMatchObject({ code: 'local-postgres.folder-in-use' });
    expect(await answers(server.adminUrl)).toBe(true);
    await server.stop();

    const next = await start('owned');
    await server.stop();
    await expect(start('owned')).rejects.toMatchObject({ code: 'local-postgres.folder-in-use' });
    await next.stop();
  });

  test('takes over from an owner that was killed, with all that was committed', async () => {
    const owner = spawn(process.execPath, [join(import.meta.dirname, 'hold.ts'), join(parent, 'orphaned')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const orphan = (await once(createInterface(owner.stdout), 'line'))[0] as string;
    await query(orphan, 'create table survivor as select 1 as id');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(await answers(orphan)).toBe(true);

    const server = await start('orphaned');
    expect(await answers(orphan)).toBe(false);
    expect(await query(server.adminUrl, 'select * from survivor')).toEqual([{ id: 1 }]);
    await server.stop();
  });

  test('goes with an owner that leaves without stopping it', async () => {
    const leave = `
      const { startLocalPostgres } = await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)});
      const { adminUrl } = await startLocalPostgres({ folder: process.argv[1], durable: false });
      process.stdout.write(adminUrl);
      process.exit(0);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', leave, join(parent, 'left')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [url] = await once(owner.stdout.setEncoding('utf8'), 'data');
    await once(owner, 'exit');
    const deadline = Date.now() + 10_000;
    while ((await answers(url)) && Date.now() < deadline);
    expect(await answers(url)).toBe(false);
  });

  test('ignores a lock and a pid file that mean nothing any more', async () => {
    await (await start('stale')).stop();
    await writeFile(
      join(parent, 'stale', 'owner.lock'),
      JSON.stringify({ pid: process.pid, identity: 'an earlier process with this pid' }),
    );
    await writeFile(join(parent, 'stale', 'data', 'postmaster.pid'), `${process.pid}\n${join(parent, 'stale', 'data')}\n`);
    const server = await start('stale');
    expect(await answers(server.adminUrl)).toBe(true);
    await server.stop();
  });

  test('says when it has ended although nobody stopped it', async () => {
    let lost: (reason: string) => void = () => {};
    const reason = new Promise<string>((resolve) => {
      lost = resolve;
    });
    const folder = join(parent, 'lost');
    const server = await startLocalPostgres({ folder, durable: false, onLost: lost });
    process.kill(Number.parseInt(await readFile(join(folder, 'data', 'postmaster.pid'), 'utf8'), 10), 'SIGINT');
    expect(await reason).toContain('database system is shut down');
    await server.stop();
  });

  test('takes another port when somebody else has got there first, unless it was given one', async () => {
    const folder = join(parent, 'crowded');
    await mkdir(folder);
    const home = await findHome(folder, installedBinaries(), () => {});
    const superuser = await ensureCluster(home, false);
    const other = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    other.unref();
    await once(other, 'listening');
    const { port: taken } = other.address() as AddressInfo;

    const options = { port: undefined, durable: false, maxConnections: 20 };
    const found: number[] = [];
    const { adminUrl } = await startServer(home, superuser, options, async () => {
      found.push(found.length < 2 ? taken : await freePort());
      return found.at(-1) as number;
    });
    expect(found.slice(0, -1)).toEqual(expect.arrayContaining([taken, taken]));
    expect(new URL(adminUrl).port).toBe(String(found.at(-1)));
    expect(await answers(adminUrl)).toBe(true);
    await stopServer(home);

    await expect(startServer(home, superuser, { ...options, port: taken })).rejects.toMatchObject({
      code: 'local-postgres.did-not-start',
      details: { port: taken, log: expect.stringContaining('Address already in use') },
    });
    other.close();
  });

  test('refuses data of another major version and names both', async () => {
    await (await start('old')).stop();
    await writeFile(join(parent, 'old', 'data', 'PG_VERSION'), '12\n');
    await expect(start('old')).rejects.toMatchObject({
      code: 'local-postgres.data-of-another-version',
      details: { versionOfData: '12', versionOfServer: expect.stringMatching(/^18\./) },
    });
  });

  test('works in a place where only we can go, even as root, where the server runs as somebody else', async () => {
    await mkdir(join(parent, 'closed'), { mode: 0o700 });
    const first = await start('closed/database');
    await query(first.adminUrl, 'create table kept as select 1 as id');
    await first.stop();
    const second = await start('closed/database');
    expect(await query(second.adminUrl, 'select * from kept')).toEqual([{ id: 1 }]);
    await second.stop();
    const data = (
      await readFile(join(parent, 'closed', 'database', 'moved-to'), 'utf8').catch(() => join(parent, 'closed', 'database'))
    ).trim();
    await stat(join(data, 'password'));
    await removeLocalPostgres(join(parent, 'closed', 'database'));
    await expect(stat(data)).rejects.toThrow(/ENOENT/);
  });

  test('is removed with everything it had', async () => {
    await (await start('gone')).stop();
    await removeLocalPostgres(join(parent, 'gone'));
    await removeLocalPostgres(join(parent, 'gone'));
    await expect(stat(join(parent, 'gone'))).rejects.toThrow(/ENOENT/);
  });
});
