import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '@orderbus/kernel';
import pg from 'pg';
import { DataSource, type EntityManager, type EntitySchema, type MigrationInterface } from 'typeorm';
import { migrations as ownMigrations } from './migrations.ts';

export interface DatabaseOptions {
  /** `postgres://role:password@host/database`, with the service's own role. */
  readonly url: string;
  readonly schema: string;
  readonly entities: readonly EntitySchema<never>[];
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** Connections at most. Default 6: the consumer, the relay, and a few requests. */
  readonly poolSize?: number;
  /** Default `run`. `wait`: somebody else brings the schema up to date, and the start waits until it is. */
  readonly migrate?: 'run' | 'wait';
  readonly log?: (message: string, details: Record<string, unknown>) => void;
}

export interface Database {
  /** Waits until the database is there, says so while it waits, and brings the schema up to date or waits for that, too. */
  start(): Promise<void>;
  stop(): Promise<void>;
  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T>;
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** The connections of this process. Waiting: work that has to wait for one. */
  readonly pool: Readonly<Record<'total' | 'idle' | 'waiting', number>>;
  readonly source: DataSource;
}

/** One service's database: its schema, its role, its pool. Times arrive as ISO strings and bigints as numbers. */
export const openDatabase = (options: DatabaseOptions): Database => {
  const log = options.log ?? (() => {});
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    schema: options.schema,
    entities: [...options.entities],
    migrations: [...ownMigrations, ...options.migrations],
    migrationsTransactionMode: 'each',
    poolSize: options.poolSize ?? 6,
    poolErrorHandler: (error: Error) => log('a database connection was lost', { error: error.message }),
    extra: {
      Client: PatientClient,
      types: { getTypeParser },
      // One round trip less per connection than setting them by statement. Compiling a plan costs more than any of our queries.
      options: `-c search_path=${options.schema} -c idle_in_transaction_session_timeout=60000 -c lock_timeout=10000 -c jit=off`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    },
  });
  let stopped = false;
  let upToDate = false;
  /** HTTP answers while this still waits or migrates: whoever asks then is told to come again, not that a table is missing. */
  const unlessStarting = (): void => {
    if (!upToDate) throw new AppError('unavailable', 'database.not-ready', { schema: options.schema });
  };
  return {
    source,
    start: async () => {
      await connect(source, log, () => stopped);
      if (!stopped) await (options.migrate === 'wait' ? untilMigrated(source, log, () => stopped) : migrate(source));
      upToDate = !stopped;
    },
    stop: async () => {
      stopped = true;
      if (source.isInitialized) await source.destroy();
    },
    transaction: async (work) => {
      unlessStarting();
      return source.transaction(work);
    },
    query: async (sql, parameters) => {
      unlessStarting();
      return rowsOf(source, sql, parameters);
    },
    get pool() {
      const { totalCount: total = 0, idleCount: idle = 0, waitingCount: waiting = 0 } = poolOf(source) ?? {};
      return { total, idle, waiting };
    },
  };
};

/** TypeORM keeps it where its types do not say. None before the first connection. */
const poolOf = ({ driver }: DataSource): Partial<pg.Pool> | undefined => (driver as { master?: Partial<pg.Pool> }).master;

/**
 * Between the pool, which lets go of a new connection, and TypeORM, which takes hold of it a moment later, nobody listens. A connection that
 * is killed just then must not take the process with it; whoever uses it next is told that it is gone.
 */
class PatientClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    this.on('error', () => {});
  }
}

/** `DataSource.query` answers an update with a pair of rows and count; here it is always the rows. */
const rowsOf = async <Row>(source: DataSource, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
  const runner = source.createQueryRunner();
  try {
    return (await runner.query(sql, parameters as unknown[], true)).records;
  } finally {
    await runner.release();
  }
};

const connect = async (source: DataSource, log: NonNullable<DatabaseOptions['log']>, stopped: () => boolean): Promise<void> => {
  for (let attempt = 0; !source.isInitialized && !stopped(); attempt++) {
    try {
      await source.initialize();
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      if (attempt % 10 === 0) log('waiting for the database', { error: (error as Error).message });
      await sleep(Math.min(200 * 2 ** attempt, 3_000));
    }
  }
};

/** Two replicas that start at once must not migrate at once. */
const migrate = async (source: DataSource): Promise<void> => {
  const runner = source.createQueryRunner();
  try {
    // Asked again and again: another instance may migrate for longer than anybody here waits for a lock.
    while (!(await runner.query(`select pg_try_advisory_lock(hashtext(current_schema() || ':migrations')) as got`))[0].got)
      await sleep(200);
    await source.runMigrations();
  } finally {
    await runner.query(`select pg_advisory_unlock(hashtext(current_schema() || ':migrations'))`).catch(() => {});
    await runner.release();
  }
};

const untilMigrated = async (source: DataSource, log: NonNullable<DatabaseOptions['log']>, stopped: () => boolean): Promise<void> => {
  for (let attempt = 0; !stopped(); attempt++) {
    const missing = await missingMigrations(source);
    if (missing.length === 0) return;
    if (attempt % 30 === 0) log('waiting for the migrations', { missing });
    await sleep(1_000);
  }
};

const missingMigrations = async (source: DataSource): Promise<string[]> => {
  const done = await migrationsDone({ query: (sql) => rowsOf(source, sql) });
  return source.migrations.map(nameOfMigration).filter((name) => !done.includes(name));
};

const nameOfMigration = (migration: MigrationInterface): string => migration.name ?? migration.constructor.name;

/** The names of all that a schema with these migrations of its own has to have behind it. */
export const migrationNames = (own: DatabaseOptions['migrations']): string[] =>
  [...ownMigrations, ...own].map((Migration) => nameOfMigration(new Migration()));

/** Only looks: what a table of migrations is, whoever migrates decides. */
export const migrationsDone = async (database: Pick<Database, 'query'>): Promise<string[]> => {
  const [found] = await database.query<{ there: boolean }>(`select to_regclass('migrations') is not null as there`);
  const done = found?.there ? await database.query<{ name: string }>('select name from migrations order by id') : [];
  return done.map(({ name }) => name);
};

const timestamptz = pg.types.builtins.TIMESTAMPTZ;
const int8 = pg.types.builtins.INT8;

/** Times as ISO strings, bigints as numbers. */
export const getTypeParser = (oid: number, format?: 'text' | 'binary'): unknown => {
  if (oid === timestamptz) return (text: string) => new Date(text).toISOString();
  if (oid === int8) return Number;
  return pg.types.getTypeParser(oid, format as 'text');
};

const lossCode = /^(08\d{3}|57P0\d|53300|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENOENT)$/;
const lossMessage =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|client was closed|query runner (?:was )?already released|not connected|cannot use a pool after calling end|driver not connected/i;

/** The database is away, or was a moment ago: whatever was going on is nobody's fault and can be repeated. */
export const isConnectionLoss = (error: unknown): boolean => {
  if (!Error.isError(error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && lossCode.test(code)) return true;
  return lossMessage.test(error.message) || (error instanceof AggregateError && error.errors.some(isConnectionLoss));
};

/** No disk, no memory, an I/O error, not let in (a new password), read-only (the former primary). */
const troubleCode = /^(53\d{3}|58\d{3}|28[0-9A-Z]{3}|25006)$/;

/**
 * The database does nothing for anybody just now: it is away, full, or does not let us in. No message is to blame. What is fatal ends the
 * connection, or keeps it from coming about, whatever its code: a database that is closed to connections has that of an object in a wrong state.
 */
export const isDatabaseTrouble = (error: unknown): boolean => {
  if (isConnectionLoss(error)) return true;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  return Error.isError(error) && (severity === 'FATAL' || (typeof code === 'string' && troubleCode.test(code)));
};
