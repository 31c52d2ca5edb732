import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, failpoint } from '@orderbus/kernel';
import type { Broker } from '@orderbus/messaging';
import type { Database } from './database/open.ts';
import type { Teller } from './dead-letter-piles.ts';
import { keepLetter } from './dead-letters.ts';
import { type LoggedEvent, loggedColumns, messageOf, toJson } from './event-log.ts';
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
  /** How often to look without having been woken. Default 2,000. */
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
  const pollMs = options.pollMs ?? 2_000;
  let stopping = new AbortController();
  let nudge = new AbortController();
  /** Somebody has said that there may be something; else the relay looks before it begins a sweep. */
  let isWoken = true;
  let running: Promise<void> | undefined;

  const pause = (ms: number, signal: AbortSignal) => sleep(ms, undefined, { signal }).catch(() => {});

  const turn = async (failures: number): Promise<number> => {
    nudge = new AbortController();
    try {
      const { found, isBeaten, ...swept } = isWoken ? await sweep(options, windowSize) : await unlessEmpty(options, windowSize);
      options.observer.swept(swept);
      const confirmed = swept.confirmed.length;
      if (confirmed < found) throw new AppError('unavailable', 'relay.unconfirmed', { found, confirmed });
      if (found < windowSize) await pause(isBeaten ? Math.min(beatenMs, pollMs) : pollMs, AbortSignal.any([stopping.signal, nudge.signal]));
      isWoken = nudge.signal.aborted || found === windowSize;
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

/** Most looks find nothing: one statement tells that, and who would lead. By the index, which forgets what was deleted sooner than the table. */
const unlessEmpty = async (options: RelayOptions, windowSize: number): Promise<Swept> => {
  const [seen]: { leads: boolean; some: boolean }[] = await options.database.query(
    `select ${lock} as leads, (select seq from outbox order by seq limit 1) is not null as some`,
  );
  return seen?.some ? sweep(options, windowSize) : { leads: seen?.leads ?? false, found: 0, confirmed: [], isBeaten: false };
};

interface Swept extends Sweep {
  readonly found: number;
  /** Another one sweeps just now, and may not have seen all that is there. */
  readonly isBeaten: boolean;
}

/** How soon to look again after another one was sweeping. */
const beatenMs = 100;

/** Held until the transaction ends. */
const lock = `pg_try_advisory_xact_lock(hashtext(current_schema() || ':relay'))`;

type Pending = LoggedEvent & { readonly seq: string };

/** One window. Only one relay of a service sweeps at a time: two of them would reorder. The others find nothing and wait. */
const sweep = ({ database, broker, tracing = noTracing, ...teller }: RelayOptions, windowSize: number): Promise<Swept> =>
  database.transaction(async (tx) => {
    const [asked]: { leads: boolean }[] = await tx.query(`select ${lock} as leads`);
    if (!asked?.leads) return { leads: false, found: 0, confirmed: [], isBeaten: true };
    const rows: Pending[] = await tx.query(
      `select o.seq, ${loggedColumns('e')} from outbox o join event_log e using (seq) order by o.seq limit $1`,
      [windowSize],
    );
    if (rows.length === 0) return { leads: true, found: 0, confirmed: [], isBeaten: false };
    const confirmedIds = await inSpan(tracing, rows, () => publish(tx, broker, rows, teller));
    failpoint('after_publish_before_delete');
    const confirmed = rows.filter((row) => confirmedIds.has(row.id));
    await tx.query('delete from outbox where seq = any($1::bigint[])', [confirmed.map((row) => row.seq)]);
    return { leads: true, found: rows.length, confirmed: confirmed.map((row) => Date.parse(row.recordedAt)), isBeaten: false };
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
    return await broker.publish(rows.map(messageOf));
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
      const confirmed = await broker.publish([messageOf(row)]);
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
