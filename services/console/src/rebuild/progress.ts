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
  await tx.query('delete from rebuild_part');
  await tx.query('insert into rebuild_part (service) select * from unnest($1::text[])', [services]);
};

export const savePart = async (tx: Transaction, { service, upTo, last, done }: Part): Promise<void> => {
  await tx.query('update rebuild_part set up_to = $2, last = $3, done = $4 where service = $1', [service, upTo, last, done]);
};

/** Absent: nothing is being rebuilt. */
export const rebuildProgress = async (database: Database): Promise<{ done: number; events: number } | undefined> => {
  const parts = await readParts(database);
  if (parts.every(({ done }) => done)) return undefined;
  return { done: parts.reduce((sum, { upTo }) => sum + upTo, 0), events: parts.reduce((sum, { last }) => sum + last, 0) };
};
