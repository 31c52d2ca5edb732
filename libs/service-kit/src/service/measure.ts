import type { BrokerListeners } from '@orderbus/messaging';
import { countOpenDeadLetters, type Database, type Observer, outboxStatus } from '@orderbus/outbox';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';

/** Counts and logs what the messaging library does. Never labelled by order: the number of series stays small. */
export const observe = (metrics: Metrics, log: Log): Observer => {
  const duration = metrics.histogram({
    name: 'handler_duration_seconds',
    help: 'Time per message, its share of the batch, by how it ended',
    labelNames: ['consumer', 'type', 'outcome'],
    buckets: [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1],
  });
  const duplicates = metrics.counter({
    name: 'inbox_duplicates_total',
    help: 'Messages that had been seen before',
    labelNames: ['consumer'],
  });
  const unreadable = metrics.counter({
    name: 'messages_unreadable_total',
    help: 'Messages that broke their contract',
    labelNames: ['type'],
  });
  const published = metrics.counter({ name: 'outbox_published_total', help: 'Events that the broker confirmed' });
  const unconfirmed = metrics.counter({ name: 'outbox_unconfirmed_total', help: 'Events that it did not, and that were sent again' });
  const lag = metrics.histogram({
    name: 'consumer_event_lag_seconds',
    help: 'From the recording of an event to its effect here',
    labelNames: ['consumer'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30, 300],
  });
  return {
    handled: (work, outcome, seconds) => {
      const consumer = work.subscription.name;
      duration.observe({ consumer, type: work.event.type, outcome }, seconds);
      if (outcome === 'duplicate') duplicates.inc({ consumer });
      if (outcome === 'done' && work.recordedAt !== undefined) lag.observe({ consumer }, (Date.now() - work.recordedAt) / 1_000);
    },
    failed: (work, error) =>
      log.error(
        { err: error, consumer: work.subscription.name, eventId: work.event.id, aggregateId: work.event.aggregateId },
        'a message failed',
      ),
    unreadable: (topic) => unreadable.inc({ type: topic.slice(0, 100) || 'none' }),
    published: (confirmed, missing) => {
      published.inc(confirmed);
      if (missing > 0) unconfirmed.inc(missing);
    },
    relayFailed: (error) => log.warn({ err: error }, 'the outbox could not be published, it is tried again'),
  };
};

/** What the database says when the metrics are read. A database that is away leaves these gauges out. */
export const databaseMetrics = (metrics: Metrics, database: Database): void => {
  const pending = metrics.gauge({ name: 'outbox_pending', help: 'Events that wait to be published' });
  metrics.gauge({
    name: 'outbox_oldest_age_seconds',
    help: 'How long the oldest of them has been waiting',
    async collect() {
      const status = await outboxStatus(database).catch(() => undefined);
      if (!status) return this.reset();
      pending.set(status.pending);
      this.set(status.oldestAgeSeconds);
    },
  });
  metrics.gauge({
    name: 'dead_letters_open',
    help: 'Messages that wait for a person',
    async collect() {
      const open = await countOpenDeadLetters(database).catch(() => undefined);
      if (open === undefined) this.reset();
      else this.set(open);
    },
  });
};

export const brokerMetrics = (metrics: Metrics): BrokerListeners => {
  const state = metrics.gauge({ name: 'amqp_connection_state', help: '1 while connected', labelNames: ['role'] });
  const connections = metrics.counter({
    name: 'amqp_connects_total',
    help: 'Connections made, the first one included',
    labelNames: ['role'],
  });
  const blocked = metrics.gauge({ name: 'amqp_blocked', help: '1 while the broker takes no messages: it lacks memory or disk' });
  const confirm = metrics.histogram({
    name: 'amqp_confirm_seconds',
    help: 'How long a window of messages took to be confirmed',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10],
  });
  return {
    connected: (role) => {
      state.set({ role }, 1);
      connections.inc({ role });
    },
    disconnected: (role) => state.set({ role }, 0),
    blocked: (is) => blocked.set(is ? 1 : 0),
    published: ({ seconds }) => confirm.observe(seconds),
  };
};
