import type pg from 'pg';
import { keptOf } from './million-data.ts';
import { schemas } from './product.ts';

export interface SchemaSize {
  readonly schema: string;
  /** Bytes for each order that is there. */
  readonly rows: number;
  readonly toast: number;
  readonly indexes: number;
  /** What an order adds, before anything of it is forgotten. */
  readonly added: number;
}

interface TableSize {
  readonly schema: string;
  readonly table: string;
  readonly rows: number;
  readonly toast: number;
  readonly indexes: number;
}

/** Tables with all their parts. */
const sizesQuery = `select n.nspname as schema, coalesce(parent.relname, c.relname) as table,
    sum(pg_relation_size(c.oid))::float8 as rows, sum(coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0))::float8 as toast,
    sum(pg_indexes_size(c.oid))::float8 as indexes
  from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_inherits i on i.inhrelid = c.oid left join pg_class parent on parent.oid = i.inhparent
  where c.relkind = 'r' and n.nspname = any($1) group by 1, 2`;

export const sizesOf = async (
  client: pg.Client,
  orders: number,
): Promise<{ schemas: SchemaSize[]; largest: { table: string; bytes: number; forgets: boolean }[] }> => {
  const { rows: tables } = await client.query<TableSize>(sizesQuery, [schemas]);
  const whole = ({ rows, toast, indexes }: TableSize): number => rows + toast + indexes;
  const of = (schema: string): SchemaSize => {
    const own = tables.filter((table) => table.schema === schema);
    const perOrder = (bytes: (table: TableSize) => number) => own.reduce((sum, table) => sum + bytes(table), 0) / orders;
    return {
      schema,
      rows: perOrder(({ rows }) => rows),
      toast: perOrder(({ toast }) => toast),
      indexes: perOrder(({ indexes }) => indexes),
      added: perOrder((table) => whole(table) / keptOf(`${table.schema}.${table.table}`)),
    };
  };
  const largest = tables
    .toSorted((a, b) => whole(b) - whole(a))
    .slice(0, 16)
    .map((one) => ({ table: `${one.schema}.${one.table}`, bytes: whole(one) / orders, forgets: keptOf(`${one.schema}.${one.table}`) < 1 }));
  return { schemas: schemas.map(of), largest };
};
