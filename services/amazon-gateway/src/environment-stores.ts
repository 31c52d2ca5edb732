import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@orderbus/kernel';
import { lockByIds, upsert } from '@orderbus/outbox';
import type { KeyRing, ServiceKit } from '@orderbus/service-kit';
import { endOf, openIfPossible, sealCredentials } from './credentials.ts';
import { connectedSince, deletedAmong, releaseFromEnvironment, StoreEntity, type StoreRow } from './store/store.ts';
import type { StoreSettings } from './store-settings.ts';

export interface BringInOptions {
  readonly settings: readonly StoreSettings[];
  readonly startFrom: string | undefined;
  readonly sealer: KeyRing;
}

const anHourMs = 3_600_000;

/**
 * Makes the stores that the environment names, or brings their names, marketplaces and credentials up to date. The rest of a store is
 * what was decided over HTTP. A store that the environment no longer names stays as it is, and is managed over HTTP from then on.
 * @throws AppError `store.region-cannot-change`, `store.deleted`
 */
export const bringInStores = async (
  { database, clock, log }: Pick<ServiceKit, 'database' | 'clock' | 'log'>,
  { settings, startFrom, sealer }: BringInOptions,
): Promise<void> => {
  const ids = settings.map(({ id }) => id).sort();
  const released = await database.transaction(async (tx) => {
    const [deleted] = await deletedAmong(tx, ids);
    if (deleted !== undefined)
      throw new AppError('conflict', 'store.deleted', { storeId: deleted, why: 'it was deleted for good: give the store another id' });
    const kept = new Map((await lockByIds(tx, StoreEntity, ids)).map((row) => [row.id, row]));
    const connectedBefore = await connectedSince(tx, ids);
    const now = clock.now().toISOString();
    const startOf = (id: string): string => startFrom ?? new Date(Date.parse(connectedBefore.get(id) ?? now) - anHourMs).toISOString();
    const rows = settings.map((store) => rowOf(store, kept.get(store.id), { now, startFrom: startOf(store.id), sealer }));
    await upsert(
      tx,
      StoreEntity,
      rows.filter((row) => !isDeepStrictEqual(row, kept.get(row.id))),
    );
    return releaseFromEnvironment(tx, ids);
  });
  for (const storeId of released) log.warn({ storeId }, 'the environment no longer names this store: it goes on, and is managed over HTTP');
};

interface Surroundings {
  readonly now: string;
  readonly startFrom: string;
  readonly sealer: KeyRing;
}

const rowOf = (store: StoreSettings, kept: StoreRow | undefined, { now, startFrom, sealer }: Surroundings): StoreRow => {
  const { id, region, marketplaces, name = id, sellerId } = store;
  if (kept && kept.region !== region)
    throw new AppError('conflict', 'store.region-cannot-change', { storeId: id, region: kept.region, environment: region });
  const before = kept && openIfPossible(sealer, id, kept.sealedCredentials);
  const isSame = before && before.clientId === store.clientId && before.clientSecret === store.clientSecret;
  return {
    ...(kept ?? { cron: null, status: 'active', nonAmazonOrders: 'leave-out', startFrom, createdAt: now }),
    ...{ id, name, region, marketplaces, managedBy: 'environment', clientIdEnd: endOf(store.clientId) },
    sellerId: sellerId ?? kept?.sellerId ?? null,
    sealedCredentials: isSame && before.refreshToken === store.refreshToken ? kept.sealedCredentials : sealCredentials(sealer, id, store),
    secretSetAt: isSame ? kept.secretSetAt : now,
    authorizedAt: before?.refreshToken === store.refreshToken && kept ? kept.authorizedAt : now,
  };
};
