import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { dashboards, root, rules, testedAlerts } from './files.ts';
import { usesOf } from './promql.ts';

const alerts = rules.filter(({ alert }) => alert !== undefined);

describe('an alert', () => {
  test.each(alerts.map((rule) => [rule.alert as string, rule] as const))(
    '%s says how grave it is, what has happened, and what to do',
    (_, rule) => {
      expect(['page', 'ticket']).toContain(rule.labels?.severity);
      expect(rule.annotations?.summary).toMatch(/\w/);
      expect(existsSync(new URL(rule.annotations?.runbook_url ?? 'none', root))).toBe(true);
    },
  );

  test('has one name, and a test that fires it and one that does not', () => {
    const names = alerts.map(({ alert }) => alert).sort();
    expect(new Set(names).size).toBe(names.length);
    for (const fires of [true, false])
      expect([...new Set(testedAlerts.filter((tested) => tested.fires === fires).map(({ alert }) => alert))].sort()).toEqual(names);
  });
});

describe('a dashboard', () => {
  test('has an address of its own', () => {
    expect(dashboards.length).toBe(6);
    expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
  });

  test.each(dashboards.map((dashboard) => [dashboard.title, dashboard] as const))(
    '%s has panels with titles, units and queries',
    (_, { panels }) => {
      const shown = panels.filter(({ type }) => type !== 'row');
      expect(shown.length).toBeGreaterThan(5);
      expect(new Set(shown.map(({ title }) => title)).size).toBe(shown.length);
      for (const { title, fieldConfig, targets = [] } of shown) {
        expect({ title, unit: fieldConfig?.defaults.unit, queries: targets.length > 0 }).toEqual({
          title: expect.stringMatching(/./),
          unit: expect.stringMatching(/./),
          queries: true,
        });
      }
    },
  );
});

describe('what is read out of a query', () => {
  test('are its metrics, each with the labels by which it is selected, grouped and matched', () => {
    const query = 'sum by (a) (rate(x_total{b=~"$c", d!=""}[$__rate_interval])) / on (e) max without (f) (y) > 0.5';
    expect(usesOf(query)).toEqual([
      { metric: 'x_total', labels: new Set(['b', 'd', 'a', 'e']) },
      { metric: 'y', labels: new Set(['e']) },
    ]);
  });

  test('is nothing when it is none', () => {
    expect(() => usesOf('sum by (a (x)')).toThrow('no PromQL');
  });
});
