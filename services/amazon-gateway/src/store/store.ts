import { AppError } from '@orderbus/kernel';
import { type Database, lockByIds, type Transaction } from '@orderbus/outbox';
import { EntitySchema } from 'typeorm';
import type { Region } from '../domain/marketplaces.ts';
import type { NonAmazonOrders, Store } from '../domain/store.ts';

/** A store as it is kept. What it inherits from the installation is null. */
export interface StoreRow {
  readonly id: string;
  readonly name: string;
  readonly sellerId: string | null;
  readonly region: Region;
  readonly marketplaces: readonly string[];
  readonly cron: string | null;
  readonly status: Store['status'];
  readonly nonAmazonOrders: NonAmazonOrders;
  readonly startFrom: string;
  readonly createdAt: string;
  readonly managedBy: Store['managedBy'];
  readonly sealedCredentials: string;
  /** The last four characters of the client id: enough to recognize it. */
  readonly clientIdEnd: string;
  /** When the seller's authorization was last given to us. */
  readonly authorizedAt: string;
  readonly secretSetAt: string;
}

export const StoreEntity = new EntitySchema<StoreRow>({
  name: 'store',
  columns: {
    id: { type: 'text', primary: true },
    name: { type: 'text' },
    sellerId: { name: 'seller_id', type: 'text', nullable: true },
    region: { type: 'text' },
    marketplaces: { type: 'jsonb' },
    cron: { type: 'text', nullable: true },
    status: { type: 'text' },
    nonAmazonOrders: { name: 'non_amazon_orders', type: 'text' },
    startFrom: { name: 'start_from', type: 'timestamptz' },
    createdAt: { name: 'created_at', type: 'timestamptz' },
    managedBy: { name: 'managed_by', type: 'text' },
    sealedCredentials: { name: 'sealed_credentials', type: 'text' },
    clientIdEnd: { name: 'client_id_end', type: 'text' },
    authorizedAt: { name: 'authorized_at', type: 'timestamptz' },
    secretSetAt: { name: 'secret_set_at', type: 'timestamptz' },
  },
});

/** A row with what is decided elsewhere about its store. */
export interface KeptStore extends StoreRow {
  readonly readOnly: boolean;
  /** Another one after each change: the transactions that wrote the rows last. */
  readonly state: string;
}

const stateColumn = `s.xmin::text || ':' || coalesce(r.xmin::text, '')`;
const source = 'from store s left join read_only r on r.store_id = s.id';

/** In the order of their creation; without ids: all. */
export const storesIn = (database: Database, ids?: readonly string[]): Promise<KeptStore[]> =>
  database.query(
    `select s.id, s.name, s.seller_id as "sellerId", s.region, s.marketplaces, s.cron, s.status, s.non_amazon_orders as "nonAmazonOrders",
       s.start_from as "startFrom", s.created_at as "createdAt", s.managed_by as "managedBy", s.sealed_credentials as "sealedCredentials",
       s.client_id_end as "clientIdEnd", s.authorized_at as "authorizedAt", s.secret_set_at as "secretSetAt",
       coalesce(r.read_only, false) as "readOnly", ${stateColumn} as state
     ${source} where $1::text[] is null or s.id = any($1) order by s.created_at, s.id`,
    [ids ?? null],
  );

/** Which stores there are, and whether they are still as they were: little enough to be asked for every few seconds. */
export const storeStates = (database: Database): Promise<{ id: string; state: string }[]> =>
  database.query(`select s.id, ${stateColumn} as state ${source}`);

/** Since when these have been read, for those that were connected before stores were kept. */
export const connectedSince = async (tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows: { id: string; at: string }[] = await tx.query(
    'select store_id as id, created_at as at from sync_cursor where store_id = any($1)',
    [ids],
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
};

/** Those that the environment no longer names are managed over HTTP. Answers with them. */
export const releaseFromEnvironment = async (tx: Transaction, named: readonly string[]): Promise<string[]> => {
  const rows: { id: string }[] = await tx.query(
    `with released as (update store set managed_by = 'api' where managed_by = 'environment' and id <> all($1) returning id) select id from released`,
    [named],
  );
  return rows.map(({ id }) => id);
};

export const deletedAmong = async (tx: Transaction, ids: readonly string[]): Promise<string[]> => {
  const rows: { id: string }[] = await tx.query('select id from deleted_store where id = any($1)', [ids]);
  return rows.map(({ id }) => id);
};

/** @throws AppError `store.unknown` */
export const lockStore = async (tx: Transaction, storeId: string): Promise<StoreRow> => {
  const [row] = await lockByIds(tx, StoreEntity, [storeId]);
  if (!row) throw new AppError('not-found', 'store.unknown', { storeId });
  return row;
};

/** As the domain sees it. */
export const storeOf = (kept: KeptStore, defaultCron: string): Store => ({
  id: kept.id,
  name: kept.name,
  sellerId: kept.sellerId ?? undefined,
  region: kept.region,
  marketplaces: kept.marketplaces,
  cron: kept.cron ?? defaultCron,
  status: kept.status,
  readOnly: kept.readOnly,
  nonAmazonOrders: kept.nonAmazonOrders,
  startFrom: kept.startFrom,
  createdAt: kept.createdAt,
  managedBy: kept.managedBy,
});
