import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type TestAccess, type TestCaller, testAccess } from '@orderbus/testkit';
import { z } from 'zod';
import { authenticateAt } from '../src/access/authenticate.ts';
import { demand } from '../src/access/caller.ts';
import { limits } from '../src/access/limits.ts';
import { type Access, named } from '../src/access/rule.ts';
import { serviceTokens } from '../src/access/service-tokens.ts';
import { actorOf } from '../src/http/actor.ts';
import type { HttpOptions } from '../src/http/create-http.ts';
import { type Route, route } from '../src/http/route.ts';
import { problemOf, serve } from './serve.ts';

let access: TestAccess;
beforeAll(async () => {
  access = await testAccess();
});
afterAll(() => access.stop());

const Who = z.object({ id: z.string(), actor: z.string(), stores: z.array(z.string()) });

/** A route that says who has asked. */
const who = (
  path: string,
  rule: Access<{ readonly params: Record<string, string>; readonly query: { readonly tenant?: string | undefined } }>,
): Route =>
  route({
    method: 'get',
    path,
    access: rule as Access<unknown>,
    summary: 'Who asks',
    query: z.object({ tenant: z.string().optional() }),
    responses: { 200: Who },
    handle: ({ caller }) => ({ id: caller.id, actor: actorOf({ caller }).name, stores: [caller.stores].flat() }),
  });

const orders: Record<string, string> = { a: 'store-1', b: 'store-2' };

const routes: readonly Route[] = [
  who('/open', 'public'),
  who('/stock', { needs: 'read', store: 'shared' }),
  who('/refunds', { needs: ['bill', 'refund'], store: 'shared' }),
  who('/installation', { needs: 'administer', store: 'all' }),
  who('/settings/:tenant', { needs: 'read', store: named('tenant') }),
  who('/list', { needs: 'read', store: named('tenant') }),
  who('/orders/:orderId', { needs: 'read', store: ({ params }: { params: { orderId?: string } }) => orders[params.orderId ?? ''] }),
  route({
    method: 'get',
    path: '/buyer',
    access: { needs: 'read', store: 'shared' },
    summary: 'More than the route needs',
    responses: { 200: z.object({}) },
    handle: ({ caller }) => {
      demand(caller, 'see-buyer-data', 'a label');
      return {};
    },
  }),
];

const open = async (options: Partial<HttpOptions> = {}) => {
  const server = await serve({ routes, authenticate: authenticateAt({ accessUrl: access.url, audience: 'order' }), ...options });
  const as =
    (caller: TestCaller) =>
    (path: string, headers: Record<string, string> = {}) =>
      server.ask(path, { headers: { authorization: access.bearer('order', caller), ...headers } });
  return { ...server, as };
};

describe('a route', () => {
  test('that is public is open to everybody', async () => {
    const { ask } = await open();
    expect(await (await ask('/open')).json()).toMatchObject({ id: 'nobody' });
  });

  test.each([
    ['nothing', {}],
    ['another scheme', { authorization: 'Basic YTpi' }],
    ['what is no token', { authorization: 'Bearer nonsense' }],
    ['an unknown key', { authorization: 'Bearer obk_1_2' }],
  ])('is closed to who shows %s', async (_, headers) => {
    const { ask } = await open();
    const answer = await ask('/stock', { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    expect((await problemOf(answer)).code).toBe('access.unauthenticated');
  });

  test('is closed to a token that was made for another service, or by somebody else', async () => {
    const stranger = await testAccess();
    const { ask } = await open();
    for (const authorization of [access.bearer('billing'), stranger.bearer('order')])
      expect((await ask('/stock', { headers: { authorization } })).status).toBe(401);
    await stranger.stop();
  });

  test('is closed to who lacks one of its permissions, which the answer names', async () => {
    const { as } = await open();
    const answer = await as({ permissions: ['read', 'bill'] })('/refunds');
    expect(answer.status).toBe(403);
    expect((await problemOf(answer)).detail).toBe('Needs the permission refund');
    expect((await as({ permissions: ['refund', 'bill'] })('/refunds')).status).toBe(200);
  });

  test('may need more for some of its requests', async () => {
    const { as } = await open();
    expect((await problemOf(await as({ permissions: ['read'] })('/buyer'))).detail).toBe('Needs the permission see-buyer-data: a label');
  });

  test('does not read the body of who may not use it', async () => {
    const take = route({
      ...{ method: 'post', path: '/take', summary: 'Takes' },
      access: { needs: 'operate', store: 'shared' },
      body: z.object({}),
      responses: { 200: z.object({}) },
      handle: () => ({}),
    });
    const { send } = await open({ routes: [take] });
    const answer = await send('POST', '/take', { much: 'x'.repeat(400_000) });
    expect(answer.status).toBe(401);
  });
});

describe('who is limited to some stores', () => {
  const limited = { permissions: ['read', 'administer'], stores: ['store-1'] };

  test('is refused another one by name, wherever the request names it', async () => {
    const ask = (await open()).as(limited);
    expect((await ask('/settings/store-1')).status).toBe(200);
    for (const path of ['/settings/store-2', '/list?tenant=store-2']) {
      const answer = await ask(path);
      expect(answer.status).toBe(403);
      expect((await problemOf(answer)).detail).toBe('You have no access to the store store-2');
    }
  });

  test('does not learn of what belongs to another one', async () => {
    const ask = (await open()).as(limited);
    expect((await ask('/orders/a')).status).toBe(200);
    expect((await ask('/orders/b')).status).toBe(404);
  });

  test('has no access to what is about all of them, and to what they share has', async () => {
    const ask = (await open()).as(limited);
    expect((await ask('/installation')).status).toBe(403);
    expect((await ask('/stock')).status).toBe(200);
  });
});

describe('an API key', () => {
  test('opens what its maker has given it, until it is revoked', async () => {
    const { ask } = await open();
    const key = access.key({ name: 'Shipping desk', permissions: ['read'] });
    const headers = { authorization: `Bearer ${key}` };
    expect((await ask('/stock', { headers })).status).toBe(200);
    expect((await ask('/refunds', { headers })).status).toBe(403);
    access.revoke(key);
    const later = await open();
    expect((await later.ask('/stock', { headers })).status).toBe(401);
  });

  test('cannot be checked while the access service is away: come again', async () => {
    const { ask } = await open({ authenticate: authenticateAt({ accessUrl: 'http://127.0.0.1:1', audience: 'order' }) });
    const answer = await ask('/stock', { headers: { authorization: 'Bearer obk_1_2' } });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
  });
});

describe('a token', () => {
  test('that was read once is read while the access service is away', async () => {
    const short = await testAccess();
    const { ask } = await open({ authenticate: authenticateAt({ accessUrl: short.url, audience: 'order' }) });
    const headers = { authorization: short.bearer('order') };
    expect((await ask('/stock', { headers })).status).toBe(200);
    await short.stop();
    expect((await ask('/stock', { headers })).status).toBe(200);
  });

  test('names whom a service speaks for, and nobody else may say so', async () => {
    const { as, ask } = await open();
    const headersFor = serviceTokens({ accessUrl: access.url, service: 'billing', secret: 's' });
    expect(await (await ask('/stock', { headers: await headersFor('order', 'Zoë B.') })).json()).toMatchObject({
      id: 'service:billing',
      actor: 'Zoë B.',
    });
    expect(await (await as({ name: 'Eve' })('/stock', { 'x-on-behalf-of': 'Mara' })).json()).toMatchObject({ actor: 'Eve' });
  });
});

describe('too many requests', () => {
  test('of one caller are told when to come again; others are not held up', async () => {
    const { as } = await open({ limits: limits({ perCaller: 3, perAddress: 100 }) });
    const eager = as({ name: 'Eager' });
    for (let n = 0; n < 3; n++) expect((await eager('/stock')).status).toBe(200);
    const answer = await eager('/stock');
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await as({ name: 'Calm' })('/stock')).status).toBe(200);
  });

  test('with wrong credentials close the door to their address, also with right ones', async () => {
    const { ask, as } = await open({ limits: limits({ perCaller: 100, perAddress: 2 }) });
    for (let n = 0; n < 2; n++) expect((await ask('/stock')).status).toBe(401);
    expect((await ask('/stock')).status).toBe(429);
    expect((await as({})('/stock')).status).toBe(429);
  });

  test('of a public route are limited by its own number', async () => {
    const strict = { ...who('/strict', 'public'), perMinute: 1 };
    const { ask } = await open({ routes: [strict, ...routes] });
    expect((await ask('/strict')).status).toBe(200);
    expect((await ask('/strict')).status).toBe(429);
    expect((await ask('/open')).status).toBe(200);
  });
});

describe('an answer', () => {
  test('allows a browser nothing, whatever stands in it', async () => {
    const { ask } = await open();
    for (const path of ['/open', '/stock', '/nowhere'])
      expect((await ask(path)).headers.get('content-security-policy')).toBe(
        "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
      );
  });
});

describe('pages of other origins', () => {
  test('may call when the operator has named them, and only then', async () => {
    const { ask } = await open({ corsOrigins: ['https://shop.example'] });
    const from = async (origin: string) => (await ask('/open', { headers: { origin } })).headers.get('access-control-allow-origin');
    expect(await from('https://shop.example')).toBe('https://shop.example');
    expect(await from('https://evil.example')).toBeNull();
    expect(
      (await (await open()).ask('/open', { headers: { origin: 'https://shop.example' } })).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });
});
