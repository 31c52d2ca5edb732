import type { Database } from '../database/open.ts';
import type { Transaction } from '../subscription.ts';

/** A partition. It holds what is from here on, up to `to`, which is the next one's. */
export interface PartOfTable {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** A database, or a transaction. */
export interface Queries {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** All but the rest, by their names. */
export const partsOf = async (source: Queries, table: string): Promise<PartOfTable[]> =>
  (await source.query(
    `select part.name, bounds[1] as from, bounds[2] as to from (
       select c.relname::text as name,
         regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''?([^'')]+)''?\\) TO \\(''?([^'')]+)''?\\)') as bounds
       from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = to_regclass($1)) as part
     where bounds is not null order by name`,
    [table],
  )) as PartOfTable[];

/** One at a time in a schema, whoever it is; the others go on with their work. A table in use is waited for a moment only. */
export const whenAlone = async <T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T | undefined> =>
  database.transaction(async (tx) => {
    const [lock]: { got: boolean }[] = await tx.query(`select pg_try_advisory_xact_lock(hashtext(current_schema() || ':parts')) as got`);
    if (!lock?.got) return undefined;
    await tx.query(`set local lock_timeout = '2s'`);
    return work(tx);
  });

export interface NewPart extends PartOfTable {
  readonly table: string;
  /** What the parts are divided by. */
  readonly column: string;
  /** Statements for what each part has and the whole cannot have. */
  readonly own?: readonly string[];
}

/** Makes a part. What belongs into it and has come already waits in the rest, and moves. */
export const makePart = async (tx: Transaction, { table, column, name, from, to, own = [] }: NewPart): Promise<void> => {
  await tx.query(`create table ${name} (like ${table} including defaults including constraints)`);
  for (const statement of own) await tx.query(statement);
  await tx.query(`lock table ${table}_rest in access exclusive mode`);
  await tx.query(
    `with moved as (delete from ${table}_rest where ${column} >= '${from}' and ${column} < '${to}' returning *)
     insert into ${name} select * from moved`,
  );
  await tx.query(`alter table ${table} attach partition ${name} for values from ('${from}') to ('${to}')`);
};
