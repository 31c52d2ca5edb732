import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const fixture = fileURLToPath(new URL('./run-fixture.ts', import.meta.url));

/** Runs the fixture; `react` sees each log message while it runs and may send signals. */
const runFixture = async (
  fault: string,
  react: (message: string, kill: (signal: NodeJS.Signals) => void) => void = () => undefined,
  env = {},
) => {
  const child = spawn(process.execPath, [fixture, fault], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), 20_000);
  const lines: { level: string; msg: string; part?: string; err?: { message: string } }[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  createInterface(child.stdout).on('line', (line) => {
    lines.push(JSON.parse(line));
    react(lines.at(-1)?.msg ?? '', (signal) => child.kill(signal));
  });
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(deadline);
  const said = lines.map(({ msg, part }) => (part === undefined ? msg : `${msg}: ${part}`));
  return { code, lines, said, stderr };
};

describe('a running service', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('stops in reverse order on %s, and leaves with 0', async (signal) => {
    const { code, said } = await runFixture('none', (message, kill) => message === 'started' && kill(signal));
    expect(said).toEqual([
      'part started: database',
      'part started: http',
      'part started: loop',
      'started',
      'stopping',
      'part stopped: loop',
      'part stopped: http',
      'part stopped: database',
      'stopped',
    ]);
    expect(code).toBe(0);
  });

  test('that cannot start stops what it had started, and says why in one clear line', async () => {
    const { code, lines, said } = await runFixture('http does not start');
    expect(code).toBe(1);
    expect(said).toEqual([
      'part started: database',
      'cannot start: connection refused by postgres://app:[redacted]@db/app: http',
      'part stopped: database',
      'stopped',
    ]);
    expect(lines[1]?.level).toBe('fatal');
  });

  test('whose environment is wrong complains on stderr and leaves with 1', async () => {
    const { code, lines, stderr } = await runFixture('none', undefined, { PORT: 'eighty' });
    expect({ code, lines, stderr }).toEqual({
      code: 1,
      lines: [],
      stderr: 'Cannot start, the environment is wrong:\n  PORT: Invalid input: expected number, received NaN\n',
    });
  });

  test('leaves at once on the second signal', async () => {
    const { code, said } = await runFixture('http does not stop', (message, kill) => {
      if (message === 'started' || message === 'stopping') kill('SIGTERM');
    });
    expect(code).toBe(1);
    expect(said.at(-1)).toBe('second signal, leaving at once');
  });

  test('leaves when stopping takes too long', async () => {
    const { code, said } = await runFixture('http does not stop', (message, kill) => message === 'started' && kill('SIGTERM'), {
      PORT: '1',
    });
    expect(code).toBe(1);
    expect(said.at(-1)).toBe('not stopped in time, leaving');
  });

  test('that did not stop cleanly leaves with 1, after stopping the rest', async () => {
    const { code, said } = await runFixture('http stops with an error', (message, kill) => message === 'started' && kill('SIGTERM'));
    expect(code).toBe(1);
    expect(said.slice(-2)).toEqual(['part stopped: database', 'did not stop cleanly']);
  });

  test.each(['a rejection', 'an exception'])('with %s that nobody caught stops, and leaves with 1', async (fault) => {
    const { code, lines, said } = await runFixture(fault);
    expect(code).toBe(1);
    expect(lines.find(({ level }) => level === 'fatal')).toMatchObject({
      msg: 'an error that nobody caught',
      err: { message: 'nobody caught me' },
    });
    expect(said.at(-1)).toBe('stopped');
  });
});
