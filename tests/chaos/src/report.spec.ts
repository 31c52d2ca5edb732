import { describe, expect, test } from '@jest/globals';
import { finding } from '@orderbus/tests-system/finding';
import { controls } from './controls.ts';
import { faults } from './faults/index.ts';
import { failuresOf, pageOf, textTable } from './report.ts';
import type { Row } from './round.ts';
import { sumOf } from './stage.ts';

const row = (changes: Partial<Row> = {}): Row => ({
  ...{ fault: 'broker-kill', round: 'broker-kill', times: 2, seen: 'they connected anew', problem: undefined, orders: 40, findings: [] },
  ...{ recoverySeconds: 7, allowedSeconds: 60 },
  ...changes,
});
const good = { rows: [row()], caught: controls.map((control) => ({ control, words: 'seen', times: 1 })), last: [] };

describe('a run', () => {
  test('in which all is well has not failed', () => {
    expect(failuresOf(good)).toEqual([]);
  });

  test.each([
    ['a fault was not felt', { rows: [row({ seen: undefined, problem: 'nobody was connected' })] }],
    ['an order is missing', { rows: [row({ findings: [finding('I1', 'lost', 'order 1: is missing')] })] }],
    ['it took too long until all was right', { rows: [row({ recoverySeconds: 61 })] }],
    ['the judge has not noticed that a rule was broken', { caught: controls.map((control) => ({ control, words: undefined, times: 0 })) }],
    ['a process has ended by itself', { last: [finding('I8', 'wrong', 'order ended by itself')] }],
  ])('fails when %s', (_, changes) => {
    expect(failuresOf({ ...good, ...changes })).not.toEqual([]);
  });

  test('is a table, of what was lost, twice, and written twice', () => {
    const findings = [
      finding('I1', 'lost', 'a'),
      finding('I1', 'lost', 'b'),
      finding('I4', 'duplicated', 'c'),
      finding('I6', 'written-twice', 'd'),
    ];
    expect(textTable([row(), row({ findings })]).split('\n')).toEqual([
      expect.stringMatching(/^Fault +Times +Reached +Orders +Lost +Duplicated +Double writes +Recovery \(s\)$/),
      expect.stringMatching(/^broker-kill +2 +they connected anew +40 +0 +0 +0 +7$/),
      expect.stringMatching(/^broker-kill +2 +they connected anew +40 +2 +1 +1 +never$/),
    ]);
  });

  test('is a page that says when, with which seed, and whether it failed', () => {
    const run = { ...good, seed: 42, broker: 'rabbit', brief: false, at: new Date('2026-05-01T00:00:00Z'), minutes: 10, leftOut: [] };
    expect(pageOf(run, faults)).toMatch(/on 2026-05-01, with seed 42/);
    expect(pageOf(run, faults)).not.toContain('has failed');
    // Two faults that were played together.
    expect(pageOf({ ...run, rows: [row(), row({ fault: 'broker-stop' })] }, faults)).toContain('**40 orders');
    expect(pageOf({ ...run, last: [finding('I9', 'wrong', 'a name stands in the logs')] }, faults)).toContain('has failed');
  });
});

test('every fault and control has a name of its own, and says how it is known to have been felt', () => {
  const names = [...faults, ...controls].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { shownBy, what } of faults) expect([shownBy, what].every((words) => /\w+ \w+/.test(words))).toBe(true);
});

test('a metric is summed over its labels', () => {
  const page = '# HELP a b\na_total{x="1"} 2\na_total{x="2"} 3\na_total_other 9\nb 4\n';
  expect([sumOf(page, 'a_total'), sumOf(page, 'b'), sumOf(page, 'a_total', /x="2"/), sumOf(page, 'c')]).toEqual([5, 4, 3, 0]);
});
