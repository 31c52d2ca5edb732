import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accessWorld, type Browser, bearerOf, claimsIn, enrolIn, signIn, tokenIn, type World, welcome } from './world.ts';

let world: World;
let admin: Browser;

beforeAll(async () => {
  world = await accessWorld();
});
afterAll(() => world.stop());

describe('the first start', () => {
  test('knows no password: nobody can sign in', async () => {
    const who = world.browser();
    for (const password of ['admin', 'password', 'orderbus', ''])
      expect((await signIn(who, 'admin', password)).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${world.app.url}/people`)).status).toBe(401);
  });

  test('shows a link, and a restart another one that makes the first void', async () => {
    expect(world.shown).toHaveLength(1);
    const other = await world.another();
    await other.stop();
    expect(world.shown).toHaveLength(2);
    const who = world.browser();
    expect(await welcome(who, world.shown[0] ?? '', { name: 'Mallory', email: 'm@example.com' })).toMatchObject({
      status: 410,
      body: { code: 'link.void' },
    });
  });

  test('makes the first administrator, once, with a password that is good', async () => {
    const link = world.shown[1] ?? '';
    const who = world.browser();
    await who.open('/welcome');
    // Mail programs look at links, too.
    for (let n = 0; n < 2; n++) expect((await who.send('/welcome/look', { token: tokenIn(link) })).body.welcome).toEqual({ kind: 'first' });
    const about = { name: 'Anna Lindqvist', email: 'Anna@Example.com' };
    expect((await welcome(who, link, { ...about, password: 'anna-short' })).body).toMatchObject({
      code: 'password.refused',
      errors: ['too-short', 'not-mixed', 'holds-name'].map((message) => ({ field: 'password', message })),
    });
    const browsers = [who, world.browser()];
    const both = await Promise.all(browsers.map((one) => welcome(one, link, about)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect(await welcome(world.browser(), link, about)).toMatchObject({ status: 410 });
    const winner = both.findIndex(({ status }) => status === 200);
    expect(both[winner]?.body).toEqual({ next: '/enrolment' });
    admin = browsers[winner] as Browser;
  });

  test('asks the administrator for an authenticator before he is in', async () => {
    expect((await admin.open('/account')).headers.get('location')).toBe('/enrolment');
    await admin.open('/enrolment');
    expect((await admin.send('/tokens/session', { audience: 'order' })).status).toBe(401);
    expect(await admin.send('/enrolment', { code: '000000' })).toMatchObject({ status: 401, body: { code: 'sign-in.wrong-code' } });
    const { answer } = await enrolIn(admin, world.clock);
    expect(answer.body).toMatchObject({ next: '/account', recoveryCodes: expect.arrayContaining([expect.any(String)]) });
    const { permissions, stores } = claimsIn(await bearerOf(admin));
    expect([permissions, stores]).toEqual([
      ['read', 'operate', 'bill', 'books', 'administer', 'see-buyer-data', 'refund', 'manage-access'],
      '*',
    ]);
  });
});
