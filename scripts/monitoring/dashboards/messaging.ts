import { type Dashboard, q, quantile } from '../panels.ts';

const chosen = '{service=~"$service"}';

export const messaging: Dashboard = {
  uid: 'orderbus-messaging',
  title: 'Orderbus: messaging',
  variables: [{ label: 'service', metric: 'outbox_pending' }],
  rows: [
    {
      title: 'Outboxes',
      panels: [
        { title: 'Waiting', unit: 'short', queries: [q(`max by (service) (outbox_pending${chosen})`, '{{service}}')] },
        {
          title: 'The oldest event',
          unit: 's',
          alarmAt: 60,
          queries: [q(`max by (service) (outbox_oldest_age_seconds${chosen})`, '{{service}}')],
        },
        {
          title: 'Published',
          unit: 'ops',
          queries: [q(`sum by (service) (rate(outbox_published_total${chosen}[$__rate_interval]))`, '{{service}}')],
        },
        {
          title: 'Not confirmed, by why',
          unit: 'ops',
          queries: [q(`sum by (service, kind) (rate(outbox_publish_failures_total${chosen}[$__rate_interval]))`, '{{service}} {{kind}}')],
        },
        {
          title: 'From the recording to the confirm, p99',
          unit: 's',
          queries: [q(quantile(0.99, 'outbox_commit_to_confirm_seconds', ['service'], chosen), '{{service}}')],
        },
        { title: 'Instances that may publish', unit: 'short', queries: [q(`sum by (service) (outbox_leader${chosen})`, '{{service}}')] },
      ],
    },
    {
      title: 'Handlers',
      panels: [
        {
          title: 'Messages by how they ended',
          unit: 'ops',
          queries: [q(`sum by (outcome) (rate(handler_duration_seconds_count${chosen}[$__rate_interval]))`, '{{outcome}}')],
        },
        {
          title: 'Time per message, p99',
          unit: 's',
          queries: [q(quantile(0.99, 'handler_duration_seconds', ['consumer'], chosen), '{{consumer}}')],
        },
        {
          title: 'From the recording to the effect, p99',
          unit: 's',
          alarmAt: 30,
          queries: [q(quantile(0.99, 'consumer_event_lag_seconds', ['consumer'], chosen), '{{consumer}}')],
        },
        {
          title: 'Errors',
          unit: 'ops',
          queries: [q(`sum by (consumer, class) (rate(handler_errors_total${chosen}[$__rate_interval]))`, '{{consumer}} {{class}}')],
        },
        {
          title: 'Seen before',
          unit: 'ops',
          queries: [q(`sum by (consumer) (rate(inbox_duplicates_total${chosen}[$__rate_interval]))`, '{{consumer}}')],
        },
        {
          title: 'Broke their contract',
          unit: 'ops',
          queries: [q(`sum by (type) (rate(messages_unreadable_total${chosen}[$__rate_interval]))`, '{{type}}')],
        },
      ],
    },
    {
      title: 'Dead letters',
      panels: [
        {
          title: 'Open, by why',
          unit: 'short',
          alarmAt: 1,
          queries: [q(`max by (service, class) (dead_letters_open${chosen})`, '{{service}} {{class}}')],
        },
        {
          title: 'The oldest dead letter',
          unit: 's',
          queries: [q(`max by (service, class) (dead_letters_oldest_age_seconds${chosen})`, '{{service}} {{class}}')],
        },
        {
          title: 'Handed over again',
          unit: 'short',
          queries: [q(`sum by (service) (increase(redrives_total${chosen}[1h]))`, '{{service}}')],
        },
      ],
    },
    {
      title: 'Connections to the broker',
      panels: [
        {
          title: 'Connected',
          unit: 'none',
          queries: [q(`min by (service, role) (amqp_connection_state${chosen})`, '{{service}} {{role}}')],
        },
        {
          title: 'Connections made in an hour',
          unit: 'short',
          queries: [q(`sum by (service, role) (increase(amqp_connects_total${chosen}[1h]))`, '{{service}} {{role}}')],
        },
        {
          title: 'Blocked by the broker',
          unit: 'none',
          alarmAt: 1,
          queries: [q(`max by (service, role) (amqp_blocked${chosen})`, '{{service}} {{role}}')],
        },
        {
          title: 'Confirm of a window, p99',
          unit: 's',
          queries: [q(quantile(0.99, 'amqp_confirm_seconds', ['service'], chosen), '{{service}}')],
        },
        { title: 'Not settled', unit: 'short', queries: [q(`sum by (service) (amqp_unacked${chosen})`, '{{service}}')] },
      ],
    },
    {
      title: 'RabbitMQ',
      panels: [
        {
          title: 'Ready, by queue',
          unit: 'short',
          queries: [q('sum by (queue) (rabbitmq_detailed_queue_messages_ready{queue=~"orderbus[.].+"})', '{{queue}}')],
        },
        {
          title: 'Unacknowledged, by queue',
          unit: 'short',
          queries: [q('sum by (queue) (rabbitmq_detailed_queue_messages_unacked{queue=~"orderbus[.].+"})', '{{queue}}')],
        },
        {
          title: 'Consumers, by queue',
          unit: 'short',
          queries: [q('sum by (queue) (rabbitmq_detailed_queue_consumers{queue=~"orderbus[.].+"})', '{{queue}}')],
        },
        {
          title: 'Alarms',
          unit: 'none',
          alarmAt: 1,
          queries: [
            q('max by (instance) (rabbitmq_alarms_memory_used_watermark)', 'memory {{instance}}'),
            q('max by (instance) (rabbitmq_alarms_free_disk_space_watermark)', 'disk {{instance}}'),
          ],
        },
        {
          title: 'Memory and disk that is left',
          unit: 'bytes',
          queries: [
            q('rabbitmq_process_resident_memory_bytes', 'memory {{instance}}'),
            q('rabbitmq_disk_space_available_bytes', 'disk {{instance}}'),
          ],
        },
        {
          title: 'Redelivered and unroutable',
          unit: 'ops',
          queries: [
            q('sum(rate(rabbitmq_global_messages_redelivered_total[$__rate_interval]))', 'redelivered'),
            q('sum(rate(rabbitmq_global_messages_unroutable_dropped_total[$__rate_interval]))', 'dropped'),
            q('sum(rate(rabbitmq_global_messages_unroutable_returned_total[$__rate_interval]))', 'returned'),
          ],
        },
      ],
    },
  ],
};
