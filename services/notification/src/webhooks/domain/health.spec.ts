import { describe, expect, test } from '@jest/globals';
import { afterAnswers, enabledAt, type Health } from './health.ts';

const start = new Date('2026-03-01T10:00:00Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);
const day = 86_400_000;
const [taken, refused] = [
  { taken: true, status: 200 },
  { taken: false, status: 500 },
];
const well = enabledAt(start);
const failing = (failures: number, answers = 1): Health => {
  let health = well;
  for (let n = 0; n < failures; n += answers) health = afterAnswers(health, Array(answers).fill(refused), after(n), 3 * day);
  return health;
};

describe('a target', () => {
  test('that fails now and then is called as before', () => {
    expect(failing(4)).toMatchObject({ state: 'enabled', failures: 4, failingSince: start.toISOString(), restUntil: null });
    expect(afterAnswers(failing(4), [taken], after(10), 3 * day)).toEqual(well);
  });

  test('that does nothing but fail is left in peace, longer and longer, for five minutes at most', () => {
    const restOf = (failures: number) => Date.parse(failing(failures).restUntil ?? '') - after(failures - 1).getTime();
    expect([5, 10, 60, 100].map(restOf)).toEqual([25_000, 50_000, 300_000, 300_000]);
  });

  test('that has asked for it is left in peace, also when it takes something', () => {
    const asked = { taken: false, status: 429, retryAfter: '60' };
    expect(afterAnswers(well, [taken, asked], start, 3 * day)).toMatchObject({ failures: 0, restUntil: after(60_000).toISOString() });
  });

  test('that takes one of many is well', () => {
    expect(afterAnswers(failing(8), [refused, taken, refused], after(100), 3 * day)).toEqual(well);
  });

  test('that has done nothing but fail for too long is paused', () => {
    expect(afterAnswers(failing(30), [refused], after(3 * day - 1), 3 * day).state).toBe('enabled');
    const paused = afterAnswers(failing(30), [refused], after(3 * day), 3 * day);
    expect(paused).toMatchObject({ state: 'paused', stateReason: 'failing', stateSince: after(3 * day).toISOString(), failures: 31 });
  });

  test('is not paused for a few failures, however long ago the first one was', () => {
    expect(afterAnswers(failing(8), [refused], after(30 * day), 3 * day).state).toBe('enabled');
  });

  test('that is gone is disabled at once, and whatever state a person has given it stays', () => {
    const gone = { taken: false, status: 410 };
    expect(afterAnswers(well, [taken, gone], start, 3 * day)).toMatchObject({ state: 'disabled', stateReason: 'gone' });
    const byHand: Health = { ...well, state: 'disabled', stateReason: 'person' };
    expect(afterAnswers(byHand, [gone], start, 3 * day)).toMatchObject({ state: 'disabled', stateReason: 'person' });
  });
});
