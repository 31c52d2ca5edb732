import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { type Asked, type Browser, consoleWorld, type World } from './world.ts';

let world: World;
let mara: Browser;
let echo: World['answer'];

beforeAll(async () => {
  world = await consoleWorld();
  mara = world.browser();
  echo = world.answer;
});
afterEach(() => {
  world.answer = echo;
});
afterAll(() => world?.stop());

const ask = async (path: string, init?: RequestInit): Promise<Asked> => (await mara.fetch(path, init)).json() as Promise<Asked>;

const claimsOf = ({ headers }: Asked): Record<string, unknown> =>
  JSON.parse(Buffer.from((headers.authorization ?? '').split('.')[1] ?? '', 'base64url').toString());

describe('an owner', () => {
  test('is asked in the name of the visitor, for what he may', async () => {
    const viewer = world.browser({ name: 'Vera', permissions: ['read'], stores: ['store-2'] });
    const asked = (await (await viewer.fetch('/api/services/billing/invoices?limit=5&q=a%20b')).json()) as Asked;
    expect([asked.method, asked.url]).toEqual(['GET', '/billing/invoices?limit=5&q=a%20b']);
    expect(claimsOf(asked)).toMatchObject({ aud: 'billing', name: 'Vera', permissions: ['read'], stores: ['store-2'] });
  });

  test('gets the body, and the headers that mean something to it', async () => {
    const asked = await ask('/api/services/order/orders/1/cancel', {
      method: 'POST',
      body: '{"reason":"ordered twice"}',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': 'k-1',
        'if-match': '"3"',
        'x-correlation-id': 'c-1',
        accept: 'text/csv',
      },
    });
    expect([asked.method, asked.url, asked.body]).toEqual(['POST', '/order/orders/1/cancel', '{"reason":"ordered twice"}']);
    expect(asked.headers).toMatchObject({
      ...{ 'content-type': 'application/json', 'idempotency-key': 'k-1', 'if-match': '"3"', 'x-correlation-id': 'c-1', accept: 'text/csv' },
      ...{ 'x-forwarded-for': '127.0.0.1', traceparent: expect.any(String) },
    });
  });

  test('sees no cookie, and nothing that somebody may have made up', async () => {
    const { headers } = await ask('/api/services/order/orders', {
      headers: {
        'x-forwarded-for': '203.0.113.9',
        'x-on-behalf-of': 'Eve',
        forwarded: 'for=203.0.113.9',
        'x-form-token': 'x',
        te: 'trailers',
      },
    });
    for (const name of ['cookie', 'x-on-behalf-of', 'forwarded', 'x-form-token', 'te', 'x-orderbus', 'sec-fetch-site', 'origin'])
      expect([name, headers[name]]).toEqual([name, undefined]);
    expect(headers['x-forwarded-for']).toBe('127.0.0.1');
  });

  test('answers with its own status and headers, but sets no cookie and no policy', async () => {
    world.answer = (_request, response) =>
      response
        .writeHead(412, {
          ...{ 'content-type': 'application/problem+json', etag: '"4"', 'retry-after': '3', location: '/orders/7' },
          ...{
            'set-cookie': 'a=b',
            'content-security-policy': "script-src 'unsafe-inline'",
            'access-control-allow-origin': '*',
            'x-powered-by': 'x',
          },
        })
        .end('{"code":"order.changed"}');
    const answer = await mara.fetch('/api/services/order/orders/7');
    expect([answer.status, await answer.json()]).toEqual([412, { code: 'order.changed' }]);
    const { headers } = answer;
    expect([headers.get('etag'), headers.get('retry-after'), headers.get('location')]).toEqual([
      '"4"',
      '3',
      '/api/services/order/orders/7',
    ]);
    expect(headers.getSetCookie()).toEqual([]);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    for (const name of ['access-control-allow-origin', 'x-powered-by']) expect(headers.get(name)).toBeNull();
  });

  test('refuses what the visitor may not, and the refusal is passed on', async () => {
    world.answer = (request, response) => {
      const { permissions } = claimsOf({ headers: request.headers } as Asked) as { permissions: string[] };
      response.writeHead(permissions.includes('refund') ? 200 : 403, { 'content-type': 'application/problem+json' });
      response.end('{"code":"access.not-permitted"}');
    };
    const viewer = world.browser({ permissions: ['read'] });
    const refused = await viewer.fetch('/api/services/billing/credit-memos', { method: 'POST', body: '{}' });
    expect([refused.status, await refused.json()]).toEqual([403, { code: 'access.not-permitted' }]);
  });

  test('that believes a token no longer is asked with another the next time', async () => {
    const omar = world.browser();
    await omar.fetch('/api/services/fulfillment/stock');
    world.answer = (_request, response) => response.writeHead(401).end();
    expect((await omar.fetch('/api/services/fulfillment/stock')).status).toBe(401);
    world.answer = echo;
    expect((await omar.fetch('/api/services/fulfillment/stock')).status).toBe(200);
    const audiences = world.access.visits.filter(({ cookie }) => cookie === omar.cookie).map(({ audience }) => audience);
    expect(audiences.filter((audience) => audience === 'fulfillment')).toHaveLength(2);
  });

  test('is heard about what stands in the way, fact by fact, as it said it', async () => {
    const problem = { status: 409, code: 'order.ambiguous', detail: 'Two have it', facts: { tenants: ['eu', 'na'], most: 2 } };
    world.answer = (_request, response) =>
      response.writeHead(409, { 'content-type': 'application/problem+json' }).end(JSON.stringify(problem));
    const answer = await mara.fetch('/api/services/order/orders/113');
    expect([answer.headers.get('content-type'), await answer.json()]).toEqual(['application/problem+json', problem]);
    world.answer = echo;
  });

  test('that is away is named, and it is worth coming again', async () => {
    world.answer = (request) => request.destroy();
    const answer = await mara.fetch('/api/services/notification/alerts');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await answer.json()).toMatchObject({ code: 'service.away', facts: { service: 'notification' } });
  });

  test('that is away is named to somebody who is still sending, too', async () => {
    world.answer = (request) => request.destroy();
    const body = 'x'.repeat(5_000_000);
    const answer = await mara.fetch('/api/services/fulfillment/products/import', { method: 'POST', body });
    expect([answer.status, await answer.json()]).toEqual([503, expect.objectContaining({ facts: { service: 'fulfillment' } })]);
  });

  test('that does not want to read to the end is heard all the same', async () => {
    world.answer = (_request, response) => response.writeHead(413).end('{}');
    const body = 'x'.repeat(5_000_000);
    expect((await mara.fetch('/api/services/fulfillment/products/import', { method: 'POST', body })).status).toBe(413);
  });

  test('streams through in both directions: nothing waits for the end', async () => {
    world.answer = (request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' });
      // Echoes each piece as it comes.
      request.pipe(response);
    };
    const socket = connect(Number(new URL(world.app.url).port), '127.0.0.1');
    let heard = '';
    socket.setEncoding('utf8').on('data', (text) => {
      heard += text;
    });
    await once(socket, 'connect');
    socket.write(
      `POST /api/services/order/import HTTP/1.1\r\nhost: x\r\ncookie: ${mara.cookie}\r\nx-orderbus: console\r\nsec-fetch-site: same-origin\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n`,
    );
    await eventually(() => expect(heard).toContain('first'));
    expect(heard).toContain('HTTP/1.1 200');
    socket.write('6\r\nsecond\r\n0\r\n\r\n');
    await eventually(() => expect(heard).toContain('second'));
    socket.destroy();
  });

  test('is let go when the visitor leaves', async () => {
    const left = Promise.withResolvers<void>();
    world.answer = (_request, response) => {
      response.once('close', left.resolve);
      response.writeHead(200).write('half');
    };
    const leaving = new AbortController();
    const answer = await mara.fetch('/api/services/order/export', { signal: leaving.signal });
    await answer.body?.getReader().read();
    leaving.abort();
    await left.promise;
  });

  test('that breaks off breaks off here, too: half an answer passes for none', async () => {
    world.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' }).write('half', () => response.destroy());
    };
    await expect(mara.fetch('/api/services/order/export').then((answer) => answer.text())).rejects.toThrow();
  });
});

describe('a path', () => {
  /** As it is, without a client that puts it in order. */
  const raw = async (path: string): Promise<string> => {
    const socket = connect(Number(new URL(world.app.url).port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\ncookie: ${mara.cookie}\r\nsec-fetch-site: same-origin\r\nconnection: close\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket.setEncoding('utf8')) answer += chunk;
    return answer.slice(9, 12);
  };

  test.each([
    '/api/services/order/../billing/invoices',
    '/api/services/order/%2e%2e/billing/invoices',
    '/api/services/order/.%2E/billing/invoices',
    '/api/services/order/x/..%2f..%2fbilling',
    '/api/services/order/x/..%5c..%5cbilling',
    '/api/services/order/%252e%252e/billing',
    '/api/services/order/..;/billing',
    '/api/services/order/x%00',
    '/api/services/order/%zz',
  ])('that leads out of a service goes nowhere: %s', async (path) => {
    const before = world.asked.length;
    expect(await raw(path)).toBe('400');
    expect(world.asked).toHaveLength(before);
  });

  test.each([
    '/api/services/nobody/x',
    '/api/services/..%2forder/x',
    '/api/services/',
    '/api/services',
    '/api/services/order/metrics',
    '/api/services/access/tokens/key',
    '/api/services/order/%6detrics',
  ])('to what is no service, or not for pages, goes nowhere: %s', async (path) => {
    const before = world.asked.length;
    expect(['404', '400']).toContain(await raw(path));
    expect(world.asked).toHaveLength(before);
  });

  test('may name anything: a SKU with a slash and a percent sign is one name', async () => {
    const sku = 'AB/12 100% ä..b';
    const path = `/products/${encodeURIComponent(sku)}`;
    expect((await ask(`/api/services/fulfillment${path}`)).url).toBe(`/fulfillment${path}`);
  });
});

test('nobody gets through without being signed in', async () => {
  const before = world.asked.length;
  const bare = await fetch(`${world.app.url}/api/services/order/orders`);
  expect([bare.status, bare.headers.get('x-sign-in')]).toEqual([401, expect.stringContaining('/sign-in?next=')]);
  const key = world.access.key({ permissions: ['read'] });
  expect((await fetch(`${world.app.url}/api/services/order/orders`, { headers: { authorization: `Bearer ${key}` } })).status).toBe(401);
  expect(world.asked).toHaveLength(before);
});
