import { describe, expect, test } from '@jest/globals';
import { circuitWord } from './circuit-word.ts';

const afterMs = 120_000;
const since = '2026-03-01T10:00:00.000Z';
const at = (seconds: number) => new Date(Date.parse(since) + seconds * 1_000);

describe('a system that is called', () => {
  test.each([
    ['is no news while it answers', { told: false, since: null, isOpen: false }, 9_999, undefined],
    ['is no news when it was away for a moment', { told: false, since, isOpen: true }, 119, undefined],
    ['is told when it stays away', { told: false, since, isOpen: true }, 120, 'opened'],
    ['is not told before the next call has failed', { told: false, since, isOpen: false }, 9_999, undefined],
    ['is told once', { told: true, since, isOpen: true }, 9_999, undefined],
    ['is not back before a call has gone through', { told: true, since, isOpen: false }, 9_999, undefined],
    ['is told when it is back', { told: true, since: null, isOpen: false }, 0, 'closed'],
  ] as const)('%s', (_, view, seconds, word) => {
    expect(circuitWord(view, at(seconds), afterMs)).toBe(word);
  });
});
