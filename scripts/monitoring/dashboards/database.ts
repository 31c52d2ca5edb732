import { type Dashboard, q } from '../panels.ts';

const chosen = '{service=~"$service"}';

export const database: Dashboard = {
  uid: 'orderbus-database',
  title: 'Orderbus: database',
  variables: [{ label: 'service', metric: 'pg_pool_total' }],
  rows: [
    {
      title: 'Connections',
      panels: [
        {
          title: "Of each service's role, by what they do",
          unit: 'short',
          queries: [q(`max by (service, state) (pg_connections${chosen})`, '{{service}} {{state}}')],
        },
        {
          title: 'Pools: in use',
          unit: 'short',
          queries: [q(`sum by (service) (pg_pool_total${chosen}) - sum by (service) (pg_pool_idle${chosen})`, '{{service}}')],
        },
        {
          title: 'Work that waits for one',
          unit: 'short',
          alarmAt: 1,
          queries: [q(`max by (service, instance) (pg_pool_waiting${chosen})`, '{{service}} {{instance}}')],
        },
      ],
    },
    {
      title: 'Dead rows',
      panels: [
        {
          title: 'The oldest open transaction',
          unit: 's',
          about: 'No row that has died since then can be removed.',
          alarmAt: 600,
          queries: [q(`max by (service) (pg_oldest_snapshot_seconds${chosen})`, '{{service}}')],
        },
        {
          title: 'Dead rows, the ten worst tables',
          unit: 'short',
          queries: [q(`topk(10, max by (service, table) (pg_table_dead_rows${chosen}))`, '{{service}}.{{table}}')],
        },
        {
          title: 'Dead rows to live ones',
          unit: 'percentunit',
          queries: [
            q(
              `topk(10, max by (service, table) (pg_table_dead_rows${chosen}) / (max by (service, table) (pg_table_rows${chosen}) > 1000))`,
              '{{service}}.{{table}}',
            ),
          ],
        },
      ],
    },
    {
      title: 'Sizes',
      panels: [
        {
          title: 'The 15 largest tables',
          unit: 'bytes',
          as: 'bars',
          queries: [q(`topk(15, max by (service, table) (pg_table_bytes${chosen}))`, '{{service}}.{{table}}')],
        },
        {
          title: 'By service',
          unit: 'bytes',
          queries: [q(`sum by (service) (max by (service, table) (pg_table_bytes${chosen}))`, '{{service}}')],
        },
        {
          title: 'Rows of event logs and inboxes',
          unit: 'short',
          queries: [q('max by (service, table) (pg_table_rows{service=~"$service", table=~"event_log|inbox"})', '{{service}}.{{table}}')],
        },
      ],
    },
  ],
};
