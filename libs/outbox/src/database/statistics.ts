import type { Database } from './open.ts';

interface TableStatistics {
  readonly table: string;
  readonly rows: number;
  readonly deadRows: number;
  readonly bytes: number;
}

/** What PostgreSQL knows of this schema, and of the connections of its role. */
export interface DatabaseStatistics {
  /** The largest of the schema. Those of one partitioned table count together. */
  readonly tables: readonly TableStatistics[];
  readonly connections: Readonly<Record<'active' | 'idle' | 'idle in transaction', number>>;
  /** How long the oldest transaction of this role keeps dead rows from being removed. */
  readonly oldestSnapshotSeconds: number;
}

const mostTables = 25;

/** One query, of catalogs alone: a role sees its own connections, and the sizes of what is in its schema. */
export const databaseStatistics = async (database: Database): Promise<DatabaseStatistics> => {
  const [row] = await database.query<DatabaseStatistics>(
    `select
       (select coalesce(json_agg(t), '[]') from (
          select coalesce(parent.relname, c.relname) as table, sum(coalesce(s.n_live_tup, 0))::float8 as rows,
            sum(coalesce(s.n_dead_tup, 0))::float8 as "deadRows", sum(pg_total_relation_size(c.oid))::float8 as bytes
          from pg_class c left join pg_stat_user_tables s on s.relid = c.oid
            left join pg_inherits i on i.inhrelid = c.oid left join pg_class parent on parent.oid = i.inhparent
          where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
          group by 1 order by bytes desc, 1 limit ${mostTables}) t) as tables,
       (select json_build_object('active', count(*) filter (where state = 'active'), 'idle', count(*) filter (where state = 'idle'),
          'idle in transaction', count(*) filter (where state like 'idle in transaction%'))
        from pg_stat_activity where usename = current_user and datname = current_database()) as connections,
       (select coalesce(extract(epoch from clock_timestamp() - min(xact_start)), 0)::float8
        from pg_stat_activity
        where usename = current_user and datname = current_database() and backend_xmin is not null and pid <> pg_backend_pid()) as "oldestSnapshotSeconds"`,
  );
  return row as DatabaseStatistics;
};
