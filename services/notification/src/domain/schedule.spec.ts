import { describe, expect, test } from '@jest/globals';
import type { QuietHours, Rule, Schedule } from './rule.ts';
import { dueAt, endOfQuiet } from './schedule.ts';

const due = (
  now: string,
  rule: { schedule: Schedule; quietHours?: QuietHours; timeZone?: string },
  { kind = 'order-blocked', last }: { kind?: 'order-blocked' | 'sync-stalled'; last?: string } = {},
): string => {
  const moment = { now: new Date(now), gatherMs: 10_000, last: last === undefined ? undefined : new Date(last) };
  return dueAt({ timeZone: 'Europe/Berlin', ...rule }, kind, moment).toISOString();
};
const atOnce: Schedule = { when: 'at-once', throttleMinutes: 15 };
const night: QuietHours = { from: '22:00', until: '07:00', except: ['sync-stalled'] };

describe('a message that is sent at once', () => {
  test('leaves when what comes with it has come', () => {
    expect(due('2026-05-04T10:00:00Z', { schedule: atOnce })).toBe('2026-05-04T10:00:10.000Z');
  });

  test('is throttled: the next one of its kind waits until the time is over', () => {
    expect(due('2026-05-04T10:05:00Z', { schedule: atOnce }, { last: '2026-05-04T10:00:10Z' })).toBe('2026-05-04T10:15:10.000Z');
    expect(due('2026-05-04T10:20:00Z', { schedule: atOnce }, { last: '2026-05-04T10:00:10Z' })).toBe('2026-05-04T10:20:10.000Z');
  });

  test('waits for nothing without a throttle', () => {
    expect(due('2026-05-04T10:00:00Z', { schedule: { when: 'at-once', throttleMinutes: 0 } })).toBe('2026-05-04T10:00:00.000Z');
  });
});

describe('a digest', () => {
  const daily: Schedule = { when: 'daily', at: ['17:00', '08:30'] };

  test('leaves at the next full hour of the place', () => {
    expect(due('2026-05-04T10:00:00Z', { schedule: { when: 'hourly' } })).toBe('2026-05-04T11:00:00.000Z');
    expect(due('2026-05-04T10:00:00Z', { schedule: { when: 'hourly' }, timeZone: 'Asia/Kolkata' })).toBe('2026-05-04T10:30:00.000Z');
  });

  test('leaves at the next of its times, today or tomorrow, in summer and in winter', () => {
    expect(due('2026-05-04T06:00:00Z', { schedule: daily })).toBe('2026-05-04T06:30:00.000Z');
    expect(due('2026-05-04T06:30:00Z', { schedule: daily })).toBe('2026-05-04T15:00:00.000Z');
    expect(due('2026-05-04T15:00:01Z', { schedule: daily })).toBe('2026-05-05T06:30:00.000Z');
    expect(due('2026-12-04T06:00:00Z', { schedule: daily })).toBe('2026-12-04T07:30:00.000Z');
  });

  test('leaves at its time on the days on which the clock changes', () => {
    const morning: Schedule = { when: 'daily', at: ['08:00'] };
    expect(due('2026-03-28T08:00:00Z', { schedule: morning })).toBe('2026-03-29T06:00:00.000Z');
    expect(due('2026-10-24T08:00:00Z', { schedule: morning })).toBe('2026-10-25T07:00:00.000Z');
  });

  test('leaves once when its time comes twice, and all the same when it does not come', () => {
    const early: Schedule = { when: 'daily', at: ['02:30'] };
    expect(due('2026-10-24T22:00:00Z', { schedule: early })).toBe('2026-10-25T00:30:00.000Z');
    expect(due('2026-10-25T00:30:00Z', { schedule: early })).toBe('2026-10-26T01:30:00.000Z');
    expect(due('2026-03-28T22:00:00Z', { schedule: early })).toBe('2026-03-29T01:00:00.000Z');
  });

  test('that falls into quiet hours waits until they end, whatever it is about', () => {
    const late: Schedule = { when: 'daily', at: ['23:00'] };
    expect(due('2026-05-04T10:00:00Z', { schedule: late, quietHours: night }, { kind: 'sync-stalled' })).toBe('2026-05-05T05:00:00.000Z');
  });
});

describe('quiet hours', () => {
  const quietUntil = (at: string, quiet: Pick<QuietHours, 'from' | 'until'> = night): string | undefined =>
    endOfQuiet(new Date(at), quiet, 'Europe/Berlin')?.toISOString();

  test('hold back what falls into them until they end, over midnight or within a day', () => {
    expect(quietUntil('2026-05-04T19:59:59Z')).toBeUndefined();
    expect(quietUntil('2026-05-04T20:00:00Z')).toBe('2026-05-05T05:00:00.000Z');
    expect(quietUntil('2026-05-05T04:59:59Z')).toBe('2026-05-05T05:00:00.000Z');
    expect(quietUntil('2026-05-05T05:00:00Z')).toBeUndefined();
    expect(quietUntil('2026-05-05T10:30:00Z', { from: '12:00', until: '13:00' })).toBe('2026-05-05T11:00:00.000Z');
    expect(quietUntil('2026-05-05T11:00:00Z', { from: '12:00', until: '13:00' })).toBeUndefined();
  });

  test('are an hour shorter in the night in which the clock is put forward, and an hour longer when it is put back', () => {
    expect(quietUntil('2026-03-28T21:00:00Z')).toBe('2026-03-29T05:00:00.000Z');
    expect(quietUntil('2026-10-24T20:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  test('that end at a time that is passed over end when it would have been', () => {
    const short = { from: '22:00', until: '02:30' };
    expect(quietUntil('2026-03-28T23:00:00Z', short)).toBe('2026-03-29T01:00:00.000Z');
    expect(quietUntil('2026-03-29T01:00:00Z', short)).toBeUndefined();
  });

  test('that end at a time that comes twice end twice', () => {
    const short = { from: '22:00', until: '02:30' };
    expect(quietUntil('2026-10-24T22:00:00Z', short)).toBe('2026-10-25T00:30:00.000Z');
    expect(quietUntil('2026-10-25T00:45:00Z', short)).toBeUndefined();
    expect(quietUntil('2026-10-25T01:15:00Z', short)).toBe('2026-10-25T01:30:00.000Z');
  });

  test('let through what a rule excepts, and nothing else', () => {
    const rule = { schedule: atOnce, quietHours: night };
    expect(due('2026-05-04T22:00:00Z', rule)).toBe('2026-05-05T05:00:00.000Z');
    expect(due('2026-05-04T22:00:00Z', rule, { kind: 'sync-stalled' })).toBe('2026-05-04T22:00:10.000Z');
  });

  test('count at the moment at which a message would leave', () => {
    expect(due('2026-05-04T19:59:55Z', { schedule: atOnce, quietHours: night })).toBe('2026-05-05T05:00:00.000Z');
  });
});

test('whatever the rule, nothing leaves in the past', () => {
  const rules: Pick<Rule, 'schedule' | 'quietHours'>[] = [
    { schedule: atOnce, quietHours: night },
    { schedule: { when: 'hourly' }, quietHours: night },
    { schedule: { when: 'daily', at: ['00:00', '02:30'] } },
  ];
  for (const rule of rules) {
    for (let hour = 0; hour < 24 * 4; hour += 1) {
      const now = new Date(Date.UTC(2026, 9, 24, hour, 17));
      expect(Date.parse(due(now.toISOString(), { ...rule, timeZone: 'Australia/Lord_Howe' }))).toBeGreaterThanOrEqual(now.getTime());
    }
  }
});
