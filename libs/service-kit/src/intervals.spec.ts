import { describe, expect, test } from '@jest/globals';
import { every } from './intervals.ts';
import { createLog } from './log.ts';

const log = createLog({ service: 'test', level: 'silent' });

const latch = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
};

describe('a loop', () => {
  test('takes its first turn at once and goes on', async () => {
    const third = latch();
    let turns = 0;
    const loop = every(1, async () => ++turns === 3 && third.open(), { name: 'poll', log });
    await loop.start();
    await third.opened;
    await loop.stop();
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  test('never overlaps itself', async () => {
    const fifth = latch();
    let [turns, running, most] = [0, 0, 0];
    const loop = every(
      0,
      async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 3));
        running--;
        if (++turns === 5) fifth.open();
      },
      { name: 'poll', log },
    );
    await loop.start();
    await loop.start();
    await fifth.opened;
    await loop.stop();
    expect(most).toBe(1);
  });

  test('that has found nothing rests for longer, until it is woken', async () => {
    const turns: number[] = [];
    const [begun, woken] = [latch(), latch()];
    const loop = every(
      1,
      async () => {
        turns.push(performance.now());
        if (turns.length === 3) begun.open();
        if (turns.length === 4) woken.open();
        return turns.length < 3;
      },
      { name: 'poll', log, idleMs: 60_000 },
    );
    await loop.start();
    await begun.opened;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(turns).toHaveLength(3);
    loop.wake();
    await woken.opened;
    await loop.stop();
    expect(turns).toHaveLength(4);
  });

  test('that is woken during a turn looks once more', async () => {
    const second = latch();
    let turns = 0;
    const loop = every(
      1,
      async () => {
        if (++turns === 1) loop.wake();
        else second.open();
        return false;
      },
      { name: 'poll', log, idleMs: 60_000 },
    );
    await loop.start();
    await second.opened;
    await loop.stop();
    expect(turns).toBe(2);
  });

  test('survives a turn that throws, and says so', async () => {
    const second = latch();
    const lines: string[] = [];
    let turns = 0;
    const loop = every(
      1,
      async () => {
        if (++turns === 2) second.open();
        throw new Error('no luck');
      },
      { name: 'poll', log: createLog({ service: 'test', destination: { write: (line) => lines.push(line) } }) },
    );
    await loop.start();
    await second.opened;
    await loop.stop();
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ level: 'error', loop: 'poll', err: { message: 'no luck' } });
  });

  test('that stops waits for the running turn, tells it, and takes no other', async () => {
    const begun = latch();
    let [turns, finished] = [0, false];
    const loop = every(
      1,
      async (signal) => {
        turns++;
        begun.open();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await new Promise(setImmediate);
        finished = true;
      },
      { name: 'poll', log },
    );
    await loop.start();
    await begun.opened;
    await loop.stop();
    expect({ turns, finished }).toEqual({ turns: 1, finished: true });
  });

  test('can start again after it stopped', async () => {
    let turn = latch();
    const loop = every(60_000, async () => turn.open(), { name: 'poll', log });
    await loop.start();
    await turn.opened;
    await loop.stop();
    turn = latch();
    await loop.start();
    await turn.opened;
    await loop.stop();
  });
});
