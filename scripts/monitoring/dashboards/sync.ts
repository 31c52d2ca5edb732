import { type Dashboard, q, quantile } from '../panels.ts';

export const sync: Dashboard = {
  uid: 'orderbus-sync',
  title: 'Orderbus: sync by store',
  variables: [{ label: 'store', metric: 'sync_lag_seconds' }],
  rows: [
    {
      title: 'In step with Amazon',
      panels: [
        {
          title: 'The ten stores that are furthest behind',
          unit: 's',
          as: 'bars',
          alarmAt: 900,
          queries: [q('topk(10, max by (store) (sync_lag_seconds{store=~"$store"}))', '{{store}}')],
        },
        {
          title: 'Since the last complete pass',
          unit: 's',
          alarmAt: 900,
          queries: [q('max by (store) (sync_lag_seconds{store=~"$store"})', '{{store}}')],
        },
        {
          title: "From Amazon's change to its being here",
          unit: 's',
          alarmAt: 420,
          queries: [q(quantile(0.99, 'sync_delay_seconds', []), 'p99'), q(quantile(0.5, 'sync_delay_seconds', []), 'p50')],
        },
      ],
    },
    {
      title: 'What was read',
      panels: [
        {
          title: 'Orders by what is new about them',
          unit: 'ops',
          queries: [q('sum by (result) (rate(sync_orders_total[$__rate_interval]))', '{{result}}')],
        },
        {
          title: 'Missed, found by the last search',
          unit: 'short',
          alarmAt: 1,
          queries: [q('max by (store) (sync_drift_orders{store=~"$store"})', '{{store}}')],
        },
        {
          title: 'Nothing is sent for these',
          unit: 'none',
          as: 'stat',
          alarmAt: 1,
          queries: [q('max by (store) (read_only{store=~"$store"})', '{{store}}')],
        },
      ],
    },
    {
      title: 'Quota and secrets',
      panels: [
        {
          title: 'Calls left',
          unit: 'short',
          queries: [q('min by (store, op) (spapi_budget_tokens{store=~"$store"})', '{{store}} {{op}}')],
        },
        {
          title: 'Age of secrets',
          unit: 'dtdurations',
          as: 'bars',
          alarmAt: 150 * 86_400,
          queries: [q('max by (store, secret) (amazon_secret_age_seconds{store=~"$store"})', '{{store}} {{secret}}')],
        },
        {
          title: "Words of Amazon's that are new to us",
          unit: 'short',
          queries: [q('sum by (field, value) (increase(amazon_unknown_values_total[1h]))', '{{field}} {{value}}')],
        },
      ],
    },
  ],
};
