import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { type KeyRing, keyIdOf } from './key-ring.ts';

/** A column that is kept sealed, and for what each row is sealed. */
export interface SealedColumn {
  readonly table: string;
  /** Its key. Default: `id`. */
  readonly id?: string;
  readonly idType: 'text' | 'uuid' | 'bigint';
  readonly column: string;
  /** Default: the column is the sealed value. Otherwise sealed values stand somewhere in it, between quotes. */
  readonly within?: 'json' | 'bytes';
  readonly contextOf: (id: string) => string;
  /** The column that `contextOf` is given. Default: the key. */
  readonly context?: string;
}

export interface Resealed {
  readonly table: string;
  readonly column: string;
  readonly sealed: number;
  /** Were sealed with the first key already. */
  readonly current: number;
  /** Left as they are: they were sealed with these keys, which are not in the ring. */
  readonly unopened: ReadonlyMap<string, number>;
}

type Queries = Pick<Database, 'query'>;

const batchSize = 500;

/**
 * Seals everything with the first key of the ring. Batches are committed one by one: whoever is interrupted begins again and finds what
 * is left. The service may run meanwhile: a row that has changed since it was read is left to it.
 */
export const reseal = async (database: Queries, ring: KeyRing, columns: readonly SealedColumn[]): Promise<Resealed[]> => {
  const results: Resealed[] = [];
  for (const column of columns) results.push(await resealColumn(database, ring, column));
  return results;
};

interface Row {
  readonly id: string;
  readonly context: string;
  readonly before: string;
}

const resealColumn = async (database: Queries, ring: KeyRing, own: SealedColumn): Promise<Resealed> => {
  const { table, column, id = 'id', idType, context = id, contextOf } = own;
  const form = forms[own.within ?? 'all'];
  const unopened = new Map<string, number>();
  let [sealed, current] = [0, 0];
  const anewOf = (row: Row): string => {
    let isOpen = true;
    const outcome = form.replace(row.before, (value) => {
      if (!ring.isOutdated(value)) return value;
      const anew = sealedAnew(ring, value, contextOf(row.context), own);
      if (anew !== undefined) return anew;
      unopened.set(keyIdOf(value), (unopened.get(keyIdOf(value)) ?? 0) + 1);
      isOpen = false;
      return value;
    });
    if (isOpen && outcome === row.before) current++;
    return outcome;
  };

  for (let after: string | null = null; ; ) {
    const rows: Row[] = await database.query<Row>(
      `select ${id} as id, ${context}::text as context, ${form.read(column)} as before from ${table}
       where ${form.mayHold(column)} and ($1::${idType} is null or ${id} > $1) order by ${id} limit ${batchSize}`,
      [after],
    );
    const changes = rows.map((row) => ({ ...row, anew: anewOf(row) })).filter(({ before, anew }) => before !== anew);
    await database.query(
      `update ${table} t set ${column} = ${form.write('u.anew')} from unnest($1::${idType}[], $2::text[], $3::text[]) as u(id, before, anew)
       where t.${id} = u.id and ${form.read(`t.${column}`)} = u.before`,
      [changes.map((row) => row.id), changes.map(({ before }) => before), changes.map(({ anew }) => anew)],
    );
    sealed += changes.length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < batchSize) return { table, column, sealed, current, unopened };
  }
};

/** Nothing, when its key is not there. What a stranger has put between ours, and is sealed for something else, stays what it is. */
const sealedAnew = (ring: KeyRing, value: string, context: string, { within }: SealedColumn): string | undefined => {
  try {
    return ring.seal(ring.open(value, context), context);
  } catch (error) {
    if (error instanceof AppError && error.code === 'sealing.unknown-key') return undefined;
    if (within && error instanceof AppError && error.code === 'sealing.broken') return value;
    throw error;
  }
};

/** How sealed values are found in a column, and put back. */
interface Form {
  mayHold(column: string): string;
  read(column: string): string;
  write(text: string): string;
  replace(text: string, by: (value: string) => string): string;
}

const quoted = /(?<=")v1\.[\w-]{1,32}\.[\w-]{16}\.[\w-]{22,}(?=")/g;

const forms: Readonly<Record<'all' | 'json' | 'bytes', Form>> = {
  all: {
    mayHold: (column) => `${column} is not null`,
    read: (column) => column,
    write: (text) => text,
    replace: (text, by) => by(text),
  },
  json: {
    mayHold: (column) => `position('"v1.' in ${column}::text) > 0`,
    read: (column) => `${column}::text`,
    write: (text) => `${text}::json`,
    replace: (text, by) => text.replace(quoted, by),
  },
  // As they are but for the sealed values, whatever they are: a dead letter may be anything.
  bytes: {
    mayHold: (column) => `position('"v1.'::bytea in ${column}) > 0`,
    read: (column) => `encode(${column}, 'hex')`,
    write: (text) => `decode(${text}, 'hex')`,
    replace: (text, by) => Buffer.from(Buffer.from(text, 'hex').toString('latin1').replace(quoted, by), 'latin1').toString('hex'),
  },
};
