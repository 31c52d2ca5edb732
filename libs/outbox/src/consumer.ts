import type { Event } from '@orderbus/contracts';
import { AppError, type Clock, failpoint, isTransient } from '@orderbus/kernel';
import type { BatchHandler, Delivery, ParkedError, Settlement } from '@orderbus/messaging';
import { type Database, isDatabaseTrouble } from './database/open.ts';
import type { Committed } from './execute.ts';
import type { Observer } from './observer.ts';
import { processBatch, type Result, type Work } from './process-batch.ts';
import type { Subscription } from './subscription.ts';
import { handlingOf } from './tracing/handling.ts';
import { batchAttributes, spanNames } from './tracing/names.ts';
import { noTracing, SpanKind, type Tracing, traced } from './tracing/tracing.ts';

export interface ConsumerOptions {
  readonly database: Database;
  readonly subscriptions: readonly Subscription[];
  readonly clock: Clock;
  readonly observer: Observer;
  readonly committed: Committed;
  /** Default: off. */
  readonly tracing?: Tracing;
}

/** The events a service wants, each once. */
export const topicsOf = (subscriptions: readonly Subscription[]): string[] => [...new Set(subscriptions.map((s) => s.event.topic))];

/**
 * The batch handler of a service. A message that breaks its contract is parked before any transaction. The rest runs in one transaction;
 * if that throws, message by message, so that only the guilty one is retried or parked. A database that is away or full is nobody's fault: it
 * throws, and the broker hands over the same batch after a pause.
 */
export const batchHandler = (options: ConsumerOptions): BatchHandler => {
  const { tracing = noTracing } = options;
  const byTopic = Map.groupBy(options.subscriptions, (subscription) => subscription.event.topic);

  const run = async (works: readonly Work[], hurry: boolean): Promise<Result[]> => {
    failpoint('before_tx');
    const handling = handlingOf(tracing);
    try {
      const { results, events } = await options.database.transaction(async (tx) => {
        if (hurry) await tx.query(`set local lock_timeout = '1s'`);
        return processBatch(tx, works, options.clock, handling);
      });
      failpoint('after_commit_before_ack');
      handling.done((work) => fateOf(results[works.indexOf(work)] as Result).outcome);
      options.committed(events > 0);
      return results;
    } catch (error) {
      handling.failed(error);
      throw error;
    }
  };

  const runAlone = async (works: readonly Work[]): Promise<Fate[]> => {
    try {
      return (await run(works, true)).map(fateOf);
    } catch (error) {
      if (isDatabaseTrouble(error)) throw error;
      options.observer.failed(works[0] as Work, error);
      return works.map(() => fateOfError(error));
    }
  };

  const runTogether = async (groups: readonly Work[][], hurry: boolean): Promise<Fate[][]> => {
    const started = performance.now();
    const works = groups.flat();
    if (works.length === 0) return groups.map(() => []);
    let fates: Fate[];
    try {
      fates = (await run(works, hurry)).map(fateOf);
    } catch (error) {
      if (isDatabaseTrouble(error)) throw error;
      fates = [];
      for (const group of groups) fates.push(...(await runAlone(group)));
    }
    const seconds = (performance.now() - started) / 1000;
    works.forEach((work, n) => {
      options.observer.handled(work, (fates[n] as Fate).outcome, seconds / works.length);
    });
    const fateOfWork = new Map(works.map((work, n) => [work, fates[n] as Fate]));
    return groups.map((group) => group.map((work) => fateOfWork.get(work) as Fate));
  };

  const handle: BatchHandler = async (batch) => {
    const readings = batch.map((delivery) => read(delivery, byTopic));
    const worksOf = (reading: Reading): Work[] => ('works' in reading ? reading.works : []);
    const settlements = new Map<Reading, Settlement>();
    // What comes again is a transaction of its own, after the others: what it waits for, they do not wait for each time.
    for (const again of [false, true]) {
      const part = readings.filter((_, n) => (batch[n] as Delivery).attempt > 1 === again);
      const fates = await runTogether(part.map(worksOf), again);
      part.forEach((reading, n) => {
        settlements.set(reading, (fates[n] as Fate[]).map((fate) => fate.settlement).reduce(worse, done));
      });
    }
    return readings.map((reading) => {
      if ('works' in reading) return settlements.get(reading) as Settlement;
      options.observer.unreadable(reading.topic, reading.settlement);
      return reading.settlement;
    });
  };

  return (batch) => {
    if (!tracing.tracer) return handle(batch);
    const attributes = batchAttributes(tracing.broker, 'process', tracing.service, batch.length);
    const links = batch.map(({ headers }) => headers.traceparent);
    return traced(tracing, spanNames.process(tracing.service), { kind: SpanKind.CONSUMER, root: true, links, attributes }, () =>
      handle(batch),
    );
  };
};

type Reading = { readonly works: Work[] } | { readonly settlement: Settlement; readonly topic: string };

const read = (delivery: Delivery, byTopic: ReadonlyMap<string, Subscription[]>): Reading => {
  const subscriptions = byTopic.get(delivery.topic);
  const [first] = subscriptions ?? [];
  if (!subscriptions || !first) return handOn(delivery);
  const content = parsed(delivery.body);
  if (content === undefined) return park(delivery, 'not-json', new AppError('invalid', 'message.not-json', { topic: delivery.topic }));
  try {
    const event: Event = first.event.parse(content);
    const recordedAt = Date.parse(delivery.headers['x-recorded-at'] ?? '') || undefined;
    return { works: subscriptions.map((subscription) => ({ event, subscription, recordedAt })) };
  } catch (error) {
    return park(delivery, 'breaks-contract', error);
  }
};

/**
 * Setup binds what a release hears before that release runs, and for a while the one before it gets half of that: it comes again until the
 * new one takes it. 12 minutes by default, then nobody does.
 */
const handOn = (delivery: Delivery): Reading => {
  const { topic, attempt } = delivery;
  const error = describe(new AppError('invalid', 'message.unknown-type', { topic }));
  return { topic, settlement: { fate: attempt > timesHandedOn ? 'park' : 'retry', reason: 'unknown-type', error } };
};

const timesHandedOn = 4;

/** The parser's own error quotes what it could not read, be it a buyer. */
const parsed = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
};

const park = (delivery: Delivery, reason: string, error: unknown): Reading => ({
  topic: delivery.topic,
  settlement: { fate: 'park', reason, error: describe(error) },
});

interface Fate {
  readonly settlement: Settlement;
  /** What the metric says: done, duplicate, ignored, already-done, too-early, not-allowed, retry, parked. */
  readonly outcome: string;
}

const done: Settlement = { fate: 'done' };

/** A refusal is a value: done already is fine, too early comes later, not allowed waits for a person. */
const fateOf = (result: Result): Fate => {
  if (result.outcome !== 'refused') return { settlement: done, outcome: result.outcome };
  const { refused, detail } = result.refusal;
  const reason = detail === undefined ? refused : `${refused}: ${detail}`;
  if (refused === 'already-done') return { settlement: done, outcome: refused };
  return { settlement: { fate: refused === 'too-early' ? 'retry' : 'park', reason }, outcome: refused };
};

const fateOfError = (error: unknown): Fate => {
  const reason = error instanceof AppError ? error.code : 'error';
  return isTransient(error)
    ? { settlement: { fate: 'retry', reason, error: describe(error) }, outcome: 'retry' }
    : { settlement: { fate: 'park', reason, error: describe(error) }, outcome: 'parked' };
};

const severity = { done: 0, retry: 1, park: 2 } as const;
const worse = (a: Settlement, b: Settlement): Settlement => (severity[b.fate] > severity[a.fate] ? b : a);

/** What a dead letter says of an error. The messages of our contracts name fields, never values: they hold no buyer data. */
const describe = (error: unknown): ParkedError =>
  Error.isError(error)
    ? {
        class: error.name,
        message: error.message.slice(0, 2_000),
        ...(error.stack === undefined ? {} : { stack: error.stack.slice(0, 4_000) }),
      }
    : { class: 'unknown', message: String(error).slice(0, 2_000) };
