import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { keyContextOf } from '../vault/order-key.ts';
import { secretContextOf } from './vault-secret.ts';

/** What is sealed with the ring itself. The contents are not: they are sealed with these. */
const wrappedColumns: readonly WrappedColumn[] = [
  { table: 'buyer_vault', id: 'order_id', idType: 'uuid', column: 'wrapped_key', contextOf: keyContextOf },
  { table: 'vault_secret', id: 'name', idType: 'text', column: 'sealed', contextOf: secretContextOf },
];

interface WrappedColumn {
  readonly table: string;
  readonly id: string;
  readonly idType: 'text' | 'uuid';
  readonly column: string;
  readonly contextOf: (id: string) => string;
}

export interface Rewrapped {
  readonly table: string;
  readonly wrapped: number;
  /** Were wrapped with the first key already. */
  readonly current: number;
  /** Wrapped with a key that is not in the ring: left as they are. */
  readonly unopened: number;
}

const batchSize = 1_000;

/**
 * Wraps the orders' keys with the first key of the ring; nothing that they have sealed is touched. Batches are committed one by one: whoever
 * is interrupted begins again and finds what is left. The service may run meanwhile: a row that has changed since it was read is left to it.
 */
export const rewrap = async (database: Database, ring: KeyRing): Promise<Rewrapped[]> => {
  const results: Rewrapped[] = [];
  for (const column of wrappedColumns) results.push(await rewrapColumn(database, ring, column));
  return results;
};

const rewrapColumn = async (database: Database, ring: KeyRing, own: WrappedColumn): Promise<Rewrapped> => {
  const { table, id, idType, column, contextOf } = own;
  let [wrapped, current, unopened] = [0, 0, 0];
  for (let after: string | null = null; ; ) {
    const rows: Row[] = await database.query<Row>(
      `select ${id} as id, ${column} as before from ${table}
       where ${column} is not null and ($1::${idType} is null or ${id} > $1) order by ${id} limit ${batchSize}`,
      [after],
    );
    const outdated = rows.filter(({ before }) => ring.isOutdated(before));
    const anew = outdated.flatMap((row) => wrappedAnew(ring, row, contextOf(row.id)));
    await database.query(
      `update ${table} t set ${column} = u.anew from unnest($1::${idType}[], $2::text[], $3::text[]) as u(id, before, anew)
       where t.${id} = u.id and t.${column} = u.before`,
      [anew.map((row) => row.id), anew.map((row) => row.before), anew.map((row) => row.anew)],
    );
    wrapped += anew.length;
    current += rows.length - outdated.length;
    unopened += outdated.length - anew.length;
    after = rows.at(-1)?.id ?? after;
    if (rows.length < batchSize) return { table, wrapped, current, unopened };
  }
};

interface Row {
  readonly id: string;
  readonly before: string;
}

const wrappedAnew = (ring: KeyRing, row: Row, context: string): (Row & { readonly anew: string })[] => {
  try {
    return [{ ...row, anew: ring.seal(ring.open(row.before, context), context) }];
  } catch (error) {
    if (error instanceof AppError && error.code === 'sealing.unknown-key') return [];
    throw error;
  }
};
