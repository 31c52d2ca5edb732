import { AppError } from '@orderbus/kernel';
import type { EntityManager, EntitySchema, EntitySchemaColumnOptions, ObjectLiteral } from 'typeorm';

/**
 * Bulk statements from an EntitySchema: one array parameter per column, whatever the number of rows.
 * Property names are the row's, `name` the column's, `type` the PostgreSQL type.
 */
interface Column {
  readonly property: string;
  readonly name: string;
  readonly type: string;
  readonly primary: boolean;
}

interface Shape {
  readonly table: string;
  readonly columns: readonly Column[];
  readonly key: readonly Column[];
  /** `unnest($1::uuid[], ...) as u("id", ...)` */
  readonly source: string;
}

const shapes = new WeakMap<object, Shape>();

const shapeOf = (entity: EntitySchema<never>): Shape => {
  const seen = shapes.get(entity);
  if (seen) return seen;
  const columns = Object.entries(entity.options.columns as Record<string, EntitySchemaColumnOptions>).flatMap(([property, column]) =>
    column.generated || column.insert === false
      ? []
      : [
          {
            property,
            name: quote(column.name ?? property),
            type: `${column.type}${column.array ? '[]' : ''}`,
            primary: column.primary === true,
          },
        ],
  );
  const shape = {
    table: quote(entity.options.tableName ?? entity.options.name),
    columns,
    key: columns.filter((column) => column.primary),
    source: sourceOf(columns),
  };
  shapes.set(entity, shape);
  return shape;
};

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** An array column cannot be a column of a two-dimensional unnest: it travels as JSON text and is unfolded on arrival. */
const isArray = (column: Column): boolean => column.type.endsWith('[]');
const travels = (column: Column): string => (isArray(column) ? 'jsonb' : column.type);
const arrives = (column: Column): string =>
  isArray(column) ? `array(select jsonb_array_elements_text(u.${column.name}))::${column.type}` : `u.${column.name}`;

const sourceOf = (columns: readonly Column[]): string =>
  `unnest(${columns.map((column, n) => `$${n + 1}::${travels(column)}[]`).join(', ')}) as u(${columns.map((c) => c.name).join(', ')})`;

const encode = (column: Column, value: unknown): unknown => {
  if (value === undefined || value === null) return null;
  if (column.type === 'json' || column.type === 'jsonb' || isArray(column)) return JSON.stringify(value);
  return value;
};

const parametersOf = (columns: readonly Column[], rows: readonly ObjectLiteral[]): unknown[] =>
  columns.map((column) => rows.map((row) => encode(column, row[column.property])));

/** Loads and locks these rows, in id order so that two batches can never wait for each other in a circle. */
export const lockByIds = async <Row extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntitySchema<Row>,
  ids: readonly string[],
): Promise<Row[]> => {
  const { table, columns, key } = shapeOf(entity as EntitySchema<never>);
  const [id] = key;
  if (!id || key.length > 1) throw new AppError('bug', 'bulk.needs-one-key', { entity: entity.options.name });
  if (ids.length === 0) return [];
  const list = columns.map((column) => `${column.name} as ${quote(column.property)}`).join(', ');
  return tx.query(`select ${list} from ${table} where ${id.name} = any($1::${id.type}[]) order by ${id.name} for update`, [ids]);
};

/** `onConflict` is put together from column names of the shape: it holds nothing that came from outside. */
const insert = (tx: EntityManager, shape: Shape, rows: readonly ObjectLiteral[], onConflict: string): Promise<unknown[]> => {
  const names = shape.columns.map((column) => column.name).join(', ');
  return tx.query(
    `insert into ${shape.table} (${names}) select ${shape.columns.map(arrives).join(', ')} from ${shape.source} on conflict ${onConflict} returning 1`,
    parametersOf(shape.columns, rows),
  );
};

const keyOf = ({ key }: Shape): string => key.map((column) => column.name).join(', ');

/** One insert. @throws AppError `unavailable` when a row with one of the keys was created meanwhile: the transaction must start over. */
export const insertNew = async <Row extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly Row[],
): Promise<void> => {
  if (rows.length === 0) return;
  const shape = shapeOf(entity as EntitySchema<never>);
  const inserted = await insert(tx, shape, rows, `(${keyOf(shape)}) do nothing`);
  if (inserted.length !== rows.length) throw new AppError('unavailable', 'row.created-elsewhere', { entity: entity.options.name });
};

/** One insert that leaves alone the rows whose key is there already. */
export const insertMissing = async <Row extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly Row[],
): Promise<void> => {
  if (rows.length > 0) await insert(tx, shapeOf(entity as EntitySchema<never>), rows, 'do nothing');
};

/** One insert-or-replace of whole rows. */
export const upsert = async <Row extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly Row[],
): Promise<void> => {
  if (rows.length === 0) return;
  const shape = shapeOf(entity as EntitySchema<never>);
  const rest = shape.columns.filter((column) => !column.primary);
  const action = rest.length === 0 ? 'do nothing' : `do update set ${rest.map((c) => `${c.name} = excluded.${c.name}`).join(', ')}`;
  await insert(tx, shape, rows, `(${keyOf(shape)}) ${action}`);
};

/** One update of whole rows by their keys. The rows are expected to be locked. */
export const updateExisting = async <Row extends ObjectLiteral>(
  tx: EntityManager,
  entity: EntitySchema<Row>,
  rows: readonly Row[],
): Promise<void> => {
  if (rows.length === 0) return;
  const { table, columns, key, source } = shapeOf(entity as EntitySchema<never>);
  const set = columns
    .filter((column) => !column.primary)
    .map((column) => `${column.name} = ${arrives(column)}`)
    .join(', ');
  const match = key.map((column) => `t.${column.name} = u.${column.name}`).join(' and ');
  await tx.query(`update ${table} as t set ${set} from ${source} where ${match}`, parametersOf(columns, rows));
};
