import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import { eventually, firstAdmin } from '@orderbus/testkit';
import { type Network, openNetwork } from '@orderbus/testkit/tcp-proxy';
import { prepare, prepareBroker } from '@orderbus/tests-system/fleet';
import { told } from '@orderbus/tests-system/http';
import { type Installation, type ServiceName, serviceNames } from '@orderbus/tests-system/installation';
import { query } from '@orderbus/tests-system/sql';
import { type Postgres, privatePostgres } from './servers/postgres.ts';
import { privateRabbit, type Rabbit } from './servers/rabbit.ts';
import { type Amazon, startAmazon } from './servers/sandbox.ts';
import { ourServices, type Services } from './services.ts';

type BrokerKind = 'rabbit' | 'embedded';

/** How often services look for new data keys. */
export const keysEveryMs = 500;

/** The whole system as processes, on servers of its own, with a network between each two that can be spoiled. */
export interface Stage {
  readonly brokerKind: BrokerKind;
  readonly postgres: Postgres;
  /** Absent on the embedded broker. */
  readonly rabbit: Rabbit | undefined;
  readonly amazon: Amazon;
  readonly services: Services;
  readonly installation: Installation;
  /** Between a service and PostgreSQL; and, on the embedded broker, its own queues. */
  readonly toDatabase: ReadonlyMap<ServiceName, Network>;
  readonly toBroker: ReadonlyMap<ServiceName, Network>;
  readonly toAmazon: Network;
  /** The broker's address for strangers: publishers of messages that nobody should have sent. */
  readonly brokerUrl: string;
  /** Makes what is missing, as the setup of an installation does; whoever starts from now on has passwords that follow from this secret. */
  setUp(secret?: string): Promise<void>;
  /** The same for the broker, with other numbers of queues for each service: the first takes what comes, the others are worked off. */
  setUpQueues(partitions: readonly number[]): Promise<void>;
  /** The file that holds the data keys of all services. They look into it again and again. */
  readonly keysFile: string;
  /** The sum of a metric over its labels; 0 while the service does not answer. */
  metric(service: ServiceName, name: string, labels?: RegExp): Promise<number>;
  /** All networks are whole, everybody runs and is ready. */
  heal(): Promise<void>;
  stop(): Promise<void>;
}

export interface StageOptions {
  readonly brokerKind: BrokerKind;
  readonly seed: number;
  /** Has PostgreSQL a disk of its own, which can be full? It takes the rights of root. */
  readonly ownDisk: boolean;
}

export const raise = async ({ brokerKind, seed, ownDisk }: StageOptions): Promise<Stage> => {
  const [postgres, rabbit, amazon] = await Promise.all([
    privatePostgres({ ownDisk }),
    brokerKind === 'rabbit' ? privateRabbit() : undefined,
    startAmazon(seed),
  ]);
  await query(postgres.adminUrl, 'create database shop');
  const databaseUrl = inDatabase(postgres.adminUrl, 'shop');
  const brokerUrl = rabbit?.url ?? (await embeddedBroker(postgres.adminUrl));

  const networks = async (url: string) =>
    new Map(await Promise.all(serviceNames.map(async (service) => [service, await openNetwork(url)] as const)));
  const [toDatabase, toBroker, toAmazon] = await Promise.all([networks(databaseUrl), networks(brokerUrl), openNetwork(amazon.url)]);
  const keysFolder = await mkdtemp(join(tmpdir(), 'orderbus-chaos-keys-'));
  const keysFile = join(keysFolder, 'keys');
  await writeFile(keysFile, `k1:${generateKey()}`);
  const prepared = (secret: string) =>
    prepare(...([databaseUrl, { url: brokerUrl, managementUrl: rabbit?.managementUrl }, { url: new URL(toAmazon.url).origin }] as const), {
      secret,
      keys: { ORDERBUS_KEYS_FILE: keysFile, ORDERBUS_KEYS_EVERY: `${keysEveryMs}ms` },
    });
  let secret = 'test';
  let given = await prepared(secret);
  const services = await ourServices((service, accessUrl) => {
    const usual = given(service, accessUrl);
    return {
      ...usual,
      DATABASE_URL: through(toDatabase.get(service), usual.DATABASE_URL as string),
      BROKER_URL: through(toBroker.get(service), usual.BROKER_URL as string),
      LOG_LEVEL: 'info',
      ...{
        AMAZON_FEED_EVERY: '200ms',
        AMAZON_FEED_PATIENCE: '500ms',
        AMAZON_READ_BACK_DELAYS: '500ms,1s,2s,5s',
        AMAZON_ABANDONED_AFTER: '1m',
      },
      // What Amazon shows late is no fault of these runs: what is read again would hide what was lost.
      AMAZON_OVERLAP: '5s',
    };
  });

  const stage: Stage = {
    ...{ brokerKind, postgres, rabbit, amazon, services, toDatabase, toBroker, toAmazon, brokerUrl, keysFile },
    installation: { sandboxUrl: amazon.url, databaseUrl, urlOf: services.urlOf },
    setUpQueues: async (partitions) => {
      await prepareBroker({ url: brokerUrl, managementUrl: rabbit?.managementUrl }, secret, partitions);
    },
    setUp: async (wanted = secret) => {
      secret = wanted;
      given = await prepared(secret);
    },
    metric: async (service, name, labels) => {
      const answer = await fetch(`${services.urlOf(service)}/metrics`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
      return sumOf(answer?.ok ? await answer.text() : '', name, labels);
    },
    heal: async () => {
      await Promise.all([...toDatabase.values(), ...toBroker.values(), toAmazon].map((network) => network.restore()));
      await Promise.all(serviceNames.map((service) => (services.running(service) ? undefined : services.start(service))));
      await Promise.all(serviceNames.map((service) => isReady(services.urlOf(service))));
    },
    stop: async () => {
      await services.stopAll();
      await Promise.all([...toDatabase.values(), ...toBroker.values(), toAmazon].map((network) => network.close()));
      await Promise.all([amazon.stop(), rabbit?.remove(), postgres.remove()]);
      await rm(keysFolder, { recursive: true, force: true });
    },
  };
  try {
    await open(stage);
    return stage;
  } catch (error) {
    await stage.stop();
    throw error;
  }
};

/** Everybody starts; the first administrator comes in; the shelves are filled. */
const open = async ({ services, amazon }: Stage): Promise<void> => {
  await Promise.all(serviceNames.map((service) => services.start(service)));
  await Promise.all(serviceNames.map((service) => isReady(services.urlOf(service))));
  const link = await eventually(() => {
    const said = services.lines('access').find((line) => line.includes('/welcome#'));
    if (said === undefined) throw new Error('there is no link yet');
    return said;
  });
  services.showCredential(`Bearer ${(await firstAdmin(services.urlOf('access'), link)).key}`);
  const { products } = await told('GET', `${amazon.url}/sandbox/catalogue`);
  const shelf: { sku: string; title: string; stocked: boolean }[] = products.filter((product: { stocked: boolean }) => product.stocked);
  const put = (path: string, body: object) => told('PUT', `${services.urlOf('fulfillment')}${path}`, body);
  await put(
    '/products',
    shelf.map(({ sku, title }) => ({ sku, title })),
  );
  await put(
    '/stock',
    shelf.map(({ sku }, index) => ({ sku, onHand: index % 13 === 0 ? 4 : 100_000 })),
  );
};

const isReady = (url: string): Promise<unknown> =>
  eventually(
    async () => {
      const { status } = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(5_000) });
      if (status !== 200) throw new Error(`${url} is not ready`);
    },
    { withinMs: 120_000, everyMs: 200 },
  );

const inDatabase = (url: string, database: string): string => Object.assign(new URL(url), { pathname: `/${database}` }).href;

const embeddedBroker = async (adminUrl: string): Promise<string> => {
  await query(adminUrl, 'create database broker');
  const tenancies = [{ schema: 'broker', role: 'orderbus_broker', audited: false }];
  return (await provision({ adminUrl: inDatabase(adminUrl, 'broker'), secret: 'test', tenancies })).broker as string;
};

const through = (network: Network | undefined, url: string): string =>
  Object.assign(new URL(url), { host: new URL(network?.url ?? url).host }).href;

/** Of a page in the format of Prometheus. */
export const sumOf = (page: string, name: string, labels = /./): number =>
  page
    .split('\n')
    .filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `))
    .filter((line) => labels.source === '.' || labels.test(line))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
