import { expect, test } from '@jest/globals';
import { nextLookMs } from './next-look.ts';
import type { Stuck } from './reason.ts';

const now = Date.parse('2026-11-29T12:00:00Z');
const reason = (nextAttemptAt?: string): Stuck['behind'][number] => ({
  ...{ code: 'write-next', waitsFor: 'time', facts: {}, alternatives: [] },
  ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
});
const stuck = (first?: string, second?: string) => ({ stuck: { ...reason(first), behind: [reason(second)] } });

test('it is asked again soon after the next try of anything', () => {
  expect(nextLookMs(stuck('2026-11-29T12:00:20Z'), now)).toBe(22_000);
  expect(nextLookMs(stuck('2026-11-29T12:00:30Z', '2026-11-29T12:00:10Z'), now)).toBe(12_000);
});

test('and after half a minute at most: what has waited becomes a reason without an event', () => {
  expect(nextLookMs(undefined, now)).toBe(30_000);
  expect(nextLookMs({}, now)).toBe(30_000);
  expect(nextLookMs(stuck(), now)).toBe(30_000);
  expect(nextLookMs(stuck('2026-11-29T18:00:00Z'), now)).toBe(30_000);
});

test('a try that should be over is not asked for again and again', () => {
  expect(nextLookMs(stuck('2026-11-29T11:59:50Z'), now)).toBe(30_000);
});
