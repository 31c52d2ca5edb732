import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { credentialsContext } from '../credentials.ts';
import { attachmentContext } from './contact-attachments.ts';
import { letterContext } from './contact-letters.ts';

/** Everything that this service keeps sealed, and for what each row is sealed. */
const sealedColumns: readonly SealedColumn[] = [
  { table: 'store', idType: 'text', column: 'sealed_credentials', contextOf: credentialsContext },
  { table: 'amazon_order', idType: 'uuid', column: 'sealed_buyer', contextOf: (orderId) => orderId },
  { table: 'contact_letter', idType: 'uuid', column: 'sealed_letter', contextOf: letterContext },
  { table: 'contact_attachment', idType: 'uuid', column: 'sealed_file', contextOf: attachmentContext },
  { table: 'unreadable_order', idType: 'uuid', column: 'sealed_raw', contextOf: (rawId) => rawId },
];

interface SealedColumn {
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

const batchSize = 500;

/**
 * Seals everything with the first key of the ring. Batches are committed one by one: whoever is interrupted begins again and finds what
 * is left. The service may run meanwhile: a row that has changed since it was read is left to it.
 */
export const reseal = async (database: Database, ring: KeyRing): Promise<Resealed[]> => {
  const results: Resealed[] = [];
  for (const column of sealedColumns) results.push(await resealColumn(database, ring, column));
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
