import type { ServiceKit } from '@orderbus/service-kit';
import pLimit from 'p-limit';
import { type SpApi, type SpApiOptions, spApi } from './amazon/sp-api.ts';
import type { AmazonGatewayConfig } from './config.ts';
import { openCredentials } from './credentials.ts';
import type { Store } from './domain/store.ts';
import { type Poller, poller } from './jobs/poller.ts';
import { runPass } from './jobs/run-pass.ts';
import type { OrderReading } from './reading.ts';
import { type KeptStore, storeOf } from './store/store.ts';

/** One seller account with everything that belongs to it. Nothing is shared but the database: one store's trouble is not another's. */
export interface ConnectedStore {
  /** As it is now. */
  readonly store: Store;
  /** Another one once its credentials have changed. */
  readonly api: SpApi;
  readonly poller: Poller;
}

export interface Connection extends ConnectedStore {
  /** Another one after each change: see `KeptStore`. */
  readonly state: string;
  update(row: KeptStore): Promise<void>;
  stop(): Promise<void>;
}

/** What the stores have in common. */
export interface StoreTools extends Required<Pick<SpApiOptions, 'budget' | 'failed'>> {
  readonly reading: OrderReading;
}

/** At the same time, of all stores: one transaction each. */
const mostPasses = 20;

/** Connects stores. Nothing is opened, held or timed for a store before its first call. */
export const connector = (config: AmazonGatewayConfig, kit: ServiceKit, { reading, budget, failed }: StoreTools) => {
  const { clock, log, metrics, circuits, database } = kit;
  const limit = pLimit(mostPasses);

  return (first: KeptStore): Connection => {
    const { id, region } = first;
    const ownLog = log.child({ store: id });
    let row = first;
    let store = storeOf(row, config.AMAZON_POLL_CRON);
    const connectApi = (): SpApi =>
      spApi({
        store: {
          ...{ id, region },
          get marketplaces() {
            return store.marketplaces;
          },
        },
        credentials: () => openCredentials(config.ORDERBUS_KEYS, id, row.sealedCredentials),
        endpoint: config.AMAZON_ENDPOINT,
        lwaEndpoint: config.AMAZON_LWA_ENDPOINT,
        ...{ budget, failed, clock, log, metrics, watch: circuits.to(`amazon.${id}`, id) },
      });
    let api = connectApi();
    const ownPoller = poller({
      storeId: id,
      ...{ database, clock, limit },
      log: ownLog,
      pass: (leased, signal) => runPass({ ...reading, api, store: () => store, log: ownLog }, leased, signal),
    });

    return {
      get store() {
        return store;
      },
      get api() {
        return api;
      },
      poller: ownPoller,
      get state() {
        return row.state;
      },
      update: async (next) => {
        const before = row;
        row = next;
        store = storeOf(row, config.AMAZON_POLL_CRON);
        if (store.status === 'paused') await ownPoller.interrupt();
        if (row.sealedCredentials === before.sealedCredentials) return;
        const former = api;
        api = connectApi();
        await former.stop();
      },
      stop: async () => {
        await ownPoller.stop();
        await api.stop();
      },
    };
  };
};
