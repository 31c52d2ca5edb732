import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { dashboards, provisionedDatasource, root, rules, runbooks, testedAlerts } from './files.ts';
import { usesOf } from './promql.ts';

const alerts = rules.filter(({ alert }) => alert !== undefined);

describe('an alert', () => {
  test.each(alerts.map((rule) => [rule.alert as string, rule] as const))(
    '%s says how grave it is, what has happened, and what to do',
    (_, rule) => {
      expect(['page', 'ticket']).toContain(rule.labels?.severity);
      expect(rule.annotations?.summary).toMatch(/\w/);
      const page = new URL(rule.annotations?.runbook_url ?? 'none', root);
      expect(existsSync(page)).toBe(true);
      // What it means comes first, without a heading.
      if (page.pathname.includes('/alerts/'))
        expect(readFileSync(page, 'utf8')).toMatch(/^# \w+\n\n[A-Z].{20,}[\s\S]*\n## Look here\n- [\s\S]*\n## Do this\n- /);
    },
  );

  test('has one name, and a test that fires it and one that does not', () => {
    const names = alerts.map(({ alert }) => alert).sort();
    expect(new Set(names).size).toBe(names.length);
    for (const fires of [true, false])
      expect([...new Set(testedAlerts.filter((tested) => tested.fires === fires).map(({ alert }) => alert))].sort()).toEqual(names);
  });
});

test('every command of a runbook is there: npm scripts, and files', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'));
  for (const [name, text] of runbooks) {
    const commands = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, script]) => script as string);
    expect([name, commands.filter((script) => !(script in scripts))]).toEqual([name, []]);
    const files = [...text.matchAll(/\bnode ((?:deploy|services)\/[\w/.-]+\.ts)/g)].map(([, file]) => file as string);
    expect([name, files.filter((file) => !existsSync(new URL(file, root)))]).toEqual([name, []]);
  }
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

describe('a panel of a dashboard', () => {
  const all = dashboards.flatMap(({ title, panels }) => panels.map((panel) => ({ dashboard: title, panel })));

  test('has an id of its own, and a place that no other one covers', () => {
    for (const { title, panels } of dashboards) {
      expect([title, new Set(panels.map(({ id }) => id)).size]).toEqual([title, panels.length]);
      const places = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
        Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
      );
      expect([title, new Set(places).size]).toEqual([title, places.length]);
      expect(panels.every(({ gridPos: { x, w } }) => x >= 0 && x + w <= 24)).toBe(true);
    }
  });

  test('asks the Prometheus that is provisioned, each query under a letter of its own, and names what it draws', () => {
    const [, uid] = /uid: (\w+)/.exec(provisionedDatasource) ?? [];
    for (const { dashboard, panel } of all.filter(({ panel: { type } }) => type !== 'row')) {
      const targets = panel.targets ?? [];
      expect([dashboard, panel.title, [panel, ...targets].map(({ datasource }) => datasource?.uid)]).toEqual([
        dashboard,
        panel.title,
        [panel, ...targets].map(() => uid),
      ]);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      // Of several courses or bars each one needs a name; a single number has its title.
      const unnamed = targets.filter(({ legendFormat }) => legendFormat === '__auto');
      if (panel.type !== 'stat' && targets.length > 1) expect([dashboard, panel.title, unnamed]).toEqual([dashboard, panel.title, []]);
    }
  });
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
