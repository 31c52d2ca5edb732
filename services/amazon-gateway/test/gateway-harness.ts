import { buildSandbox, type Sandbox, type SandboxConfig, sellers } from '@orderbus/amazon-sandbox';
import {
  AmazonCancellationAccepted,
  AmazonCancellationRejected,
  AmazonFeedFinished,
  AmazonFeedStuck,
  AmazonGapFound,
  AmazonInvoiceAccepted,
  AmazonInvoiceRejected,
  AmazonOrderImported,
  AmazonOrderReadable,
  AmazonOrderUnreadable,
  AmazonOrderUpdated,
  AmazonReadOnlySwitched,
  AmazonRefundAccepted,
  AmazonRefundRejected,
  AmazonRefundSettled,
  AmazonRefundSubmitted,
  AmazonSecretExpiring,
  AmazonSecretRenewed,
  AmazonSyncRecovered,
  AmazonSyncStalled,
  AmazonWriteUncertain,
} from '@orderbus/contracts';
import { AppError, type Clock } from '@orderbus/kernel';
import { type Environment, generateKey, parseConfig, type Service } from '@orderbus/service-kit';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { AmazonGatewayConfig, buildAmazonGatewayApp, schema } from '../src/app.ts';
import { type AmazonProxy, amazonProxy } from './amazon-proxy.ts';

export interface GatewayHarness {
  readonly sandbox: Sandbox;
  readonly proxy: AmazonProxy;
  readonly service: Harness<Service>;
  /** The seller of the store `na`. */
  readonly sellerId: string;
  /** Orders of the store, that do nothing by themselves: their Amazon numbers. */
  create(count: number, wish?: object): Promise<string[]>;
  /** Changes an order at Amazon. */
  patch(amazonOrderId: string, change: object): Promise<void>;
  /** How the store stands. */
  store(): Promise<StoreState>;
  /** A pass from beginning to end; throws when it fails. */
  sync(): Promise<void>;
  /** A pass that is expected to fail. */
  failingSync(): Promise<StoreState>;
  /** Everything that has been published, as `<type> <amazon number> v<version>`. */
  published(): string[];
  /** The gateway with other settings, on the same servers unless told otherwise. Stopped with the rest; the test starts it. */
  build(env: Environment, urls?: { readonly DATABASE_URL: string; readonly BROKER_URL: string }): Service;
  stop(): Promise<void>;
}

export interface StoreState {
  readonly status: string;
  readonly lastSuccessAt?: string;
  readonly watermark?: string;
  readonly lastError?: string;
  readonly failure?: { readonly code: string; readonly facts?: object };
  readonly consecutiveFailures: number;
  readonly pausedUntil?: string;
  readonly circuit: string;
}

export interface HarnessWish {
  readonly sandbox?: Partial<SandboxConfig>;
  readonly env?: Environment;
  /** The gateway's; the sandbox takes its own. */
  readonly clock?: Clock;
  /** Before the gateway starts for the first time. */
  readonly before?: (harness: Pick<GatewayHarness, 'create' | 'patch' | 'proxy' | 'sandbox'>) => Promise<unknown>;
}

const [seller] = sellers;
if (!seller) throw new Error('the sandbox has no sellers');

const never = '0 0 1 1 *';

/** The gateway, a database, a broker and a whole Amazon. It synchronizes at its start, and then when the test says so. */
export const gatewayHarness = async ({ sandbox: wish = {}, env = {}, clock, before }: HarnessWish = {}): Promise<GatewayHarness> => {
  const sandbox = buildSandbox({ port: 0, seed: 7, ordersPerMinute: 0, initialOrders: 0, limits: 'off', visibilityLagMs: 0, ...wish });
  await sandbox.start();
  const proxy = await amazonProxy(sandbox.url);

  const control = async (method: string, path: string, body: object) => {
    const response = await fetch(`${sandbox.url}/sandbox${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`sandbox: ${await response.text()}`);
    return response.json() as Promise<{ orderIds: string[] }>;
  };
  const create: GatewayHarness['create'] = async (count, orders = {}) => {
    const defaults = { sellerId: seller.sellerId, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', live: false, answer: 'ids' };
    return (await control('POST', '/orders', { count, ...defaults, ...orders })).orderIds;
  };
  const patch: GatewayHarness['patch'] = async (amazonOrderId, change) => {
    await control('PATCH', `/orders/${amazonOrderId}`, change);
  };

  await before?.({ create, patch, proxy, sandbox });
  const settings: Environment = {
    AMAZON_STORE_ID: 'na',
    AMAZON_REGION: 'na',
    AMAZON_CLIENT_ID: seller.clientId,
    AMAZON_CLIENT_SECRET: seller.clientSecret,
    AMAZON_REFRESH_TOKEN: seller.refreshToken,
    AMAZON_ENDPOINT: proxy.url,
    AMAZON_LWA_ENDPOINT: `${proxy.url}/auth/o2/token`,
    AMAZON_POLL_CRON: never,
    AMAZON_START_FROM: '2020-01-01T00:00:00Z',
    ORDERBUS_KEYS: `test:${generateKey()}`,
    LOG_LEVEL: 'silent',
    ...env,
  };
  const buildWith = (others: Environment, urls: Environment): Service =>
    buildAmazonGatewayApp(parseConfig(AmazonGatewayConfig, { ...settings, ...others, ...urls }), clock && { clock });
  const built: Service[] = [];
  const service = await serviceHarness<Service>({
    schema,
    build: (urls) => buildWith({}, urls),
    capture: [
      ...[AmazonOrderImported, AmazonOrderUpdated, AmazonOrderUnreadable, AmazonOrderReadable],
      ...[AmazonSyncStalled, AmazonSyncRecovered, AmazonGapFound, AmazonReadOnlySwitched, AmazonSecretExpiring, AmazonSecretRenewed],
      ...[AmazonCancellationAccepted, AmazonCancellationRejected, AmazonRefundAccepted, AmazonRefundRejected],
      ...[AmazonRefundSubmitted, AmazonRefundSettled, AmazonInvoiceAccepted, AmazonInvoiceRejected],
      ...[AmazonWriteUncertain, AmazonFeedStuck, AmazonFeedFinished],
    ] as never,
  });

  const store = async (): Promise<StoreState> => (await service.get('/stores')).body.items[0];
  const idle = () =>
    eventually(async () => {
      const state = await store();
      if (state.status === 'running' || (state.status === 'connecting' && !state.lastSuccessAt && state.consecutiveFailures === 0)) {
        throw new Error(`the store is ${state.status}`);
      }
      return state;
    });
  const begin = () =>
    eventually(async () => {
      const { status, body } = await service.send('POST', '/stores/na/sync');
      if (status !== 202 || body.state !== 'started') throw new Error(`${status} ${JSON.stringify(body)}`);
    });
  const after = (previous: StoreState): Promise<StoreState> =>
    eventually(async () => {
      const state = await store();
      const changed = state.lastSuccessAt !== previous.lastSuccessAt || state.consecutiveFailures !== previous.consecutiveFailures;
      if (!changed || state.status === 'running') throw new Error(`the store is ${state.status}`);
      return state;
    });
  const pass = async () => {
    const previous = await idle();
    await begin();
    return after(previous);
  };
  const drained = () =>
    eventually(async () => {
      const { body } = await service.get('/outbox');
      if (body.pending > 0) throw new Error(`${body.pending} events still wait`);
    });

  await idle();
  await drained();
  return {
    sandbox,
    proxy,
    service,
    sellerId: seller.sellerId,
    create,
    patch,
    store,
    sync: async () => {
      const state = await pass();
      if (state.consecutiveFailures > 0) throw new AppError('unavailable', 'test.pass-failed', { ...state });
      await drained();
    },
    failingSync: async () => {
      const state = await pass();
      if (state.consecutiveFailures === 0) throw new AppError('bug', 'test.pass-succeeded');
      await drained();
      return state;
    },
    published: () =>
      [AmazonOrderImported, AmazonOrderUpdated].flatMap((definition) =>
        service.published(definition).map(({ type, data, aggregateVersion }) => `${type} ${data.amazonOrderId} v${aggregateVersion}`),
      ),
    build: (others, urls = service.urls) => {
      const app = buildWith(others, urls);
      built.push(app);
      return app;
    },
    stop: async () => {
      for (const app of built) await app.stop();
      await service.stop();
      await proxy.stop();
      await sandbox.stop();
    },
  };
};
