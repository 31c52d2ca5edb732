import { describe, expect, test } from '@jest/globals';
import { type Bucket, callsLeft, doneAt, fullAt, nextCallAt } from './budget.ts';

const start = Date.parse('2026-10-01T12:00:00Z');
const after = (seconds: number): Date => new Date(start + seconds * 1_000);
const aBucket = (wish: Partial<Bucket> = {}): Bucket => ({
  rate: 0.0056,
  burst: 20,
  tokens: 19,
  filledAt: after(0).toISOString(),
  pausedUntil: null,
  ...wish,
});
const secondsUntil = (at: Date): number => Math.round((at.getTime() - start) / 1_000);

describe('a bucket', () => {
  test('that is full uses all of the burst but one, and does not overflow', () => {
    expect(callsLeft(aBucket(), after(0))).toBe(19);
    expect(callsLeft(aBucket(), after(86_400))).toBe(19);
    expect(nextCallAt(aBucket(), after(0))).toEqual(after(0));
    expect(fullAt(aBucket(), after(0))).toEqual(after(0));
  });

  test('that is empty has a list of orders again after 179 seconds, and all of them after an hour', () => {
    const bucket = aBucket({ tokens: 0 });
    expect(callsLeft(bucket, after(178))).toBe(0);
    expect(secondsUntil(nextCallAt(bucket, after(0)))).toBe(179);
    expect(callsLeft(bucket, after(179))).toBe(1);
    expect(secondsUntil(fullAt(bucket, after(0)))).toBe(3_393);
  });

  test('tells when a long piece of work will have had its calls', () => {
    expect(secondsUntil(doneAt(aBucket(), 19, after(0)))).toBe(0);
    expect(secondsUntil(doneAt(aBucket(), 119, after(0)))).toBe(17_857);
  });

  test('lets nobody through while it pauses, whatever is in it', () => {
    const bucket = aBucket({ pausedUntil: after(60).toISOString() });
    expect(nextCallAt(bucket, after(0))).toEqual(after(60));
    expect(nextCallAt(bucket, after(61))).toEqual(after(61));
  });

  test('keeps what is to be spared, but never more than there can be', () => {
    expect(nextCallAt(aBucket({ tokens: 5 }), after(0), 4)).toEqual(after(0));
    expect(secondsUntil(nextCallAt(aBucket({ tokens: 5 }), after(0), 5))).toBe(179);
    expect(nextCallAt(aBucket({ tokens: 19 }), after(0), 100)).toEqual(after(0));
  });

  test('does not lose calls when a clock goes back', () => {
    expect(callsLeft(aBucket({ tokens: 3 }), after(-3_600))).toBe(3);
  });
});
