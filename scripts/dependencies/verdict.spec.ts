import { describe, expect, test } from '@jest/globals';
import type { Advisory, Severity } from './npm-audit.ts';
import { type Exception, judge } from './verdict.ts';

const today = '2026-11-29';
const advisory = (severity: Severity, id = 'GHSA-1'): Advisory => ({
  ...{ id, package: 'door', severity, title: 'Anybody may come in', url: `https://github.com/advisories/${id}` },
});
const exception = (until: string): Exception => ({ advisory: 'GHSA-1', reason: 'our door has no handle', until });

describe('known weaknesses of packages', () => {
  test.each(['high', 'critical'] as const)('fail the check when they are %s', (severity) => {
    const { passes, lines } = judge({ advisories: [advisory(severity)] }, [], today);
    expect(passes).toBe(false);
    expect(lines).toContain(`${severity}: door: Anybody may come in (https://github.com/advisories/GHSA-1)`);
  });

  test.each(['info', 'low', 'moderate'] as const)('are counted when they are %s', (severity) => {
    const verdict = judge({ advisories: [advisory(severity)] }, [], today);
    expect(verdict).toEqual({ passes: true, lines: ['npm audit: 0 high or critical, 1 lesser'] });
  });

  test('pass until the day that an exception names, with its reason', () => {
    const { passes, lines } = judge({ advisories: [advisory('high')] }, [exception(today)], today);
    expect(passes).toBe(true);
    expect(lines.at(-1)).toContain('GHSA-1 until 2026-11-29: our door has no handle');
  });

  test('fail again the day after', () => {
    const { passes, lines } = judge({ advisories: [advisory('high')] }, [exception('2026-11-28')], today);
    expect(passes).toBe(false);
    expect(lines.at(-1)).toContain('GHSA-1 the exception ended on 2026-11-28');
  });

  test('fail beside one that is let pass', () => {
    expect(judge({ advisories: [advisory('high'), advisory('critical', 'GHSA-2')] }, [exception(today)], today).passes).toBe(false);
  });
});

test('an exception that is no longer needed is named', () => {
  expect(judge({ advisories: [] }, [exception(today)], today)).toEqual({
    passes: true,
    lines: ['npm audit: 0 high or critical, 0 lesser', 'GHSA-1: the exception is no longer needed'],
  });
});

test('without an answer the check passes, says so in one line and claims nothing', () => {
  expect(judge({ silence: 'status 405' }, [exception('2026-11-28')], today)).toEqual({
    passes: true,
    lines: ['no registry answered: npm audit was not run (status 405)'],
  });
});
