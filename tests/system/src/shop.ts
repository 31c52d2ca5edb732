import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSystem, type System } from '@orderbus/all-in-one';
import type { SandboxConfig } from '@orderbus/amazon-sandbox';
import { serviceSecretOf } from '@orderbus/setup';
import { eventually, type FirstAdmin, firstAdmin } from '@orderbus/testkit';
import { ask, askWith, everyItem, type Method, told } from './http.ts';
import type { Installation, ServiceName } from './installation.ts';
import { databaseSecret, migratedDatabase } from './migrated.ts';

export interface ShopOptions {
  /** Given: on this database, through whatever stands before it. Default: one of its own. */
  readonly databaseUrl?: string;
  /** Given: on this broker. Default: the embedded one. */
  readonly brokerUrl?: string | undefined;
  /** Given: as a user of its own for each service. */
  readonly brokerManagementUrl?: string | undefined;
  readonly sandbox?: Partial<SandboxConfig>;
  readonly environment?: Record<string, string>;
  /** How many of each service that listens. */
  readonly instances?: number;
  readonly logLevel?: 'trace' | 'error';
  /** Given: what an earlier shop has left there, with its first administrator. Default: one of its own. */
  readonly earlier?: { readonly dataFolder: string; readonly admin: FirstAdmin };
}

/** The whole of Orderbus in this process, on servers that nobody else uses, with an Amazon that does what the test says. */
export interface Shop extends Installation {
  readonly system: System;
  readonly admin: FirstAdmin;
  readonly dataFolder: string;
  /** What a service proves itself with. */
  secretOf(service: string): Promise<string>;
  get(service: ServiceName, path: string): ReturnType<typeof told>;
  send(service: ServiceName, method: Method, path: string, body?: unknown): ReturnType<typeof ask>;
  /** New orders at Amazon; answers with their numbers. */
  sell(wish: object): Promise<string[]>;
  /** Something happens to an order at Amazon. */
  happens(amazonOrderId: string, what: object): Promise<void>;
  /** The order here, by Amazon's number. */
  order(amazonOrderId: string): ReturnType<typeof told>;
  /** Asks Amazon at once, in all stores. */
  sync(): Promise<void>;
  /** Waits until a look at Amazon that begins now has ended, in all stores. */
  lookAtAmazon(): Promise<void>;
  items<Item>(service: ServiceName, path: string): Promise<Item[]>;
  stop(): Promise<void>;
  /** As `stop`, but for the data folder: keys and Amazon are still there. */
  fall(): Promise<void>;
}

/** Tests ask faster than people. */
export const unlimited = { RATE_LIMIT_PER_MINUTE: '1000000', RATE_LIMIT_PER_ADDRESS: '1000000' };

/** Three whole installations are tested at a time, on one PostgreSQL with its usual hundred connections. */
export const frugal = { DATABASE_CONNECTIONS: '3' };

/** Nothing happens but what the test does: what services look after from time to time, they look after once an hour. */
export const nothingByItself = {
  CHECK_STOCK_EVERY: '1h',
  RESERVE_WAITING_EVERY: '1h',
  RETRY_BLOCKERS_EVERY: '1h',
  WATCH_DEADLINES_EVERY: '1h',
  WATCH_STOCK_EVERY: '1h',
};

/** Retries come soon, and go on for longer than any fault of a test takes. */
export const quickRetries = '100ms,500ms,2s,10s,30s';

export const openShop = async (options: ShopOptions = {}): Promise<Shop> => {
  const dataFolder = options.earlier?.dataFolder ?? (await mkdtemp(join(tmpdir(), 'orderbus-shop-')));
  const database = options.databaseUrl === undefined ? await migratedDatabase() : undefined;
  let link = '';
  let admin: FirstAdmin;
  const system = buildSystem({
    dataFolder,
    port: 0,
    databaseUrl: options.databaseUrl ?? (database?.url as string),
    databaseSecret,
    ...(options.brokerUrl === undefined ? {} : { brokerUrl: options.brokerUrl }),
    ...(options.brokerManagementUrl === undefined ? {} : { brokerManagementUrl: options.brokerManagementUrl }),
    sandbox: { initialOrders: 0, ordersPerMinute: 0, ...options.sandbox },
    environment: { ...unlimited, ...frugal, AMAZON_POLL_CRON: '* * * * * *', RETRY_DELAYS: quickRetries, ...options.environment },
    ...(options.instances === undefined ? {} : { instances: options.instances }),
    logLevel: options.logLevel ?? 'error',
    show: (text) => {
      link = text;
    },
  });
  const urlOf = (service: ServiceName): string => system.services.find(({ name }) => name === service)?.url ?? '';
  const fall = async (): Promise<void> => {
    await system.stop();
    await database?.drop();
  };
  const stop = async (): Promise<void> => {
    await fall();
    await rm(dataFolder, { recursive: true, force: true });
  };
  try {
    await system.start();
    admin = options.earlier?.admin ?? (await firstAdmin(urlOf('access'), link));
    askWith(`Bearer ${admin.key}`, ...system.services.map(({ url }) => url));
  } catch (error) {
    await stop();
    throw error;
  }
  const sandboxUrl = system.sandbox?.url ?? '';
  const stores = async (): Promise<{ id: string; lastSuccessAt: string }[]> => (await get('amazon-gateway', '/stores')).items;
  const sync = async (): Promise<void> => {
    for (const { id } of await stores()) await told('POST', `${urlOf('amazon-gateway')}/stores/${id}/sync`);
  };
  /** A pass that runs already may have looked before: the one after it counts. */
  const onePass = async (): Promise<void> => {
    const before = new Map((await stores()).map(({ id, lastSuccessAt }) => [id, lastSuccessAt]));
    await sync();
    await eventually(async () => {
      for (const { id, lastSuccessAt } of await stores())
        if (lastSuccessAt === before.get(id)) throw new Error(`${id} has not been looked at`);
    });
  };
  const get = (service: ServiceName, path: string) => told('GET', urlOf(service) + path);

  return {
    system,
    admin,
    dataFolder,
    sandboxUrl,
    databaseUrl: database?.url ?? system.databaseUrl,
    urlOf,
    secretOf: async (service) => serviceSecretOf((await readFile(join(dataFolder, 'secret'), 'utf8')).trim(), service),
    get,
    send: (service, method, path, body) => ask(method, urlOf(service) + path, body),
    sell: async (wish) => (await told('POST', `${sandboxUrl}/sandbox/orders`, { ...wish, answer: 'ids' })).orderIds,
    happens: async (amazonOrderId, what) => void (await told('PATCH', `${sandboxUrl}/sandbox/orders/${amazonOrderId}`, what)),
    order: (amazonOrderId) => get('order', `/orders/${amazonOrderId}`),
    sync,
    lookAtAmazon: async () => {
      await onePass();
      await onePass();
    },
    items: (service, path) => everyItem(urlOf(service) + path),
    stop,
    fall,
  };
};
