import { type Db, PgBoss } from 'pg-boss';
import type { BrokerLog } from '../options.ts';
import { growingPause, pause } from '../patience.ts';
import { reasonOf } from '../reason.ts';
import { type Bell, openBell } from './bell.ts';
import { type Tables, tablesIn } from './schema.ts';

export interface EngineOptions {
  readonly url: string;
  readonly schema: string;
  readonly deathAfterSeconds: number;
  readonly log: BrokerLog;
}

/** One pg-boss with its few connections, for all brokers of this process on the same database. */
export interface Engine {
  readonly boss: PgBoss;
  readonly bell: Bell;
  readonly tables: Tables;
  transaction<T>(work: (db: Db) => Promise<T>): Promise<T>;
}

const queryConnections = 5;
/**
 * A queue's table is mostly dead rows, and the planner, with statistics of an empty one, reads and sorts them all for each fetch; only a plain
 * index scan stops early and forgets them. Measured after 60,000 messages: 5,200 instead of 950 messages a second. The JIT would take the
 * price of a forbidden plan for that of a huge query, and compile for seconds.
 */
const alongTheIndex = '-c enable_bitmapscan=off -c enable_seqscan=off -c enable_sort=off -c jit=off';
const shared = new Map<string, { engine: Promise<Engine>; users: number }>();

/**
 * Starts the engine of this database, or joins the running one; waits until the database is there. `undefined` when the signal comes first.
 * Whoever got one gives it back with `releaseEngine`.
 */
export const acquireEngine = async (options: EngineOptions, signal: AbortSignal): Promise<Engine | undefined> => {
  let waiting: string | undefined;
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      const engine = await join(options);
      if (waiting !== undefined) options.log.info({}, 'the database of the broker is back');
      return engine;
    } catch (error) {
      const reason = reasonOf(error);
      if (waiting !== reason) options.log.warn({ reason }, 'waiting for the database of the broker');
      waiting = reason;
      await pause(growingPause(attempt, 100, 10_000), signal);
    }
  }
  return undefined;
};

export const releaseEngine = async (options: EngineOptions): Promise<void> => {
  const entry = shared.get(keyOf(options));
  if (!entry) return;
  entry.users--;
  if (entry.users > 0) return;
  shared.delete(keyOf(options));
  const { bell, boss } = await entry.engine;
  await bell.close();
  await boss.stop({ graceful: false });
};

const keyOf = ({ url, schema }: EngineOptions): string => `${schema} ${url}`;

const join = async (options: EngineOptions): Promise<Engine> => {
  const key = keyOf(options);
  const entry = shared.get(key) ?? { engine: startEngine(options), users: 0 };
  shared.set(key, entry);
  entry.users++;
  try {
    return await entry.engine;
  } catch (error) {
    if (shared.get(key) === entry) shared.delete(key);
    throw error;
  }
};

/** Uses the schema that is there: the broker's role need not be allowed to make one. Makes it only when there is none. */
const startEngine = (options: EngineOptions): Promise<Engine> =>
  launch(options, false).catch((error: unknown) => {
    if ((error as { code?: unknown }).code !== invalidSchemaName) throw error;
    return launch(options, true);
  });

const invalidSchemaName = '3F000';

const launch = async ({ url, schema, deathAfterSeconds, log }: EngineOptions, createSchema: boolean): Promise<Engine> => {
  // Deaths are found by pg-boss's supervision; it runs in every process and does each pass in one of them.
  const superviseSeconds = Math.max(1, Math.floor(deathAfterSeconds / 3));
  const boss = new PgBoss({
    connectionString: url,
    schema,
    createSchema,
    max: queryConnections,
    options: alongTheIndex,
    schedule: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    openTelemetry: { enabled: false },
  });
  boss.on(
    'error',
    onceInARow((reason) => log.warn({ reason }, 'the embedded broker has trouble with its database')),
  );
  boss.on('warning', ({ message }) => log.warn({}, message));
  try {
    await boss.start();
    const tables = tablesIn(schema);
    const transaction = transactionsOn(boss);
    await transaction((db) => tables.install(db));
    return { boss, tables, transaction, bell: await openBell(boss.getDb(), `${schema}_bell`, log) };
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    throw error;
  }
};

/** A database that is away fails everything pg-boss does, many times a second. */
const onceInARow = (say: (reason: string) => void): ((error: unknown) => void) => {
  let last = { reason: '', at: 0 };
  return (error) => {
    const reason = reasonOf(error);
    if (reason !== last.reason || Date.now() - last.at > 60_000) say(reason);
    last = { reason, at: Date.now() };
  };
};

const transactionsOn =
  (boss: PgBoss): Engine['transaction'] =>
  async (work) => {
    const begin = boss.getDb().beginTransaction?.bind(boss.getDb());
    if (!begin) throw new Error('this database adapter of pg-boss has no transactions');
    const transaction = await begin();
    try {
      const result = await work(transaction.db);
      await transaction.commit();
      return result;
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
  };
