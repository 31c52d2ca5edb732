import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

export const root = new URL('../../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const filesIn = (folder: string): string[] => readdirSync(new URL(folder, root)).map((name) => folder + name);

const quoted = (text: string): string[] => [...text.matchAll(/`(\w+)`/g)].map(([, word]) => word as string);

export interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface Asked {
  readonly datasource?: { readonly uid: string };
}

interface PanelFile extends Asked {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly (Asked & { readonly refId: string; readonly expr: string; readonly legendFormat: string })[];
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
}

export interface DashboardFile {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly PanelFile[];
  readonly templating: { readonly list: readonly { readonly query: { readonly query: string } }[] };
}

/** As Prometheus reads them. */
export const rules: readonly Rule[] = filesIn('deploy/prometheus/rules/').flatMap((file) =>
  (parse(read(file)) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules),
);

/** The names of the alerts that promtool tests. */
export const testedAlerts: readonly { readonly alert: string; readonly fires: boolean }[] = filesIn('deploy/prometheus/tests/').flatMap(
  (file) =>
    (parse(read(file)) as { tests: { alert_rule_test?: { alertname: string; exp_alerts: unknown[] }[] }[] }).tests.flatMap((test) =>
      (test.alert_rule_test ?? []).map(({ alertname, exp_alerts }) => ({ alert: alertname, fires: exp_alerts.length > 0 })),
    ),
);

/** As Grafana reads them. */
export const dashboards: readonly DashboardFile[] = filesIn('deploy/grafana/dashboards/').map((file) => JSON.parse(read(file)));

export const provisionedDatasource = read('deploy/grafana/provisioning/datasources/prometheus.yml');

/** Each page of what to do, with its text. */
export const runbooks: readonly (readonly [string, string])[] = ['docs/runbooks/', 'docs/runbooks/alerts/']
  .flatMap(filesIn)
  .filter((file) => file.endsWith('.md'))
  .map((file) => [file, read(file)]);

/** What autoscaling asks Prometheus. */
export const scalingQueries: readonly string[] = [
  ...read('deploy/kubernetes/overlays/production/scaling.yaml').matchAll(/^\s+query: (.+)$/gm),
].map(([, query]) => query as string);

/** The metrics of ours that docs/operations.md has in its table, each with its labels. */
export const documented: readonly { readonly name: string; readonly labels: readonly string[] }[] = [
  ...read('docs/operations.md')
    .replace(/^.*?## Metrics/s, '')
    .replace(/\n## .*$/s, '')
    .matchAll(/^\| (`[a-z].*?) \| (.*?) ?\|/gm),
].flatMap(([, names = '', labels = '']) => {
  const groups = labels.split(';').map(quoted);
  return quoted(names).map((name, index) => ({ name, labels: groups[index] ?? groups[0] ?? [] }));
});
