import { AppError } from '@orderbus/kernel';
import type { Database, Transaction } from '@orderbus/outbox';

/** How far a rebuild has read the log of one service. */
export interface Part {
  readonly service: string;
  readonly upTo: number;
  readonly last: number;
  readonly done: boolean;
}

export const readParts = (database: Database): Promise<Part[]> =>
  database.query('select service, up_to as "upTo", last, done from rebuild_part order by service');

export const startParts = async (tx: Transaction, services: readonly string[]): Promise<void> => {
  await tx.query('update wholeness set whole_since = null');
  await tx.query('delete from rebuild_part');
  await tx.query('insert into rebuild_part (service) select * from unnest($1::text[])', [services]);
};

/** @throws AppError `conflict` when somebody else has moved it meanwhile: two rebuilds at once */
export const savePart = async (tx: Transaction, from: number, { service, upTo, last, done }: Part): Promise<void> => {
  const [moved]: { parts: number }[] = await tx.query(
    `with moved as (
       update rebuild_part set up_to = $3, last = $4, done = $5 where service = $1 and up_to = $2 and not done returning 1)
     select count(*)::int as parts from moved`,
    [service, from, upTo, last, done],
  );
  if (moved?.parts !== 1) throw new AppError('conflict', 'rebuild.overtaken', { service, why: 'another rebuild is running' });
};

export const noteWhole = async (tx: Transaction): Promise<void> => {
  await tx.query('update wholeness set whole_since = now()');
};

/** Not while a rebuild goes on or was broken off, nor before the first one. */
export const isWhole = async (within: Database | Transaction): Promise<boolean> => {
  const rows = (await within.query('select from wholeness where whole_since is not null')) as unknown[];
  return rows.length > 0;
};

/** Absent: nothing is missing. */
export const rebuildProgress = async (database: Database): Promise<{ done: number; events: number } | undefined> => {
  if (await isWhole(database)) return undefined;
  const parts = await readParts(database);
  return { done: parts.reduce((sum, { upTo }) => sum + upTo, 0), events: parts.reduce((sum, { last }) => sum + last, 0) };
};
