import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { expectEachFault } from './doctor-finds.ts';

const main = join(import.meta.dirname, '..', 'src', 'main.ts');

let folder: string;
const running = new Set<Run>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderbus process '));
  await chmod(folder, 0o755);
});

afterAll(async () => {
  for (const { child, left } of running) {
    child.kill('SIGTERM');
    await left;
  }
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  output(): string;
  /** The exit code, when it has left. */
  readonly left: Promise<number | null>;
}

/** The command as `npm start` calls it. */
const run = (...args: string[]): Run => launch(main, args);

/** Without servers of this machine, and quick to notice new keys. */
const launch = (program: string, args: readonly string[]): Run => {
  const { DATABASE_URL: _, AMQP_URL: __, ...given } = process.env;
  const env = { ...given, NODE_OPTIONS: '', ORDERBUS_KEYS_EVERY: '100ms' };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const left = once(child, 'close').then(([code]) => {
    running.delete(started);
    return code as number | null;
  });
  const started: Run = { child, output: () => output, left };
  running.add(started);
  return started;
};

const ready = (started: Run): Promise<string> =>
  eventually(() => {
    const [, url] = /Ready after .*: (http:\S+)/.exec(started.output()) ?? [];
    if (!url) throw new Error(started.output());
    return url;
  });

const shop = (name: string): string[] => ['--data', join(folder, name), '--port', '0', '--orders-per-minute', '0'];

/** The database server of this data folder, while it lives. */
const serverOf = async (name: string): Promise<number | undefined> => {
  const home = await readFile(join(folder, name, 'postgres', 'moved-to'), 'utf8').catch(() => join(folder, name, 'postgres'));
  const pidFile = await readFile(join(home.trim(), 'data', 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(pidFile, 10);
  try {
    return pid > 0 && process.kill(pid, 0) ? pid : undefined;
  } catch {
    return undefined;
  }
};

describe('the command', () => {
  test('explains itself', async () => {
    const help = run('--help');
    expect(await help.left).toBe(0);
    expect(help.output()).toContain('--orders-per-minute');
  });

  test('names what is wrong and starts nothing', async () => {
    const wrong = run('--port', 'eighty', '--data', join(folder, 'never'));
    expect(await wrong.left).toBe(2);
    expect(wrong.output()).toMatch(/^--port: expected a number/);
    await expect(readFile(join(folder, 'never', 'secret'))).rejects.toThrow(/ENOENT/);
  });

  test('names every mistake in the environment of its services, once, before anything is started', async () => {
    process.env.SMTP_URL = 'smtp://mail.example.com';
    process.env.BATCH_SIZE = 'many';
    const wrong = run(...shop('never'));
    delete process.env.SMTP_URL;
    delete process.env.BATCH_SIZE;
    expect(await wrong.left).toBe(1);
    expect(wrong.output().match(/BATCH_SIZE: /g)).toHaveLength(1);
    expect(wrong.output()).toMatch(/ALERT_FROM: /);
    expect(await serverOf('never')).toBeUndefined();
  });

  test('stops everything on Ctrl-C, and no process is left', async () => {
    const started = run(...shop('stopped'));
    const url = await ready(started);
    expect((await fetch(url)).status).toBe(200);
    expect(await serverOf('stopped')).toBeGreaterThan(0);
    started.child.kill('SIGINT');
    // The terminal and npm both deliver it.
    await eventually(() => expect(started.output()).toContain('Stopping'), { everyMs: 2 });
    started.child.kill('SIGINT');
    expect(await started.left).toBe(0);
    expect(await serverOf('stopped')).toBeUndefined();
    await expect(fetch(url)).rejects.toThrow();
    // Services that ask each other while one still migrates are told to come again.
    expect(started.output()).not.toMatch(/ERROR|WARN(?!.* code=database\.not-ready)/);
  });

  test('stops in order while it is still starting', async () => {
    const started = run(...shop('hurried'));
    await eventually(async () => expect(await serverOf('hurried')).toBeGreaterThan(0));
    started.child.kill('SIGTERM');
    expect(await started.left).toBe(0);
    expect(await serverOf('hurried')).toBeUndefined();
  });

  test('refuses a folder in which another one runs, and starts in it when that one was killed', async () => {
    const first = run(...shop('shared'));
    await ready(first);
    const second = run(...shop('shared'));
    expect(await second.left).toBe(1);
    expect(second.output()).toContain(`Orderbus already runs on this data folder (process ${first.child.pid})`);

    first.child.kill('SIGKILL');
    await first.left;
    const third = run(...shop('shared'));
    expect((await fetch(await ready(third))).status).toBe(200);
    third.child.kill('SIGINT');
    expect(await third.left).toBe(0);
    expect(await serverOf('shared')).toBeUndefined();
  });

  test('takes the next port when its own is taken, and other data keys while it runs; the doctor finds it well, and what is broken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const started = run(...shop('elsewhere'), '--port', String(port));
    const url = await ready(started).finally(() => other.close());
    expect(Number(new URL(url).port)).toBeGreaterThan(port);
    const change = launch(join(import.meta.dirname, '..', 'src', 'keys', 'main.ts'), ['rotate', '--data', join(folder, 'elsewhere')]);
    expect(await change.left).toBe(0);
    expect(change.output()).toContain('access: signing_key.sealed: 1 sealed anew, 0 were already');
    const keys = await readFile(join(folder, 'elsewhere', 'keys'), 'utf8');
    expect(keys).toMatch(/^k2:[^,]+,k1:/);
    const doctor = launch(join(import.meta.dirname, '..', 'src', 'doctor', 'main.ts'), ['--json', '--data', join(folder, 'elsewhere')]);
    const code = await doctor.left;
    expect([code, doctor.output()]).toEqual([0, expect.stringContaining('"exitCode": 0')]);
    const secrets = [await readFile(join(folder, 'elsewhere', 'secret'), 'utf8'), ...keys.split(/[:,]/).filter((part) => part.length > 20)];
    for (const secret of secrets) expect(doctor.output()).not.toContain(secret.trim());
    await expectEachFault(join(folder, 'elsewhere'));
    started.child.kill('SIGINT');
    expect(await started.left).toBe(0);
  });
});
