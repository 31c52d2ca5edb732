import { AppError } from '@orderbus/kernel';
import { type Database, type Transaction, upsert } from '@orderbus/outbox';
import { mainLocation } from '../domain/shelf.ts';
import { type Location, LocationEntity } from './entities.ts';

/** A location to create or change. What is absent stays as it is; a new one is called by its code, enabled, and comes last. */
export type LocationChange = Pick<Location, 'code'> & { readonly [K in Exclude<keyof Location, 'code'>]?: Location[K] | undefined };

export interface LocationView extends Location {
  /** Units on hand there, of all products. */
  readonly units: number;
}

/** The one to take from first before the others. */
export const listLocations = (
  database: Database,
  after: Pick<Location, 'priority' | 'code'> | undefined,
  limit: number,
): Promise<LocationView[]> =>
  database.query(
    `select code, name, priority, enabled, coalesce((select sum(on_hand) from stock where location = code), 0) as units
     from location where $1::int is null or (priority, code) > ($1, $2) order by priority, code limit ${limit}`,
    [after?.priority ?? null, after?.code ?? null],
  );

export const upsertLocations = async (tx: Transaction, changes: readonly LocationChange[]): Promise<void> => {
  const all: Location[] = await tx.query('select code, name, priority, enabled from location order by code for no key update');
  const known = new Map(all.map((location) => [location.code, location]));
  const last = Math.max(...all.map(({ priority }) => priority));
  const wanted = changes.map(({ code, name, priority, enabled }, n) => ({
    code,
    name: name ?? known.get(code)?.name ?? code,
    priority: priority ?? known.get(code)?.priority ?? last + n + 1,
    enabled: enabled ?? known.get(code)?.enabled ?? true,
  }));
  await upsert(tx, LocationEntity, wanted);
};

/** @throws AppError when it is the main one, is unknown, or holds units. */
export const removeLocation = async (tx: Transaction, code: string): Promise<void> => {
  if (code === mainLocation) throw new AppError('conflict', 'location.main', { code, why: 'The main location stays; it can be disabled' });
  const [known] = await tx.query('select from location where code = $1 for update', [code]);
  if (!known) throw new AppError('not-found', 'location.unknown', { code });
  const held: { sku: string; onHand: number }[] = await tx.query(
    'select sku, on_hand as "onHand" from stock where location = $1 order by sku for update',
    [code],
  );
  const units = held.reduce((sum, { onHand }) => sum + onHand, 0);
  if (units > 0) throw new AppError('conflict', 'location.holds-units', { code, units, why: 'Transfer or count them away, or disable it' });
  await tx.query('delete from stock where location = $1', [code]);
  await tx.query('delete from location where code = $1', [code]);
};
