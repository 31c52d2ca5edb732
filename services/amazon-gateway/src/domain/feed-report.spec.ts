import { describe, expect, test } from '@jest/globals';
import { type ProcessingReport, verdictsOf } from './feed-report.ts';

const report = (changes: Partial<ProcessingReport> = {}): ProcessingReport => ({
  ...{ complete: true, processed: 3, successful: 3, withError: 0, withWarning: 0, results: [] },
  ...changes,
});
const error = (messageId: number, words = 'No.') => ({ messageId, kind: 'error', code: '18028', words }) as const;
const warning = (messageId: number) => ({ messageId, kind: 'warning', code: '18000', words: 'Mind this.' }) as const;
const verdicts = (...[of, count]: Parameters<typeof verdictsOf>) => verdictsOf(of, count).map(({ verdict }) => verdict);

describe('of a report that adds up', () => {
  test('silence is a yes', () => {
    expect(verdictsOf(report(), 3)).toEqual(Array(3).fill({ verdict: 'accepted' }));
  });

  test('pitfall 25: DONE is not yes: an error is a no to its own message, with its words', () => {
    const of = report({ successful: 2, withError: 1, results: [error(2, 'Too late.'), error(2, 'Really.')] });
    expect(verdictsOf(of, 3)).toEqual([
      { verdict: 'accepted' },
      { verdict: 'refused', code: '18028', words: 'Too late. Really.' },
      { verdict: 'accepted' },
    ]);
  });

  test.each([3, 2])('a warning is a yes with words, whether it counts as a success (%s) or not', (successful) => {
    expect(verdictsOf(report({ successful, withWarning: 1, results: [warning(1)] }), 3)[0]).toEqual({
      verdict: 'accepted',
      words: 'Mind this.',
    });
  });
});

describe('of a report that does not add up', () => {
  test.each([
    ['a message is missing', report({ processed: 2, successful: 2 })],
    ['an error is not named', report({ successful: 2, withError: 1 })],
    ['it is not complete', report({ complete: false })],
  ])('nobody knows when %s', (_, of) => {
    expect(verdicts(of, 3)).toEqual(['unknown', 'unknown', 'unknown']);
  });

  test('a no that is named is a no all the same', () => {
    expect(verdicts(report({ processed: 2, successful: 1, withError: 1, results: [error(3)] }), 3)).toEqual([
      'unknown',
      'unknown',
      'refused',
    ]);
  });
});

describe('of a document that Amazon could not read', () => {
  test('everything is refused', () => {
    const of = report({ processed: 0, successful: 0, withError: 1, results: [error(0, 'Ill-formed at line 1.')] });
    expect(verdictsOf(of, 2)).toEqual(Array(2).fill({ verdict: 'refused', code: '18028', words: 'Ill-formed at line 1.' }));
  });

  test('but not what was done before', () => {
    expect(verdicts(report({ processed: 1, successful: 1, withError: 1, results: [error(0)] }), 2)).toEqual(['unknown', 'unknown']);
  });
});
