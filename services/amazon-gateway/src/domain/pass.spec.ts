import { describe, expect, test } from '@jest/globals';
import { type Degraded, isTimeForAll, newPass, type Pass, passToRun, type SyncCursor, stepAfter } from './pass.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const cursor = (overrides: Partial<SyncCursor> = {}): SyncCursor => ({
  watermark: '2026-03-01T11:50:00.000Z',
  lastSuccessAt: '2026-03-01T11:55:00.000Z',
  pass: undefined,
  degraded: undefined,
  ...overrides,
});
const first: Pass = { from: '2026-03-01T11:40:00.000Z', until: undefined, token: undefined, tokenAt: undefined };
const degraded: Degraded = {
  without: ['FULFILLMENT'],
  since: '2026-03-01T11:00:00.000Z',
  until: undefined,
  triedAt: '2026-03-01T11:50:00.000Z',
};
const second: Pass = { ...first, until: '2026-03-01T11:58:00.000Z', token: 'page 2', tokenAt: '2026-03-01T11:59:00.000Z' };

describe('the pass to run', () => {
  test('begins a little before the watermark', () => {
    expect(passToRun(cursor(), now, 600_000)).toEqual(first);
  });

  test('begins at the very start when there has not been one', () => {
    expect(passToRun(cursor({ lastSuccessAt: null }), now, 600_000).from).toBe('2026-03-01T11:50:00.000Z');
  });

  test('is the one that was interrupted, with the window to which its token is bound', () => {
    expect(passToRun(cursor({ pass: second }), now, 0)).toEqual(second);
  });

  test('pitfall 7: is a new one when the token is about to expire', () => {
    const old = { ...second, tokenAt: '2026-02-28T12:30:00.000Z' };
    expect(passToRun(cursor({ pass: old }), now, 600_000)).toEqual(first);
  });
});

describe('after a page', () => {
  const after = (pass: Pass, page: { nextToken?: string; until?: string }, { seen = [], ...state }: AfterWish = {}) =>
    stepAfter(pass, { nextToken: page.nextToken, until: page.until }, cursor(state), now, new Set(seen));

  test('the pass goes on while there is a token, in the same window', () => {
    expect(after(first, { nextToken: 'page 2', until: '2026-03-01T11:58:00.000Z' })).toEqual({
      step: 'continue',
      pass: { ...second, tokenAt: now.toISOString() },
    });
  });

  test('the last one moves the watermark to the earliest time up to which Amazon has looked', () => {
    expect(after(second, { until: '2026-03-01T11:59:30.000Z' })).toEqual({
      step: 'finish',
      watermark: '2026-03-01T11:58:00.000Z',
    });
  });

  test('the watermark stays when Amazon says nothing, and never goes back', () => {
    expect(after(first, {})).toEqual({ step: 'finish', watermark: cursor().watermark });
    expect(after(first, { until: '2026-03-01T11:00:00.000Z' })).toEqual({ step: 'finish', watermark: cursor().watermark });
  });

  test('a token that was there before leads nowhere', () => {
    expect(after(second, { nextToken: 'page 2' })).toEqual({ step: 'stuck' });
    expect(after({ ...second, token: 'page 3' }, { nextToken: 'page 2' }, { seen: ['page 2', 'page 3'] })).toEqual({ step: 'stuck' });
  });

  test('that shows only part of each order, the watermark stays, and what has been seen of the rest is remembered', () => {
    expect(after(first, { until: '2026-03-01T11:58:00.000Z' }, { degraded })).toEqual({
      step: 'finish-degraded',
      until: '2026-03-01T11:58:00.000Z',
    });
    const further = { ...degraded, until: '2026-03-01T11:59:00.000Z' };
    expect(after(first, { until: '2026-03-01T11:58:00.000Z' }, { degraded: further })).toMatchObject({ until: '2026-03-01T11:59:00.000Z' });
  });
});

describe('while Amazon refuses part of what is asked for', () => {
  const seen = { ...degraded, until: '2026-03-01T11:55:00.000Z' };

  test('the rest is not read again each time, and everything is once it is shown', () => {
    expect(newPass(cursor({ degraded: seen }), 600_000).from).toBe('2026-03-01T11:45:00.000Z');
    expect(newPass(cursor(), 600_000).from).toBe('2026-03-01T11:40:00.000Z');
  });

  test('everything is asked for again every quarter of an hour', () => {
    expect(isTimeForAll(degraded, new Date('2026-03-01T12:04:59.000Z'))).toBe(false);
    expect(isTimeForAll(degraded, new Date('2026-03-01T12:05:00.000Z'))).toBe(true);
  });
});

interface AfterWish extends Partial<SyncCursor> {
  readonly seen?: string[];
}
