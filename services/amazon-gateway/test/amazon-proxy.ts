import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does with a request instead of handing it on. */
export type Interference =
  | 'cut'
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body: unknown }
  /** Hands it on and changes the answer, or holds it back until a promise is kept. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  | { readonly rewrite: (body: any) => unknown };

/** Stands between the gateway and the sandbox: counts, cuts, answers in Amazon's place. */
export interface AmazonProxy {
  readonly url: string;
  /** The parameters of every searchOrders so far. */
  readonly searches: URLSearchParams[];
  readonly tokenRequests: () => number;
  /** Decides about the n-th searchOrders, from 1. */
  onSearch: (n: number, query: URLSearchParams) => Interference | undefined;
  /** Decides about the n-th look at a single order, from 1. */
  onLook: (n: number) => Interference | undefined;
  /** Decides about what is told of shipments. */
  onWrite: () => Interference | undefined;
  /** Decides about a message to a buyer, and sees what it says. */
  onContact: (body: string) => Interference | undefined;
  stop(): Promise<void>;
}

export const amazonProxy = async (target: string): Promise<AmazonProxy> => {
  const searches: URLSearchParams[] = [];
  let tokens = 0;
  let looks = 0;
  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy());
  });

  const interferenceWith = (pathname: string, query: URLSearchParams, body: Buffer): Interference | undefined => {
    if (/^\/(messaging|solicitations)\/.*\/(messages|solicitations)\//.test(pathname)) return proxy.onContact(body.toString());
    if (pathname.startsWith('/orders/v0/')) return proxy.onWrite();
    if (pathname.startsWith('/orders/2026-01-01/orders/')) return proxy.onLook(++looks);
    if (pathname !== '/orders/2026-01-01/orders') return undefined;
    searches.push(query);
    return proxy.onSearch(searches.length, query);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', target);
    if (pathname.startsWith('/auth')) tokens += 1;
    const body = await bodyOf(request);
    const interference = interferenceWith(pathname, searchParams, body);
    if (interference === 'cut') return void request.socket.destroy();
    if (interference && 'status' in interference) {
      response.writeHead(interference.status, { 'content-type': 'application/json', ...interference.headers });
      return void response.end(JSON.stringify(interference.body));
    }
    const answer = await forward(request, body, target);
    const text = await answer.text();
    response.writeHead(answer.status, passedOn(answer.headers));
    response.end(interference ? JSON.stringify(await interference.rewrite(JSON.parse(text))) : text);
  };

  const proxy: AmazonProxy = {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    searches,
    tokenRequests: () => tokens,
    onSearch: () => undefined,
    onLook: () => undefined,
    onWrite: () => undefined,
    onContact: () => undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return proxy;
};

const passedOn = (headers: Headers): Record<string, string> => ({
  'content-type': 'application/json',
  'x-amzn-requestid': headers.get('x-amzn-requestid') ?? '',
  'x-amzn-ratelimit-limit': headers.get('x-amzn-ratelimit-limit') ?? '',
});

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const forward = async (request: IncomingMessage, body: Buffer, target: string): Promise<Response> => {
  const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers;
  return fetch(`${target}${request.url}`, {
    method: request.method ?? 'GET',
    headers: headers as Record<string, string>,
    ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
  });
};
