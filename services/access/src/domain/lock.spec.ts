import { describe, expect, test } from '@jest/globals';
import { type Attempted, type Attempts, accountLock, addressLock, attempt, takenBack } from './lock.ts';

const minuteMs = 60_000;
const rules = accountLock(15 * minuteMs);
const start = new Date('2026-11-29T12:00:00.000Z');
const after = (minutes: number): Date => new Date(start.getTime() + minutes * minuteMs);

const failing = (times: number, now: Date, before?: Attempts): Attempted => {
  let last = attempt(before, now, rules);
  for (let n = 1; n < times && last.may; n++) last = attempt(last.attempts, now, rules);
  return last;
};

const attemptsOf = (attempted: Attempted): Attempts => {
  if (!attempted.may) throw new Error(`locked until ${attempted.lockedUntil}`);
  return attempted.attempts;
};

describe('an account', () => {
  test('is locked by the tenth failure, not before', () => {
    expect(failing(9, start)).toMatchObject({ may: true, locks: false, attempts: { failures: 9, lockedUntil: null } });
    const tenth = failing(10, start);
    expect(tenth).toMatchObject({ may: true, locks: true, attempts: { lockedUntil: '2026-11-29T12:15:00.000Z' } });
    expect(attempt(attemptsOf(tenth), after(14), rules)).toEqual({ may: false, lockedUntil: '2026-11-29T12:15:00.000Z' });
  });

  test('opens by itself when its time is over, and counts anew', () => {
    const locked = attemptsOf(failing(10, start));
    expect(attempt(locked, after(15), rules)).toMatchObject({ may: true, locks: false, attempts: { failures: 1, lockedUntil: null } });
  });

  test('is locked twice as long each time, a day at most', () => {
    let attempts = attemptsOf(failing(10, start));
    const minutes: number[] = [];
    for (let n = 0; n < 8; n++) {
      const now = new Date(attempts.lockedUntil ?? '');
      attempts = attemptsOf(failing(10, now, attempts));
      minutes.push((Date.parse(attempts.lockedUntil ?? '') - now.getTime()) / minuteMs);
    }
    expect(minutes).toEqual([30, 60, 120, 240, 480, 960, 1_440, 1_440]);
  });

  test('is forgiven after a day of silence', () => {
    expect(attempt(attemptsOf(failing(9, start)), after(24 * 60), rules)).toMatchObject({ attempts: { failures: 1 } });
  });

  test('gets an attempt back that was right, and the lock with it', () => {
    const tenth = attemptsOf(failing(10, start));
    expect(takenBack(tenth)).toMatchObject({ failures: 9, locks: 0, lockedUntil: null });
    expect(takenBack({ failures: 0, locks: 0, lockedUntil: null, lastAt: start.toISOString() }).failures).toBe(0);
  });
});

test('an address may fail more often than an account: an office shares it', () => {
  let attempts: Attempts | undefined;
  for (let n = 0; n < 29; n++) attempts = attemptsOf(attempt(attempts, start, addressLock(minuteMs)));
  expect(attempt(attempts, start, addressLock(minuteMs))).toMatchObject({ locks: true });
});
