import { describe, expect, test } from '@jest/globals';
import { randomOf } from '@orderbus/tests-system/random';
import type { Fault } from './fault.ts';
import { roundsOf, stormOf } from './plan.ts';

const named = (name: string, rest: Partial<Fault> = {}): Fault => ({
  ...{ name, what: name, shownBy: name, play: async () => ({ times: 1, seen: name }) },
  ...rest,
});
const many = ['a', 'b', 'c', 'd', 'e'].map((name) => named(name));
const told = (seed: number, minutes = 5) =>
  stormOf(seed, minutes, many).map(({ fault, pauseMs, random }) => [fault.name, pauseMs, random.int(1, 1_000)]);

describe('a storm', () => {
  test('is the same for the same seed: faults, pauses, and what each of them chooses', () => {
    expect(told(7)).toEqual(told(7));
    expect(told(7)).toHaveLength(100);
  });

  test('is another one for another seed', () => {
    expect(told(7)).not.toEqual(told(8));
  });

  test('begins the same way when it is longer', () => {
    expect(told(7, 9).slice(0, 100)).toEqual(told(7, 5));
  });

  test('has everything in it, but what takes long to be over', () => {
    const slow = named('slow', { patience: { seconds: 120, why: 'it is slow' } });
    const names = new Set(stormOf(1, 10, [...many, slow]).map(({ fault }) => fault.name));
    expect([...names].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

test('rounds have everything once, in order', () => {
  expect(roundsOf(many, 2).map((round) => round.map(({ name }) => name))).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
});

describe('chance', () => {
  test('is the same for the same seed and name, and spreads', () => {
    const draw = (seed: number, name: string) => {
      const random = randomOf(seed, name);
      return Array.from({ length: 2_000 }, () => random.int(0, 9));
    };
    expect(draw(1, 'x')).toEqual(draw(1, 'x'));
    expect(draw(1, 'x')).not.toEqual(draw(1, 'y'));
    for (let digit = 0; digit < 10; digit++) {
      const times = draw(1, 'x').filter((drawn) => drawn === digit).length;
      expect(times).toBeGreaterThan(140);
      expect(times).toBeLessThan(260);
    }
  });

  test('of a fork is not moved by how often the other one was asked', () => {
    const [asked, fresh] = [randomOf(3, 'x'), randomOf(3, 'x')];
    asked.next();
    expect(asked.fork('y').next()).toBe(fresh.fork('y').next());
    expect(asked.shuffle([1, 2, 3, 4, 5]).sort()).toEqual([1, 2, 3, 4, 5]);
  });
});
