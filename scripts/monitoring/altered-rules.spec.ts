import { expect, test } from '@jest/globals';
import { alterationsOf, testedAs } from './altered-rules.ts';

test('each number of a rule is altered by a tenth, up and down; a name that holds a number is not', () => {
  const rule = { alert: 'Late', expr: 'rate(p99_bucket{le=~"420(.0)?", job="x9"}[5m]) > 0', for: '1h' };
  expect(alterationsOf(rule).map(({ rule: altered }) => `${altered.expr} for ${altered.for}`)).toEqual([
    'rate(p99_bucket{le=~"462(.0)?", job="x9"}[5m]) > 0 for 1h',
    'rate(p99_bucket{le=~"420(.0)?", job="x9"}[330000ms]) > 0 for 1h',
    'rate(p99_bucket{le=~"420(.0)?", job="x9"}[5m]) > 1 for 1h',
    'rate(p99_bucket{le=~"420(.0)?", job="x9"}[5m]) > 0 for 3960000ms',
    'rate(p99_bucket{le=~"378(.0)?", job="x9"}[5m]) > 0 for 1h',
    'rate(p99_bucket{le=~"420(.0)?", job="x9"}[270000ms]) > 0 for 1h',
    'rate(p99_bucket{le=~"420(.0)?", job="x9"}[5m]) > -1 for 1h',
    'rate(p99_bucket{le=~"420(.0)?", job="x9"}[5m]) > 0 for 3240000ms',
  ]);
});

test('what promtool says of a failed test leads to the rule', () => {
  expect(testedAs({ alert: 'Late', expr: '1' })).toBe('Late');
  expect(testedAs({ record: 'slo:errors', labels: { slo: 'a' }, expr: '1' })).toBe('slo:errors{slo="a"}');
  expect(testedAs({ record: 'slo:burn_rate:1h', expr: '1' })).toBe('slo:burn_rate:1h{');
});
