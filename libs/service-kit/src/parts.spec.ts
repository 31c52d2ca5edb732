import { describe, expect, test } from '@jest/globals';
import { type Part, startAll, stopAll } from './parts.ts';

const recorded = () => {
  const calls: string[] = [];
  const part = (name: string, failing?: 'start' | 'stop'): Part => ({
    name,
    async start() {
      calls.push(`start ${name}`);
      if (failing === 'start') throw new Error(`${name} does not start`);
    },
    async stop() {
      calls.push(`stop ${name}`);
      if (failing === 'stop') throw new Error(`${name} does not stop`);
    },
  });
  return { calls, part };
};

describe('parts', () => {
  test('start in order and stop in reverse', async () => {
    const { calls, part } = recorded();
    const parts = [part('database'), {}, part('http')];
    await startAll(parts);
    await stopAll(parts);
    expect(calls).toEqual(['start database', 'start http', 'stop http', 'stop database']);
  });

  test('that were started stop again when a later one does not start', async () => {
    const { calls, part } = recorded();
    await expect(startAll([part('database'), part('broker', 'stop'), part('relay', 'start'), part('http')])).rejects.toThrow(
      'relay does not start',
    );
    expect(calls).toEqual(['start database', 'start broker', 'start relay', 'stop broker', 'stop database']);
  });

  test('all stop, even when one of them fails to', async () => {
    const { calls, part } = recorded();
    await expect(stopAll([part('database'), part('http', 'stop')])).rejects.toThrow('http does not stop');
    expect(calls).toEqual(['stop http', 'stop database']);
    await expect(stopAll([part('a', 'stop'), part('b', 'stop')])).rejects.toThrow('2 parts did not stop cleanly');
  });
});
