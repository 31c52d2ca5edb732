import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, failpoint } from '@orderbus/kernel';
import type { Broker, OutgoingMessage } from '@orderbus/messaging';
import type { Database } from './database/open.ts';
import type { Teller } from './dead-letter-piles.ts';
import { keepLetter } from './dead-letters.ts';
import { type LoggedEvent, loggedColumns, toJson } from './event-log.ts';
import type { Observer, Sweep } from './observer.ts';
import type { Transaction } from './subscription.ts';
import { batchAttributes, spanNames } from './tracing/names.ts';
import { noTracing, SpanKind, type Tracing, traced } from './tracing/tracing.ts';

export interface RelayOptions extends Teller {
  readonly database: Database;
  readonly broker: Pick<Broker, 'publish'>;
  readonly observer: Observer;
  /** How many events one window publishes. Default 500: measured best of 100, 500 and 1,000. */
  readonly windowSize?: number;
  /** How often to look without having been woken. Default 500. */
  readonly pollMs?: number;
  /** Default: off. */
  readonly tracing?: Tracing;
}

export interface Relay {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** There may be something new. */
  wake(): void;
}

/**
 * Publishes what the outbox holds, in order, and deletes it after the broker's confirm. It keeps no cursor: whatever is there goes out,
 * so a crash at any moment leaves nothing behind, and may publish twice.
 */
export const relay = (options: RelayOptions): Relay => {
  const windowSize = options.windowSize ?? 500;
  const pollMs = options.pollMs ?? 500;
  let stopping = new AbortController();
  let nudge = new AbortController();
  let running: Promise<void> | undefined;

  const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {});

  const turn = async (failures: number): Promise<number> => {
    nudge = new AbortController();
    try {
      const { found, ...swept } = await sweep(options, windowSize);
      options.observer.swept(swept);
      const confirmed = swept.confirmed.length;
      if (confirmed < found) throw new AppError('unavailable', 'relay.unconfirmed', { found, confirmed });
      if (found < windowSize) await pause(pollMs, AbortSignal.any([stopping.signal, nudge.signal]));
      return 0;
    } catch (error) {
      options.observer.relayFailed(error);
      await pause(Math.min(100 * 2 ** failures, 5_000) * (0.5 + Math.random() / 2), stopping.signal);
      return failures + 1;
    }
  };

  const loop = async () => {
    for (let failures = 0; !stopping.signal.aborted; ) failures = await turn(failures);
  };

  return {
    start: async () => {
      stopping = new AbortController();
      running ??= loop();
    },
    stop: async () => {
      stopping.abort();
      await running;
      running = undefined;
    },
    wake: () => nudge.abort(),
  };
};

type Pending = LoggedEvent & { readonly seq: string };

/** One window. Only one relay of a service sweeps at a time: two of them would reorder. The others find nothing and wait. */
const sweep = (
  { database, broker, tracing = noTracing, ...teller }: RelayOptions,
  windowSize: number,
): Promise<Sweep & { found: number }> =>
  database.transaction(async (tx) => {
    const [lock]: { got: boolean }[] = await tx.query(`select pg_try_advisory_xact_lock(hashtext(current_schema() || ':relay')) as got`);
    if (!lock?.got) return { leads: false, found: 0, confirmed: [] };
    const rows: Pending[] = await tx.query(
      `select o.seq, ${loggedColumns('e')} from outbox o join event_log e using (seq) order by o.seq limit $1`,
      [windowSize],
    );
    if (rows.length === 0) return { leads: true, found: 0, confirmed: [] };
    const confirmedIds = await inSpan(tracing, rows, () => publish(tx, broker, rows, teller));
    failpoint('after_publish_before_delete');
    const confirmed = rows.filter((row) => confirmedIds.has(row.id));
    await tx.query('delete from outbox where seq = any($1::bigint[])', [confirmed.map((row) => row.seq)]);
    return { leads: true, found: rows.length, confirmed: confirmed.map((row) => Date.parse(row.recordedAt)) };
  });

/** The messages keep the places where their events were recorded: those are what consumers go on from. */
const inSpan = <T>(tracing: Tracing, rows: readonly Pending[], work: () => Promise<T>): Promise<T> => {
  if (!tracing.tracer) return work();
  const attributes = batchAttributes(tracing.broker, 'send', tracing.service, rows.length);
  const links = rows.map(({ traceparent }) => traceparent);
  return traced(tracing, spanNames.send(tracing.service), { kind: SpanKind.CLIENT, root: true, links, attributes }, work);
};

type Publisher = Pick<Broker, 'publish'>;

const publish = async (tx: Transaction, broker: Publisher, rows: readonly Pending[], teller: Teller): Promise<ReadonlySet<string>> => {
  try {
    return await broker.publish(rows.map(toMessage));
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'too-large') throw error;
    return publishAround(tx, broker, rows, teller);
  }
};

/** One event can never be published: it goes to the dead letters with its reason, the others go out. */
const publishAround = async (
  tx: Transaction,
  broker: Publisher,
  rows: readonly Pending[],
  teller: Teller,
): Promise<ReadonlySet<string>> => {
  const settled = new Set<string>();
  for (const row of rows) {
    try {
      const confirmed = await broker.publish([toMessage(row)]);
      if (!confirmed.has(row.id)) break;
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'too-large') throw error;
      await keepLetter(tx, teller, {
        ...{
          messageId: row.id,
          topic: `${row.type}.v${row.version}`,
          key: row.aggregateId,
          headers: {},
          payload: Buffer.from(toJson(row)),
        },
        ...{ reason: 'cannot-be-published', errorClass: error.name, errorMessage: error.message, stack: null },
        ...{ attempts: 1, firstSeenAt: row.recordedAt },
      });
    }
    settled.add(row.id);
  }
  return settled;
};

const toMessage = (row: LoggedEvent): OutgoingMessage => ({
  id: row.id,
  topic: `${row.type}.v${row.version}`,
  key: row.aggregateId,
  body: toJson(row),
  headers: {
    'x-aggregate-version': String(row.aggregateVersion),
    'x-recorded-at': row.recordedAt,
    ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
  },
});
