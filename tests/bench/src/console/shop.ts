import { sellers } from '@orderbus/amazon-sandbox';
import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import { askJson, residents, serviceSecretOf, serviceSecretsSetting, tenancyOf } from '@orderbus/setup';
import { eventually, firstAdmin } from '@orderbus/testkit';
import { type Running, startProcess } from '../processes.ts';
import { declareAll } from '../queues.ts';

/** Orderbus as a process per service, and somebody who is signed in. */
export interface Shop {
  readonly url: string;
  readonly cookie: string;
  readonly keyRing: string;
  /** A new order at Amazon, which goes through all services. Answers with its id. */
  sell(): Promise<string>;
  memory(): { readonly name: string; readonly bytes: number }[];
  stop(): Promise<void>;
}

/** As the orders of the bench have them. */
const stores = ['store-0', 'store-1', 'store-2', 'store-3'];
const secret = 'bench';
const owners = residents.filter(({ name }) => name !== 'console');

export const openShop = async (adminUrl: string, brokerUrl: string): Promise<Shop> => {
  const urls = await provision({ adminUrl, secret, tenancies: residents.map(tenancyOf) });
  await declareAll(brokerUrl);
  const keyRing = `bench:${generateKey()}`;
  const running = new Map<string, Running>();
  const urlOf = (name: string): string => running.get(name)?.url ?? '';
  const sandbox = await startProcess('amazon-sandbox', 'services/amazon-sandbox/src/main.ts', '/health', {
    ...{ SANDBOX_LIMITS: 'off', SANDBOX_VISIBILITY_LAG_MS: '0', SANDBOX_ORDERS_PER_MINUTE: '0', SANDBOX_INITIAL_ORDERS: '0' },
  });
  const environmentOf = (name: string, schema: string) => (ownUrl: string) => ({
    DATABASE_URL: urls[schema] as string,
    BROKER_URL: brokerUrl,
    ORDERBUS_KEYS: keyRing,
    // As `npm start` has it: all of them share a server that takes a hundred.
    DATABASE_CONNECTIONS: '4',
    RATE_LIMIT_PER_ADDRESS: '1000000',
    TRUSTED_PROXIES: 'loopback',
    SECOND_FACTOR_FOR: 'none',
    SERVICE_SECRET: serviceSecretOf(secret, name),
    SERVICE_SECRETS: serviceSecretsSetting(
      secret,
      residents.map((resident) => resident.name),
    ),
    ...(name === 'access' ? {} : { ACCESS_URL: urlOf('access') }),
    ...(name === 'console' ? pages(ownUrl, urlOf) : {}),
    ...(name === 'amazon-gateway' ? amazon(sandbox.url) : {}),
  });
  const start = async (name: string, schema: string): Promise<void> => {
    running.set(name, await startProcess(name, `services/${name}/src/main.ts`, '/ready', environmentOf(name, schema)));
  };
  // Everybody asks access who is calling, and the console has to know where everybody is.
  for (const { name, schema } of residents.toSorted((one, other) => rank(one.name) - rank(other.name))) await start(name, schema);
  const { key, cookie } = await firstAdmin(urlOf('access'), running.get('access')?.said() ?? '');
  const authorization = { authorization: `Bearer ${key}` };
  const post = async (url: string, body?: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json', ...authorization };
    const answer = await fetch(url, { method: 'POST', headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status} ${await answer.text()}`);
    const text = await answer.text();
    return text === '' ? undefined : JSON.parse(text);
  };

  return {
    url: urlOf('console'),
    cookie,
    keyRing,
    sell: async () => {
      const wish = {
        ...{ count: 1, sellerId: sellers[0]?.sellerId, marketplaceId: 'ATVPDKIKX0DER', programs: [], live: false },
        answer: 'ids',
      };
      const sold = await post(`${sandbox.url}/sandbox/orders`, { ...wish, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED' });
      const [amazonOrderId] = (sold as { orderIds: string[] }).orderIds;
      await post(`${urlOf('amazon-gateway')}/stores/${stores[0]}/sync`);
      const order = await eventually(
        async () => {
          const { items } = await askJson<{ items: { id: string }[] }>(
            `${urlOf('order')}/orders?amazonOrderId=${amazonOrderId}`,
            authorization,
          );
          const [one] = items;
          if (one === undefined) throw new Error(`${amazonOrderId} has not come in`);
          return one;
        },
        { withinMs: 30_000, everyMs: 200 },
      );
      return order.id;
    },
    memory: () => [...running.values()].map((one) => ({ name: one.name, bytes: one.peakMemory() })),
    stop: async () => {
      for (const one of [...running.values(), sandbox]) await one.stop();
    },
  };
};

const rank = (name: string): number => (name === 'access' ? 0 : name === 'console' ? 2 : 1);

const pages = (ownUrl: string, urlOf: (name: string) => string) => ({
  PUBLIC_URL: ownUrl,
  ACCESS_PUBLIC_URL: urlOf('access'),
  SERVICES: owners.map(({ name }) => `${name}=${urlOf(name)}`).join(','),
});

/** Amazon is asked when the bench says so. */
const amazon = (sandboxUrl: string) => ({
  AMAZON_STORES: JSON.stringify(
    stores.map((id, n) => {
      const seller = sellers[n % sellers.length] as (typeof sellers)[number];
      const { name, region, clientId, clientSecret, refreshToken, sells } = seller;
      return {
        ...{ id, name: `${name} ${n + 1}`, region: region.toLowerCase(), clientId, clientSecret, refreshToken },
        marketplaces: sells.map(([marketplaceId]) => marketplaceId),
      };
    }),
  ),
  AMAZON_ENDPOINT: sandboxUrl,
  AMAZON_LWA_ENDPOINT: `${sandboxUrl}/auth/o2/token`,
  AMAZON_START_FROM: '2020-01-01T00:00:00Z',
  AMAZON_OVERLAP: '1m',
  AMAZON_POLL_CRON: '0 0 1 1 *',
});
