import type { BrokerListeners } from '@orderbus/messaging';
import type { Metrics } from '../metrics.ts';

const roles = ['publisher', 'consumer'] as const;
const publishFailures = ['nack', 'timeout', 'returned', 'closed'] as const;

/** What the broker tells of itself. What has not happened yet is zero from the start, so that the first time is seen as a change. */
export const brokerMetrics = (metrics: Metrics): BrokerListeners => {
  const state = metrics.gauge({ name: 'amqp_connection_state', help: '1 while connected, 0 while not', labelNames: ['role'] });
  const connections = metrics.counter({
    name: 'amqp_connects_total',
    help: 'Connections made, the first one included',
    labelNames: ['role'],
  });
  const blocked = metrics.gauge({
    name: 'amqp_blocked',
    help: '1 while the broker takes no messages on this connection: it lacks memory or disk',
    labelNames: ['role'],
  });
  const confirm = metrics.histogram({
    name: 'amqp_confirm_seconds',
    help: 'Seconds until a window of messages was confirmed',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
  });
  const failures = metrics.counter({
    name: 'outbox_publish_failures_total',
    help: 'Events that the broker did not confirm, and that are sent again: refused, no answer in time, nowhere to put it, or it was away',
    labelNames: ['kind'],
  });
  const unsettled = metrics.gauge({ name: 'amqp_unacked', help: 'Messages that the broker has handed over and that are not settled yet' });
  for (const role of roles) {
    state.set({ role }, 0);
    blocked.set({ role }, 0);
    connections.inc({ role }, 0);
  }
  for (const kind of publishFailures) failures.inc({ kind }, 0);
  return {
    connected: (role) => {
      state.set({ role }, 1);
      connections.inc({ role });
    },
    disconnected: (role) => state.set({ role }, 0),
    blocked: (role, is) => blocked.set({ role }, is ? 1 : 0),
    published: ({ seconds }) => confirm.observe(seconds),
    unconfirmed: (kind, count) => failures.inc({ kind }, count),
    unsettled: (change) => unsettled.inc(change),
  };
};
