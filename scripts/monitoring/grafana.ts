import type { Dashboard, Panel, Row, Variable } from './panels.ts';

const datasource = { type: 'prometheus', uid: 'prometheus' };
const panelsPerLine = 3;
const gridColumns = 24;
const height = 8;

/** What Grafana provisions. */
export const grafanaJson = ({ uid, title, variables = [], rows }: Dashboard): string => {
  const dashboard = {
    uid,
    title,
    tags: ['orderbus'],
    schemaVersion: 39,
    timezone: 'browser',
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    links: [{ type: 'dashboards', tags: ['orderbus'], title: 'Orderbus', asDropdown: false, keepTime: true, includeVars: true }],
    templating: { list: variables.map(variableJson) },
    panels: layOut(rows),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
};

const variableJson = ({ label, metric }: Variable) => ({
  name: label,
  type: 'query',
  datasource,
  query: { query: `label_values(${metric}, ${label})`, refId: label },
  refresh: 2,
  multi: true,
  includeAll: true,
  allValue: '.*',
  current: { text: 'All', value: '$__all' },
});

/** Rows below each other, three panels side by side. */
const layOut = (rows: readonly Row[]): object[] => {
  const laid: object[] = [];
  let y = 0;
  for (const { title, panels } of rows) {
    laid.push({ id: laid.length + 1, type: 'row', title, gridPos: { x: 0, y: y++, w: gridColumns, h: 1 }, collapsed: false, panels: [] });
    panels.forEach((panel, index) => {
      const w = gridColumns / panelsPerLine;
      const gridPos = { x: (index % panelsPerLine) * w, y: y + Math.floor(index / panelsPerLine) * height, w, h: height };
      laid.push({ id: laid.length + 1, ...panelJson(panel), gridPos });
    });
    y += Math.ceil(panels.length / panelsPerLine) * height;
  }
  return laid;
};

const types = { stat: 'stat', bars: 'bargauge' } as const;

const panelJson = ({ title, unit, as, queries, alarmAt, about }: Panel) => ({
  type: as ? types[as] : 'timeseries',
  title,
  ...(about === undefined ? {} : { description: about }),
  datasource,
  targets: queries.map(({ expr, legend }, index) => ({
    refId: String.fromCharCode(65 + index),
    datasource,
    expr,
    legendFormat: legend || '__auto',
    ...(as ? { instant: true, range: false } : {}),
  })),
  fieldConfig: {
    defaults: {
      unit,
      ...(as ? {} : { min: 0 }),
      thresholds: {
        mode: 'absolute',
        steps: [{ color: 'green', value: null }, ...(alarmAt === undefined ? [] : [{ color: 'red', value: alarmAt }])],
      },
      ...(as || alarmAt === undefined ? {} : { custom: { thresholdsStyle: { mode: 'line' } } }),
    },
    overrides: [],
  },
  options: as
    ? { reduceOptions: { calcs: ['lastNotNull'] }, ...(as === 'bars' ? { orientation: 'horizontal', displayMode: 'basic' } : {}) }
    : { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
});
