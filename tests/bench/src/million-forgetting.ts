import type pg from 'pg';

export interface Forgetting {
  readonly way: string;
  readonly seconds: number;
  readonly walBytes: number;
  readonly deadRows: number;
  /** What is still on the disk afterwards. */
  readonly leftBytes: number;
}

/** A month of events, forgotten as a part and row by row. */
export const measureForgetting = async (client: pg.Client, events: number): Promise<readonly Forgetting[]> => {
  await client.query('create schema bench');
  await client.query('create table bench.log (like orders.event_log including defaults) partition by range (seq)');
  for (const [table, of] of [
    ['part', 'partition of bench.log default'],
    ['rows', '(like orders.event_log including defaults)'],
  ] as const) {
    await client.query(`create table bench.${table} ${of}`);
    await client.query(`insert into bench.${table} select * from orders.event_log order by seq limit ${events}`);
    await client.query(`create unique index on bench.${table} (seq)`);
    await client.query(`create unique index on bench.${table} (aggregate_id, aggregate_version)`);
    await client.query(`vacuum analyze bench.${table}`);
  }
  await client.query('checkpoint');
  const measured = async (way: string, work: () => Promise<void>): Promise<Forgetting> => {
    const { rows: before } = await client.query('select pg_current_wal_insert_lsn() as at');
    const started = performance.now();
    await work();
    const seconds = (performance.now() - started) / 1_000;
    await client.query('select pg_stat_force_next_flush()');
    const { rows } = await client.query<{ wal: number; dead: number; left: number }>(
      `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), $1)::float8 as wal,
         coalesce((select n_dead_tup from pg_stat_user_tables where relid = to_regclass('bench.rows')), 0)::int as dead,
         coalesce(pg_total_relation_size(to_regclass('bench.rows')), 0)::float8 as left`,
      [before[0].at],
    );
    return { way, seconds, walBytes: rows[0]?.wal ?? 0, deadRows: rows[0]?.dead ?? 0, leftBytes: rows[0]?.left ?? 0 };
  };
  const deleted = await measured('deleted, 5,000 at a time', () => deleteAll(client));
  const vacuumed = await measured('and vacuumed', async () => void (await client.query('vacuum bench.rows')));
  await client.query('drop table bench.rows');
  const dropped = await measured('dropped as a part', async () => {
    await client.query('alter table bench.log detach partition bench.part');
    await client.query('drop table bench.part');
  });
  await client.query('drop schema bench cascade');
  return [deleted, vacuumed, dropped];
};

const deleteAll = async (client: pg.Client): Promise<void> => {
  for (;;) {
    const { rowCount } = await client.query('delete from bench.rows where seq in (select seq from bench.rows order by seq limit 5000)');
    if (rowCount === 0) return;
  }
};
