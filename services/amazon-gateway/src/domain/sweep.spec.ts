import { describe, expect, test } from '@jest/globals';
import {
  freshPlace,
  pagesToCome,
  rangeIssue,
  restarted,
  type SweepPlace,
  sweepStepAfter,
  windowAt,
  windowsDone,
  windowsOf,
} from './sweep.ts';

const now = new Date('2026-03-10T12:00:00.000Z');
const range = { from: '2026-03-01T06:00:00.000Z', until: '2026-03-03T18:00:00.000Z' };
const begin = freshPlace(range.from);
const place = (overrides: Partial<SweepPlace>): SweepPlace => ({ ...begin, ...overrides });

describe('a sweep', () => {
  test('pitfall 7: reads windows of a day at most, the last one as long as it is: no page token outlives its window', () => {
    expect(windowAt(range, begin)).toEqual({ from: range.from, until: '2026-03-02T06:00:00.000Z', token: undefined });
    expect(windowAt(range, place({ at: '2026-03-03T06:00:00.000Z' })).until).toBe(range.until);
    expect(windowsOf(range)).toBe(3);
  });

  test('goes on with the next page, then with the next window, and ends with the last one', () => {
    const second = sweepStepAfter(range, begin, 'page 2', now);
    expect(second).toEqual({ step: 'continue', place: place({ token: 'page 2', tokenAt: now.toISOString(), windowPages: 1 }) });
    expect(sweepStepAfter(range, place({ token: 'page 2', windowPages: 1 }), undefined, now)).toEqual({
      step: 'continue',
      place: place({ at: '2026-03-02T06:00:00.000Z' }),
    });
    expect(sweepStepAfter(range, place({ at: '2026-03-03T06:00:00.000Z' }), undefined, now)).toEqual({ step: 'done' });
  });

  test('begins a window anew when a token repeats or there is no end to it, and gives up after some times', () => {
    const anew = { step: 'continue', place: place({ restarts: 1 }) };
    expect(sweepStepAfter(range, place({ token: 'page 2', windowPages: 1 }), 'page 2', now)).toEqual(anew);
    expect(sweepStepAfter(range, place({ token: 'page 499', windowPages: 499 }), 'page 500', now)).toEqual(anew);
    expect(restarted(place({ restarts: 5 }))).toEqual({ step: 'stuck' });
  });

  test('says how far it is, and how many pages are to come if they are like those before', () => {
    expect(windowsDone(range, range.from)).toBe(0);
    expect(windowsDone(range, '2026-03-02T06:00:00.000Z')).toBe(1);
    expect(windowsDone(range, range.until)).toBe(3);
    expect(pagesToCome(range, { at: range.from, pages: 0 })).toBe(3);
    expect(pagesToCome(range, { at: '2026-03-02T06:00:00.000Z', pages: 4 })).toBe(8);
  });
});

describe('the range of a sweep', () => {
  test.each([
    ['pitfall 35: reaches two years back', '2024-03-11T00:00:00.000Z', '2024-03-12T00:00:00.000Z', 'eu', undefined],
    ['pitfall 35: and no further', '2024-03-09T00:00:00.000Z', '2024-03-12T00:00:00.000Z', 'eu', 'from'],
    ['reaches back to 2016 in the Far East', '2016-01-01T00:00:00.000Z', '2016-01-02T00:00:00.000Z', 'fe', undefined],
    ['pitfall 1: ends at least some minutes ago', '2026-03-09T00:00:00.000Z', '2026-03-10T11:58:00.000Z', 'na', 'until'],
    ['has a beginning before its end', '2026-03-02T00:00:00.000Z', '2026-03-01T00:00:00.000Z', 'na', 'from'],
  ] as const)('%s', (_, from, until, region, field) => {
    expect(rangeIssue({ from, until }, region, now)?.field).toBe(field);
  });
});
