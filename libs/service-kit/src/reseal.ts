import { AppError } from '@orderbus/kernel';
import { type Database, type DatabaseOptions, openDatabase } from '@orderbus/outbox';
import { z } from 'zod';
import { loadConfig } from './config.ts';
import { type KeyRing, keys } from './sealing.ts';
import { serviceSettings } from './service/settings.ts';

/** A column that is kept sealed, and for what each row is sealed. */
export interface SealedColumn {
  readonly table: string;
  readonly idType: 'text' | 'uuid';
  readonly column: string;
  readonly contextOf: (id: string) => string;
}

export interface Resealed {
  readonly table: string;
  readonly sealed: number;
  /** Were sealed with the first key already. */
  readonly current: number;
  /** Sealed with a key that is not in the ring: left as they are. */
  readonly unopened: number;
}

/** The command of a service that seals everything that it keeps with the first of `ORDERBUS_KEYS`, so that the others can go. For a `main.ts`. */
export const rotateKeys = async (
  own: Pick<DatabaseOptions, 'schema' | 'migrations'>,
  columns: readonly SealedColumn[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> => {
  const config = loadConfig(z.object({ DATABASE_URL: serviceSettings.DATABASE_URL, ORDERBUS_KEYS: keys() }), env);
  const database = openDatabase({
    ...{ ...own, url: config.DATABASE_URL, entities: [] },
    log: (message, details) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
  });
  await database.start();
  const results = await reseal(database, config.ORDERBUS_KEYS, columns);
  await database.stop();
  for (const { table, sealed, current, unopened } of results) {
    process.stdout.write(`${table}: ${sealed} sealed anew, ${current} were already\n`);
    if (unopened > 0) process.stderr.write(`${table}: ${unopened} cannot be opened, their key is not among ORDERBUS_KEYS\n`);
  }
  process.exitCode = results.some(({ unopened }) => unopened > 0) ? 1 : 0;
};

const batchSize = 500;

/**
 * Seals everything with the first key of the ring. Batches are committed one by one: whoever is interrupted begins again and finds what
 * is left. The service may run meanwhile: a row that has changed since it was read is left to it.
 */
export const reseal = async (database: Database, ring: KeyRing, columns: readonly SealedColumn[]): Promise<Resealed[]> => {
  const results: Resealed[] = [];
  for (const column of columns) results.push(await resealColumn(database, ring, column));
  return results;
};

const resealColumn = async (database: Database, ring: KeyRing, own: SealedColumn): Promise<Resealed> => {
  const { table, idType, column, contextOf } = own;
  let [sealed, current, unopened] = [0, 0, 0];
  let after: string | null = null;
  for (;;) {
    const rows: Row[] = await database.query<Row>(
      `select id, ${column} as sealed from ${table}
       where ${column} is not null and ($1::${idType} is null or id > $1) order by id limit ${batchSize}`,
      [after],
    );
    const outdated = rows.filter((row) => ring.isOutdated(row.sealed));
    const opened = outdated.flatMap((row) => openedBy(ring, row, contextOf(row.id)));
    await replace(database, own, opened);
    sealed += opened.length;
    current += rows.length - outdated.length;
    unopened += outdated.length - opened.length;
    const last = rows.at(-1);
    if (!last || rows.length < batchSize) return { table, sealed, current, unopened };
    after = last.id;
  }
};

interface Row {
  readonly id: string;
  readonly sealed: string;
}

interface Replacement extends Row {
  readonly anew: string;
}

const openedBy = (ring: KeyRing, row: Row, context: string): Replacement[] => {
  try {
    return [{ ...row, anew: ring.seal(ring.open(row.sealed, context), context) }];
  } catch (error) {
    if (error instanceof AppError && error.code === 'sealing.unknown-key') return [];
    throw error;
  }
};

const replace = async (database: Database, { table, idType, column }: SealedColumn, rows: readonly Replacement[]): Promise<void> => {
  await database.query(
    `update ${table} t set ${column} = u.anew from unnest($1::${idType}[], $2::text[], $3::text[]) as u(id, before, anew)
     where t.id = u.id and t.${column} = u.before`,
    [rows.map(({ id }) => id), rows.map(({ sealed }) => sealed), rows.map(({ anew }) => anew)],
  );
};
