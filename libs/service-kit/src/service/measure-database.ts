import { type Database, databaseStatistics, openDeadLetters, outboxStatus } from '@orderbus/outbox';
import { type Metrics, remembered } from '../metrics.ts';

/** Sizes and dead rows change slowly, and their query looks at every table. */
const statisticsKeptMs = 10_000;

/** What the database says when the metrics are read. A database that is away leaves these gauges out. */
export const databaseMetrics = (metrics: Metrics, database: Database): void => {
  measureOutbox(metrics, database);
  measureLetters(metrics, database);
  measureTables(metrics, database);
};

const measureOutbox = (metrics: Metrics, database: Database): void => {
  const status = remembered(() => outboxStatus(database));
  metrics.observed({ name: 'outbox_pending', help: 'Events that wait to be published' }, async () => (await status()).pending);
  metrics.observed(
    { name: 'outbox_oldest_age_seconds', help: 'Seconds that the oldest of them has been waiting' },
    async () => (await status()).oldestAgeSeconds,
  );
};

const measureLetters = (metrics: Metrics, database: Database): void => {
  const letters = remembered(() => openDeadLetters(database));
  metrics.observed(
    { name: 'dead_letters_open', help: 'Messages that wait for a person, by why they do', labelNames: ['class'] },
    async () => (await letters()).map((one) => ({ labels: { class: one.class }, value: one.open })),
  );
  metrics.observed(
    { name: 'dead_letters_oldest_age_seconds', help: 'Seconds that the oldest of them has been waiting', labelNames: ['class'] },
    async () => (await letters()).map((one) => ({ labels: { class: one.class }, value: one.oldestAgeSeconds })),
  );
};

/** Before any gauge that asks the database: those are read together, and would count as work that waits. */
export const poolMetrics = (metrics: Metrics, database: Database): void => {
  const of = (part: keyof Database['pool']) => async () => database.pool[part];
  metrics.observed({ name: 'pg_pool_total', help: 'Connections to the database that this process has' }, of('total'));
  metrics.observed({ name: 'pg_pool_idle', help: 'Connections to the database that nobody uses' }, of('idle'));
  metrics.observed({ name: 'pg_pool_waiting', help: 'Work that waits for a connection to the database' }, of('waiting'));
};

/** All instances of a service tell the same: take the maximum, not the sum. */
const measureTables = (metrics: Metrics, database: Database): void => {
  const statistics = remembered(() => databaseStatistics(database), statisticsKeptMs);
  const perTable = (name: string, help: string, part: 'rows' | 'deadRows' | 'bytes'): void =>
    metrics.observed({ name, help, labelNames: ['table'] }, async () =>
      (await statistics()).tables.map(({ table, [part]: value }) => ({ labels: { table }, value })),
    );
  perTable('pg_table_rows', 'Rows of a table, as PostgreSQL estimates them; of the 25 largest', 'rows');
  perTable('pg_table_dead_rows', 'Rows that were replaced or deleted and still take space, as PostgreSQL estimates them', 'deadRows');
  perTable('pg_table_bytes', 'Bytes that a table takes with its indexes', 'bytes');
  metrics.observed(
    { name: 'pg_connections', help: "Connections of the service's role, those of all its instances", labelNames: ['state'] },
    async () => Object.entries((await statistics()).connections).map(([state, value]) => ({ labels: { state }, value })),
  );
  metrics.observed(
    {
      name: 'pg_oldest_snapshot_seconds',
      help: "Seconds that the oldest transaction of the service's role keeps dead rows from being removed",
    },
    async () => (await statistics()).oldestSnapshotSeconds,
  );
};
