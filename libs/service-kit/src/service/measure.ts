import { AppError, isTransient } from '@orderbus/kernel';
import type { Observer } from '@orderbus/outbox';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';

/** An instance that has not looked into the outbox for so long does not lead any more. */
const leadsForMs = 30_000;

/** Counts and logs what the messaging library does. Never labelled by order: the number of series stays small. */
export const observe = (metrics: Metrics, log: Log): Observer => {
  const duration = metrics.histogram({
    name: 'handler_duration_seconds',
    help: 'Seconds per message, its share of the batch, by how it ended',
    labelNames: ['consumer', 'type', 'outcome'],
    buckets: [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1],
  });
  const errors = metrics.counter({
    name: 'handler_errors_total',
    help: 'Messages whose handler threw, by the kind of the error',
    labelNames: ['consumer', 'type', 'class'],
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
  const lag = metrics.histogram({
    name: 'consumer_event_lag_seconds',
    help: 'Seconds from the recording of an event to its effect here',
    labelNames: ['consumer'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30, 300],
  });
  return {
    handled: (work, outcome, seconds) => {
      const consumer = work.subscription.name;
      duration.observe({ consumer, type: work.event.type, outcome }, seconds);
      if (outcome === 'duplicate') duplicates.inc({ consumer });
      if (outcome === 'done' && work.recordedAt !== undefined) lag.observe({ consumer }, secondsSince(work.recordedAt));
    },
    failed: (work, error) => {
      errors.inc({ consumer: work.subscription.name, type: work.event.type, class: classOf(error) });
      log.error(
        { err: error, consumer: work.subscription.name, eventId: work.event.id, aggregateId: work.event.aggregateId },
        'a message failed',
      );
    },
    unreadable: (topic) => unreadable.inc({ type: topic.slice(0, 100) || 'none' }),
    swept: measureRelay(metrics),
    relayFailed: (error) => log.warn({ err: error }, 'the outbox could not be published, it is tried again'),
  };
};

const measureRelay = (metrics: Metrics): Observer['swept'] => {
  let ledAt = Number.NEGATIVE_INFINITY;
  metrics.observed({ name: 'outbox_leader', help: '1 while this instance publishes the outbox, or could at any moment' }, async () =>
    performance.now() - ledAt < leadsForMs ? 1 : 0,
  );
  const published = metrics.counter({ name: 'outbox_published_total', help: 'Events that the broker confirmed' });
  const confirmed = metrics.histogram({
    name: 'outbox_commit_to_confirm_seconds',
    help: "Seconds from the recording of an event, just before its commit, to the broker's confirm",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30, 300],
  });
  return ({ leads, confirmed: recordedAt }) => {
    if (leads) ledAt = performance.now();
    published.inc(recordedAt.length);
    for (const at of recordedAt) confirmed.observe(secondsSince(at));
  };
};

/** Another clock may be ahead. */
const secondsSince = (at: number): number => Math.max(0, Date.now() - at) / 1_000;

const classOf = (error: unknown): string => {
  if (error instanceof AppError) return error.kind;
  return isTransient(error) ? 'transient' : 'bug';
};
