import { describe, expect, test } from '@jest/globals';
import { needsSecondFactor } from './second-factor.ts';
import { endOf, hasEnded, nextStage } from './session.ts';

const times = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 };
const start = new Date('2026-11-29T08:00:00Z');
const after = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000);

describe('a session', () => {
  const session = { endsAt: endOf('open', start, times), lastSeenAt: start.toISOString() };

  test('ends after half an hour of silence', () => {
    expect(hasEnded(session, after(29), times)).toBe(false);
    expect(hasEnded(session, after(30), times)).toBe(true);
  });

  test('ends after twelve hours, however busy it is', () => {
    const busy = (minutes: number) => hasEnded({ ...session, lastSeenAt: after(minutes - 1).toISOString() }, after(minutes), times);
    expect([busy(719), busy(720)]).toEqual([false, true]);
  });

  test('that is not complete has ten minutes', () => {
    expect(endOf('code', start, times)).toBe(after(10).toISOString());
  });

  test('asks for what is missing, one after the other', () => {
    expect(nextStage({ code: true, enrolment: true, password: true })).toBe('code');
    expect(nextStage({ code: false, enrolment: true, password: true })).toBe('password');
    expect(nextStage({ code: false, enrolment: true, password: false })).toBe('enrolment');
    expect(nextStage({ code: false, enrolment: false, password: false })).toBe('open');
  });
});

test('a second factor is asked of the roles and permissions that are named', () => {
  const viewer = { role: 'viewer', permissions: [], stores: '*' } as const;
  expect(needsSecondFactor(viewer, ['admin', 'refund'])).toBe(false);
  expect(needsSecondFactor({ ...viewer, permissions: ['refund'] }, ['admin', 'refund'])).toBe(true);
  expect(needsSecondFactor({ ...viewer, role: 'admin' }, ['admin'])).toBe(true);
  expect(needsSecondFactor(viewer, ['read'])).toBe(true);
  expect(needsSecondFactor(viewer, [])).toBe(false);
});
