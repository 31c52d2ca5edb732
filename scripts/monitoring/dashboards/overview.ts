import { type Dashboard, q, quantile } from '../panels.ts';

export const overview: Dashboard = {
  uid: 'orderbus-overview',
  title: 'Orderbus: overview',
  rows: [
    {
      title: 'Does it keep its promises?',
      panels: [
        {
          title: 'Error budget, last hour',
          unit: 'short',
          about: '1: used up exactly as fast as it may be. Above 14.4 for an hour, somebody is woken.',
          alarmAt: 14.4,
          queries: [q('slo:burn_rate:1h', '{{slo}}')],
        },
        { title: 'Error budget, last day', unit: 'short', alarmAt: 3, queries: [q('slo:burn_rate:1d', '{{slo}}')] },
        {
          title: 'Kept in the last hour',
          unit: 'percentunit',
          as: 'stat',
          queries: [q('1 - slo:burn_rate:1h * slo:budget:ratio', '{{slo}}')],
        },
      ],
    },
    {
      title: 'Orders on their way',
      panels: [
        {
          title: 'Orders that Amazon shows, by what is new',
          unit: 'ops',
          queries: [q('sum by (result) (rate(sync_orders_total[$__rate_interval]))', '{{result}}')],
        },
        {
          title: 'Events by type',
          unit: 'ops',
          queries: [q('sum by (type) (rate(handler_duration_seconds_count{outcome="done"}[$__rate_interval]))', '{{type}}')],
        },
        {
          title: 'From the event to its effect',
          unit: 's',
          alarmAt: 5,
          queries: [q(quantile(0.99, 'consumer_event_lag_seconds', []), 'p99'), q(quantile(0.5, 'consumer_event_lag_seconds', []), 'p50')],
        },
        {
          title: 'From hand-over of a parcel to Amazon knowing',
          unit: 's',
          queries: [
            q(quantile(0.99, 'shipment_write_back_seconds', []), 'p99'),
            q(quantile(0.5, 'shipment_write_back_seconds', []), 'p50'),
          ],
        },
        { title: 'Orders that wait for units', unit: 'short', queries: [q('max(fulfillment_orders_short)', 'short')] },
        {
          title: 'Orders that wait for somebody',
          unit: 'short',
          queries: [
            q('max(billing_review)', 'without an invoice'),
            q('max(billing_totals_differ)', 'amounts differ'),
            q('max(billing_refunds_refused)', 'refund refused'),
            q('sum(max by (kind) (alerts_open))', 'alerts'),
          ],
        },
      ],
    },
    {
      title: 'What needs a person',
      panels: [
        {
          title: 'Dead letters',
          unit: 'short',
          as: 'stat',
          alarmAt: 1,
          queries: [q('sum by (service) (max by (service, class) (dead_letters_open))', '{{service}}')],
        },
        { title: 'Orders missed', unit: 'short', as: 'stat', alarmAt: 1, queries: [q('max by (store) (sync_drift_orders)', '{{store}}')] },
        { title: 'Buyers kept too long', unit: 'short', as: 'stat', alarmAt: 1, queries: [q('max(pii_rows_overdue)', 'overdue')] },
      ],
    },
  ],
};
