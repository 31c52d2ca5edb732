import { AppError, newId } from '@orderbus/kernel';
import { execute, insertNew, type Target, type Transaction, updateExisting } from '@orderbus/outbox';
import { invalidRequest, type KeyRing, type ServiceKit } from '@orderbus/service-kit';
import { endOf, openIfPossible, sealCredentials } from './credentials.ts';
import type { Step } from './domain/command.ts';
import { type Credentials, marketplaceIssues, type Store } from './domain/store.ts';
import { forgetStore, openCommandsOf } from './store/forget-store.ts';
import { readOnlyItem, readOnlySwitches } from './store/read-only.ts';
import { deletedAmong, lockStore, StoreEntity, type StoreRow } from './store/store.ts';
import type { StoreSettings } from './store-settings.ts';
import type { Stores } from './stores.ts';

type Decided = Pick<StoreRow, 'cron' | 'nonAmazonOrders' | 'startFrom'>;
type Wished<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

type NewStore = StoreSettings & Wished<Decided> & { readonly readOnly?: boolean | undefined };

type StoreChange = Wished<Decided & Pick<Store, 'name' | 'sellerId' | 'region' | 'marketplaces' | 'readOnly'>>;

/** What people decide about stores. Each change counts here at once, in other replicas a few seconds later. */
export interface StoreManagement {
  /** @throws AppError `store.exists`, `store.deleted` */
  create(store: NewStore): Promise<void>;
  /** @throws AppError `store.unknown`, `request.invalid`, `store.managed-by-environment` */
  change(storeId: string, change: StoreChange): Promise<void>;
  renewCredentials(storeId: string, credentials: Credentials): Promise<void>;
  setStatus(storeId: string, status: Store['status']): Promise<void>;
  /** For good. @throws AppError `store.has-unresolved-writes` unless they are given up: then they have failed. */
  remove(storeId: string, options: { readonly abandon: boolean; readonly by: string }): Promise<void>;
}

export interface ManagementOptions {
  readonly sealer: KeyRing;
  readonly stores: Stores;
  readonly ledger: Target<Step>;
}

export const manageStores = (kit: ServiceKit, { sealer, stores, ledger }: ManagementOptions): StoreManagement => {
  const { database, execution, clock, log } = kit;
  const now = (): string => clock.now().toISOString();

  const update = async (storeId: string, decide: (row: StoreRow) => StoreRow, readOnly?: boolean): Promise<void> => {
    const switches =
      readOnly === undefined ? [] : [readOnlyItem({ type: 'switch', storeId, readOnly, reason: 'person', at: now() }, storeId)];
    await execute(execution, readOnlySwitches, switches, async (tx) => {
      await updateExisting(tx, StoreEntity, [decide(await lockStore(tx, storeId))]);
    });
    await stores.changed(storeId);
  };

  return {
    create: async ({ readOnly, ...store }) => {
      const row = newRow(store, sealer, clock.now());
      const { id } = store;
      const switches = readOnly ? [readOnlyItem({ type: 'switch', storeId: id, readOnly, reason: 'person', at: now() }, id)] : [];
      await execute(execution, readOnlySwitches, switches, (tx) => insertStore(tx, row));
      log.info({ storeId: id, region: store.region }, 'a store was connected');
      await stores.changed(id);
    },
    change: (storeId, { readOnly, ...change }) => update(storeId, (row) => changed(row, change), readOnly),
    renewCredentials: async (storeId, credentials) => {
      await update(storeId, (row) => withCredentials(row, credentials, sealer, now()));
      log.info({ storeId }, 'the credentials of a store were renewed');
    },
    setStatus: async (storeId, status) => {
      await update(storeId, (row) => ({ ...row, status }));
      if (status === 'active') stores.get(storeId)?.poller.begin();
      log.info({ storeId, status }, 'the status of a store was set');
    },
    remove: async (storeId, { abandon, by }) => {
      const check = async (tx: Transaction): Promise<void> =>
        refuseIfManaged(await lockStore(tx, storeId), 'take it out of AMAZON_STORES first: it would come back at the next start');
      if (abandon) {
        const step = { type: 'settle', as: 'failed', by, note: 'The store was deleted' } as const;
        const cause = { tenant: storeId, correlationId: newId() };
        const open = await openCommandsOf(database, storeId);
        await execute(
          execution,
          ledger,
          open.map(({ id }) => ({ key: id, command: step, cause })),
          check,
        );
      }
      const off = readOnlyItem({ type: 'switch', storeId, readOnly: false, reason: 'person', at: now(), by }, storeId);
      await execute(execution, readOnlySwitches, [off], async (tx) => {
        await check(tx);
        const unresolved = (await openCommandsOf(tx, storeId)).length;
        if (unresolved > 0) throw new AppError('conflict', 'store.has-unresolved-writes', { storeId, unresolved });
        await forgetStore(tx, storeId);
      });
      log.warn({ storeId, abandon, by }, 'a store was deleted for good');
      await stores.changed(storeId);
    },
  };
};

const anHourMs = 3_600_000;

const newRow = (store: Omit<NewStore, 'readOnly'>, sealer: KeyRing, at: Date): StoreRow => {
  const now = at.toISOString();
  const { id, name = id, region, marketplaces, sellerId = null, cron = null, nonAmazonOrders = 'leave-out', startFrom } = store;
  return {
    ...{ id, name, sellerId, region, marketplaces, cron, nonAmazonOrders, status: 'active', managedBy: 'api', createdAt: now },
    startFrom: startFrom ?? new Date(at.getTime() - anHourMs).toISOString(),
    sealedCredentials: sealCredentials(sealer, id, store),
    clientIdEnd: endOf(store.clientId),
    authorizedAt: now,
    secretSetAt: now,
  };
};

const insertStore = async (tx: Transaction, row: StoreRow): Promise<void> => {
  const [deleted] = await deletedAmong(tx, [row.id]);
  if (deleted !== undefined)
    throw new AppError('conflict', 'store.deleted', { storeId: row.id, why: 'an id is used once: choose another' });
  await insertNew(tx, StoreEntity, [row]).catch((error: unknown) => {
    const isTaken = error instanceof AppError && error.code === 'row.created-elsewhere';
    throw isTaken ? new AppError('conflict', 'store.exists', { storeId: row.id }) : error;
  });
};

const changed = (row: StoreRow, { region, ...change }: Omit<StoreChange, 'readOnly'>): StoreRow => {
  if (region !== undefined && region !== row.region)
    throw invalidRequest([
      {
        field: 'region',
        message: `The store is in ${row.region}, and stays there: in another region it is another account. Make a store for it`,
        code: 'store.stays-in-region',
        facts: { region: row.region },
      },
    ]);
  const issues = marketplaceIssues(row.region, change.marketplaces ?? []);
  if (issues.length > 0) throw invalidRequest(issues);
  if (change.name !== undefined || change.marketplaces !== undefined)
    refuseIfManaged(row, 'its name and marketplaces are decided by AMAZON_STORES, or AMAZON_MARKETPLACES');
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...row, ...given };
};

const withCredentials = (row: StoreRow, credentials: Credentials, sealer: KeyRing, now: string): StoreRow => {
  refuseIfManaged(row, 'its credentials are decided by AMAZON_STORES, or AMAZON_CLIENT_ID, AMAZON_CLIENT_SECRET and AMAZON_REFRESH_TOKEN');
  const before = openIfPossible(sealer, row.id, row.sealedCredentials);
  const isSame = before?.clientId === credentials.clientId && before.clientSecret === credentials.clientSecret;
  return {
    ...row,
    sealedCredentials: sealCredentials(sealer, row.id, credentials),
    clientIdEnd: endOf(credentials.clientId),
    secretSetAt: isSame ? row.secretSetAt : now,
    authorizedAt: before?.refreshToken === credentials.refreshToken ? row.authorizedAt : now,
  };
};

const refuseIfManaged = ({ id, managedBy }: StoreRow, why: string): void => {
  if (managedBy === 'environment') throw new AppError('conflict', 'store.managed-by-environment', { storeId: id, why });
};
