import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accessPublicUrl, consoleWorld, publicUrl, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await consoleWorld({ SANDBOX_URL: 'http://127.0.0.1:4700', TRUSTED_PROXIES: 'loopback' });
});
afterAll(() => world?.stop());

const visitsOf = (cookie: string) => world.access.visits.filter((visit) => visit.cookie === cookie);

describe('whoever opens the console', () => {
  test('is told where to sign in, with a way back', async () => {
    for (const cookie of ['', 'orderbus=short', `orderbus=${'x'.repeat(43)}`, `__Host-orderbus=${'x'.repeat(43)}`]) {
      const answer = await fetch(`${world.app.url}/api/session`, { headers: { cookie } });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('x-sign-in')).toBe(`${accessPublicUrl}/sign-in?next=${encodeURIComponent(publicUrl)}`);
      expect(await answer.json()).toMatchObject({ code: 'access.unauthenticated' });
    }
  });

  test('sees who he is, and what he may', async () => {
    const omar = world.browser({ name: 'Omar', permissions: ['read', 'operate'], stores: ['store-1'] });
    expect(await (await omar.fetch('/api/session')).json()).toEqual({
      person: { id: expect.stringMatching(/^person:/), name: 'Omar' },
      ...{ permissions: ['read', 'operate'], stores: ['store-1'], accessUrl: accessPublicUrl, sandboxUrl: 'http://127.0.0.1:4700' },
    });
  });

  test('may also be a program, with its key', async () => {
    const key = world.access.key({ name: 'till', permissions: ['read'] });
    const answer = await fetch(`${world.app.url}/api/session`, { headers: { authorization: `Bearer ${key}` } });
    expect(await answer.json()).toMatchObject({ person: { name: 'till' }, permissions: ['read'] });
  });

  test('is asked about once, however much a page asks for, and access hears where he is', async () => {
    const mara = world.browser();
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    await Promise.all(Array.from({ length: 20 }, () => mara.fetch('/api/session', { headers })));
    await mara.fetch('/api/session', { headers });
    expect(visitsOf(mara.cookie)).toEqual([{ cookie: mara.cookie, audience: 'console', touch: true, address: '203.0.113.7' }]);
  });

  test('keeps no session alive by a page that nobody is at', async () => {
    const mara = world.browser();
    const away = { headers: { 'x-orderbus-visitor': 'away' } };
    await mara.fetch('/api/session', away);
    await mara.fetch('/api/services/order/orders', away);
    expect(visitsOf(mara.cookie).map(({ touch }) => touch)).toEqual([false, false]);
    // Back at the page: that is a sign of life, though there are tokens that are good.
    await mara.fetch('/api/services/order/orders');
    await mara.fetch('/api/services/order/orders');
    expect(visitsOf(mara.cookie).map(({ touch }) => touch)).toEqual([false, false, true]);
  });

  test('signs out, and is out at once', async () => {
    const mara = world.browser();
    expect((await mara.fetch('/api/services/order/orders')).status).toBe(200);
    const ended = await mara.fetch('/api/session/end', { method: 'POST' });
    expect([ended.status, ended.headers.getSetCookie()]).toEqual([204, ['orderbus=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']]);
    for (const path of ['/api/session', '/api/services/order/orders']) expect((await mara.fetch(path)).status).toBe(401);
  });
});

describe('somebody who was shut out', () => {
  test('finds out within 15 seconds, at every owner', async () => {
    const mara = world.browser();
    for (const path of ['/api/session', '/api/services/order/orders']) expect((await mara.fetch(path)).status).toBe(200);
    world.access.endSession(mara.cookie);
    world.clock.pass(15_000);
    for (const path of ['/api/session', '/api/services/order/orders']) expect((await mara.fetch(path)).status).toBe(401);
  });

  test('does nothing more after a minute, whatever he asks for', async () => {
    const mara = world.browser();
    expect((await mara.fetch('/api/services/order/orders')).status).toBe(200);
    world.access.endSession(mara.cookie);
    world.clock.pass(60_000);
    expect((await mara.fetch('/api/services/order/orders')).status).toBe(401);
  });

  test('is out at the latest when his token ends, by a page that nobody is at', async () => {
    const mara = world.browser();
    const ask = async () => (await mara.fetch('/api/services/order/orders', { headers: { 'x-orderbus-visitor': 'away' } })).status;
    expect(await ask()).toBe(200);
    world.access.endSession(mara.cookie);
    world.clock.pass(world.access.tokenLifeMs - 60_000);
    expect(await ask()).toBe(401);
  });
});

describe('what a browser sends with its cookie', () => {
  const wanted = { method: 'POST', body: '{}' };

  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this host', { 'sec-fetch-site': 'same-site' }],
    ['a form, which can set no header', { 'x-orderbus': '' }],
    ['a browser that says nothing of itself', { 'sec-fetch-site': '' }],
    ['another origin, by a browser that says nothing else', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
  ])('changes nothing when it comes from %s', async (_who, other) => {
    const mara = world.browser();
    const headers = Object.fromEntries(
      Object.entries({ 'x-orderbus': 'console', 'sec-fetch-site': 'same-origin', ...other }).filter(([, value]) => value !== ''),
    );
    const before = world.asked.length;
    for (const path of ['/api/services/order/orders', '/api/session/end', '/dead-letters/1/redrive']) {
      const answer = await fetch(`${world.app.url}${path}`, { ...wanted, headers: { cookie: mara.cookie, ...headers } });
      expect([path, answer.status, (await answer.json()) as object]).toEqual([
        path,
        403,
        expect.objectContaining({ code: 'request.other-site' }),
      ]);
    }
    expect(world.asked).toHaveLength(before);
    expect((await mara.fetch('/api/session')).status).toBe(200);
  });

  test('is taken from our pages, by what a browser says or by its origin', async () => {
    const mara = world.browser();
    for (const own of [{ 'sec-fetch-site': 'same-origin' }, { origin: publicUrl }]) {
      const headers = { cookie: mara.cookie, 'x-orderbus': 'console', ...own };
      expect((await fetch(`${world.app.url}/api/services/order/orders`, { ...wanted, headers })).status).toBe(200);
    }
  });

  test('shows nothing to another site either', async () => {
    const mara = world.browser();
    for (const site of ['cross-site', 'same-site']) {
      const answer = await fetch(`${world.app.url}/api/services/order/orders`, {
        headers: { cookie: mara.cookie, 'sec-fetch-site': site },
      });
      expect(answer.status).toBe(403);
    }
  });
});
