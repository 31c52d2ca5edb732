import { type Dashboard, q, quantile } from '../panels.ts';

const chosen = '{service=~"$service"}';
/** The stream of the console stays open on purpose. */
const answered = '{service=~"$service", route!="/api/live"}';

export const services: Dashboard = {
  uid: 'orderbus-services',
  title: 'Orderbus: services',
  variables: [{ label: 'service', metric: 'outbox_pending' }],
  rows: [
    {
      title: 'Requests',
      panels: [
        {
          title: 'By service',
          unit: 'reqps',
          queries: [q(`sum by (service) (rate(http_request_duration_seconds_count${chosen}[$__rate_interval]))`, '{{service}}')],
        },
        {
          title: 'Errors (5xx), by route',
          unit: 'reqps',
          queries: [
            q(
              'sum by (service, route) (rate(http_request_duration_seconds_count{service=~"$service", status=~"5.."}[$__rate_interval]))',
              '{{service}} {{route}}',
            ),
          ],
        },
        {
          title: 'Answered in, p99',
          unit: 's',
          alarmAt: 0.3,
          queries: [q(quantile(0.99, 'http_request_duration_seconds', ['service'], answered), '{{service}}')],
        },
        {
          title: 'The ten slowest routes, p99',
          unit: 's',
          as: 'bars',
          queries: [
            q(
              `topk(10, ${quantile(0.99, 'http_request_duration_seconds', ['service', 'method', 'route'], answered)})`,
              '{{service}} {{method}} {{route}}',
            ),
          ],
        },
        {
          title: 'By status',
          unit: 'reqps',
          queries: [q(`sum by (status) (rate(http_request_duration_seconds_count${chosen}[$__rate_interval]))`, '{{status}}')],
        },
        {
          title: 'Circuits',
          unit: 'none',
          about: '0 closed, 1 half open, 2 open',
          alarmAt: 2,
          queries: [q(`max by (service, name) (circuit_state${chosen})`, '{{service}} {{name}}')],
        },
      ],
    },
    {
      title: 'Processes',
      panels: [
        {
          title: 'Event loop, p99',
          unit: 's',
          alarmAt: 0.5,
          queries: [q(`max by (service, instance) (nodejs_eventloop_lag_p99_seconds${chosen})`, '{{service}} {{instance}}')],
        },
        {
          title: 'Heap in use',
          unit: 'bytes',
          queries: [q(`max by (service, instance) (nodejs_heap_size_used_bytes${chosen})`, '{{service}} {{instance}}')],
        },
        {
          title: 'Memory',
          unit: 'bytes',
          queries: [q(`max by (service, instance) (process_resident_memory_bytes${chosen})`, '{{service}} {{instance}}')],
        },
        {
          title: 'Time for garbage',
          unit: 'percentunit',
          queries: [q(`sum by (service, kind) (rate(nodejs_gc_duration_seconds_sum${chosen}[$__rate_interval]))`, '{{service}} {{kind}}')],
        },
        {
          title: 'CPU',
          unit: 'percentunit',
          queries: [
            q(`sum by (service, instance) (rate(process_cpu_seconds_total${chosen}[$__rate_interval]))`, '{{service}} {{instance}}'),
          ],
        },
        { title: 'Answers Prometheus', unit: 'none', queries: [q('up{job="orderbus"}', '{{instance}}')] },
      ],
    },
    {
      title: 'People',
      panels: [
        {
          title: 'Sign-ins, by how they ended',
          unit: 'short',
          queries: [q('sum by (method, outcome) (increase(sign_ins_total[1h]))', '{{method}} {{outcome}}')],
        },
        {
          title: 'Signed in, and pages that are open',
          unit: 'short',
          queries: [q('max(sessions_open)', 'sessions'), q('sum(live_readers)', 'pages')],
        },
        {
          title: 'Messages to the staff that wait',
          unit: 'short',
          queries: [
            q('max by (channel, state) (deliveries_unsent)', '{{channel}} {{state}}'),
            q('max by (state) (webhook_deliveries)', 'webhooks {{state}}'),
          ],
        },
      ],
    },
    {
      title: 'Duties',
      panels: [
        {
          title: 'Buyers kept too long',
          unit: 'short',
          alarmAt: 1,
          queries: [q('max(pii_rows_overdue)', 'overdue')],
        },
        { title: 'Since the last purge', unit: 's', alarmAt: 10_800, queries: [q('max(vault_purge_age_seconds)', 'purge')] },
        { title: 'Audit log broken', unit: 'none', alarmAt: 1, queries: [q('max by (service) (audit_broken)', '{{service}}')] },
      ],
    },
  ],
};
