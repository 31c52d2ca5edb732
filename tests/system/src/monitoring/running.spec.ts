import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createMetrics, type Metrics } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import { told } from '../http.ts';
import { openShop, type Shop } from '../shop.ts';
import { dashboards, documented, rules, scalingQueries } from './files.ts';
import { foreignMetrics } from './foreign.ts';
import { usesOf } from './promql.ts';

let shop: Shop;
let order: Record<string, unknown>;
/** What the services answered, one after the other. */
let scraped: string;
/** Each metric that there is, with its labels. */
const known = new Map<string, Set<string>>();

beforeAll(async () => {
  shop = await openShop();
  const [amazonOrderId = ''] = await shop.sell({
    ...{ fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', marketplaceId: 'A1PA6795UKMFR9' },
    lines: [{ sku: 'SKU-TOWEL-3', quantity: 1 }],
  });
  await shop.sync();
  order = await eventually(async () => {
    const found = await shop.order(amazonOrderId);
    expect(found).toMatchObject({ status: 'processing', billed: [{}] });
    return found;
  });
  const { services } = shop.system;
  // Who is asked nothing has no answer to measure.
  for (const { url } of services) await told('GET', `${url}/dead-letters`);
  scraped = (await Promise.all(services.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()))).join('\n');
  readSamples(scraped);
  for (const { name, labels } of documented)
    for (const series of seriesOf(name)) if (!known.has(series)) learn(series, [...labels, 'service', 'le']);
  // Of a service that has its process to itself, as each main.ts asks for it.
  await readDeclared(createMetrics('process', { processMetrics: true }));
  for (const [name, labels] of Object.entries(foreignMetrics)) learn(name, labels);
  for (const { record } of rules) if (record) learn(record, ['slo']);
});
afterAll(() => shop?.stop());

const learn = (name: string, labels: Iterable<string>): void => {
  const all = known.get(name) ?? new Set(['job', 'instance']);
  for (const label of labels) all.add(label);
  known.set(name, all);
};

const readSamples = (text: string): void => {
  for (const [, name = '', labels = ''] of text.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm))
    learn(
      name,
      [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label as string),
    );
};

const seriesOf = (name: string): string[] => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`];

const readDeclared = async ({ registry }: Metrics): Promise<void> => {
  for (const { name } of await registry.getMetricsAsJSON()) {
    const { labelNames } = registry.getSingleMetric(name) as unknown as { labelNames: string[] };
    for (const series of seriesOf(name)) learn(series, ['service', ...labelNames]);
  }
};

const queries = [
  ...rules.map(({ alert, record, expr }) => ({ where: alert ?? record, expr, legend: '' })),
  ...scalingQueries.map((expr) => ({ where: 'scaling', expr, legend: '' })),
  ...dashboards.flatMap(({ title, panels, templating }) => [
    ...panels.flatMap((panel) =>
      (panel.targets ?? []).map(({ expr, legendFormat }) => ({ where: `${title}, ${panel.title}`, expr, legend: legendFormat })),
    ),
    ...templating.list.map(({ query }) => {
      const [, metric = '', label = ''] = /^label_values\((\w+), (\w+)\)$/.exec(query.query) ?? [];
      return { where: `${title}, variable ${label}`, expr: `max by (${label}) (${metric})`, legend: '' };
    }),
  ]),
];

test('every metric and every label of alerts, rules, dashboards and autoscaling is one of the running system', () => {
  const missing = queries.flatMap(({ where, expr, legend }) => {
    const uses = usesOf(expr);
    const shown = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label as string);
    const absent = uses.flatMap(({ metric, labels }) => {
      const there = known.get(metric);
      if (!there) return [metric];
      return [...labels].filter((label) => !there.has(label)).map((label) => `${metric}{${label}}`);
    });
    const unshown = shown.filter((label) => !uses.some(({ metric }) => known.get(metric)?.has(label)));
    return [...absent, ...unshown.map((label) => `{{${label}}}`)].map((what) => `${where}: ${what}`);
  });
  expect(queries.length).toBeGreaterThan(150);
  expect(missing).toEqual([]);
});

test('each of the seven services tells what all of them measure', () => {
  const everywhere = [
    ...['http_request_duration_seconds_count', 'outbox_pending', 'outbox_oldest_age_seconds', 'outbox_published_total', 'outbox_leader'],
    ...[
      'outbox_publish_failures_total',
      'dead_letters_open',
      'redrives_total',
      'amqp_connection_state',
      'amqp_blocked',
      'amqp_connects_total',
    ],
    ...[
      'amqp_unacked',
      'pg_pool_total',
      'pg_pool_waiting',
      'pg_connections',
      'pg_table_dead_rows',
      'pg_oldest_snapshot_seconds',
      'audit_broken',
    ],
  ];
  const names = shop.system.services.map(({ name }) => name);
  expect(names).toHaveLength(7);
  const silent = names.flatMap((service) =>
    everywhere
      .filter((metric) => !new RegExp(`^${metric}\\{.*service="${service}"`, 'm').test(scraped))
      .map((metric) => `${service}: ${metric}`),
  );
  expect(silent).toEqual([]);
});

test('no label names an order or its buyer, and every help says what is counted', () => {
  for (const word of [order.id, order.number, order.amazonOrderId]) {
    expect(word).toEqual(expect.stringMatching(/./));
    expect(scraped).not.toContain(`="${word}"`);
  }
  for (const [, name = '', help = ''] of scraped.matchAll(/^# HELP (\w+) (.*)$/gm)) {
    expect({ name, says: help.length > 5 }).toEqual({ name, says: true });
    if (name.endsWith('_seconds')) expect({ name, help }).toEqual({ name, help: expect.stringMatching(/[Ss]econds/) });
  }
});

test('the table of operations has each of our metrics, with its labels', () => {
  const told = new Map(documented.map(({ name, labels }) => [name, labels]));
  const names = [...scraped.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name as string);
  expect(names.filter((name) => !told.has(name))).toEqual([]);
  const wrong = [...told].flatMap(([name, labels]) => {
    const sampled = seriesOf(name).find((series) => new RegExp(`^${series}\\{`, 'm').test(scraped));
    if (sampled === undefined) return [];
    const own = [...(known.get(sampled) ?? [])].filter((label) => !['job', 'instance', 'service', 'le'].includes(label));
    return own.sort().join() === [...labels].sort().join() ? [] : [`${name}: ${own}`];
  });
  expect(wrong).toEqual([]);
});
