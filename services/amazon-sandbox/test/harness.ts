import { afterEach } from '@jest/globals';
import type { Clock } from '@orderbus/kernel';
import type { Order, SearchOrdersResponse } from '@sp-api-sdk/orders-api-2026-01-01';
import { includedDataValues } from '../src/amazon/included-data.ts';
import { buildSandbox, type Sandbox, type SandboxConfig, type Seller, sellers } from '../src/app.ts';

/** A clock that stands still until somebody moves it. */
export interface ManualClock extends Clock {
  forward(ms: number): void;
}

export const startOfTest = Date.parse('2026-10-05T08:00:00.000Z');

export const manualClock = (): ManualClock => {
  let time = startOfTest;
  return {
    now: () => new Date(time),
    forward: (ms) => {
      time += ms;
    },
  };
};

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface AmazonErrors {
  readonly errors: { readonly code: string; readonly message: string; readonly details: string }[];
}

export type WholeOrder = Order & {
  readonly sandbox: { readonly sellerId: string; readonly upcoming: { readonly at: string; readonly change: string }[] };
};

export type Query = Readonly<Record<string, string | number>>;

export const [northAmerica, europe, japan] = sellers as unknown as [Seller, Seller, Seller];

/** Everything at once, so that nothing can hide. */
export const everyDataset = includedDataValues.join(',');

const running: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.stop()));
});

/** A sandbox without lag, limits and orders, unless the test says otherwise. It is stopped after the test. */
export const startSandbox = async (overrides: Partial<SandboxConfig> = {}) => {
  const clock = manualClock();
  const sandbox = buildSandbox({
    port: 0,
    seed: 7,
    ordersPerMinute: 0,
    initialOrders: 0,
    limits: 'off',
    visibilityLagMs: 0,
    clock,
    ...overrides,
  });
  await sandbox.start();
  running.push(sandbox);
  return { sandbox, clock, ...clientOf(sandbox.url) };
};

export type TestClient = ReturnType<typeof clientOf>;

export const clientOf = (url: string) => {
  const call = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> => {
    const response = await fetch(url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text && JSON.parse(text)) as T };
  };

  const token = async (form: Record<string, string>): Promise<Answer<Record<string, unknown>>> => {
    const response = await fetch(`${url}/auth/o2/token`, { method: 'POST', body: new URLSearchParams(form) });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
  };

  const accessToken = async (seller: Seller): Promise<string> => {
    const { clientId, clientSecret, refreshToken } = seller;
    const form = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken };
    return String((await token(form)).body.access_token);
  };

  const asSeller = async <T>(seller: Seller, path: string, query: Query = {}): Promise<Answer<T>> => {
    const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));
    return call<T>('GET', `${path}?${search}`, undefined, { 'x-amz-access-token': await accessToken(seller) });
  };

  return {
    call,
    token,
    accessToken,
    asSeller,
    search: <T = SearchOrdersResponse>(query: Query, seller = europe) => asSeller<T>(seller, '/orders/2026-01-01/orders', query),
    getOrder: <T = { order: Order }>(orderId: string, query: Query = {}, seller = europe) =>
      asSeller<T>(seller, `/orders/2026-01-01/orders/${orderId}`, query),
    create: async (wish: Record<string, unknown>): Promise<WholeOrder[]> => {
      const { status, body } = await call<{ orders: WholeOrder[] }>('POST', '/sandbox/orders', wish);
      if (status !== 201) throw new Error(`not created: ${JSON.stringify(body)}`);
      return body.orders;
    },
    /** All pages of a search. `between` happens after each page but the last. */
    searchAll: async (query: Query, seller = europe, between: () => Promise<unknown> = async () => undefined): Promise<Order[]> => {
      const orders: Order[] = [];
      let paging: Query = {};
      for (;;) {
        const { status, body } = await asSeller<SearchOrdersResponse>(seller, '/orders/2026-01-01/orders', { ...query, ...paging });
        if (status !== 200) throw new Error(`refused: ${JSON.stringify(body)}`);
        orders.push(...body.orders);
        const paginationToken = body.pagination?.nextToken;
        if (paginationToken === undefined) return orders;
        paging = { paginationToken };
        await between();
      }
    },
  };
};
