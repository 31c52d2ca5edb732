import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { accessHouse, type House } from './house.ts';
import { client, type OidcProvider, oidcProvider } from './provider.ts';
import { type Browser, bearerOf, claimsIn, signIn } from './world.ts';

let provider: OidcProvider;
let house: House;

beforeAll(async () => {
  // The provider advises whoever runs it in earnest.
  for (const level of ['info', 'warn'] as const) jest.spyOn(console, level).mockImplementation(() => {});
  provider = await oidcProvider();
  house = await accessHouse({
    ...{ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: client.id, OIDC_CLIENT_SECRET: client.secret, OIDC_NAME: 'Harbor & Pine' },
    ...{ OIDC_CLAIM: 'groups', OIDC_RIGHTS: 'orderbus it=admin+manage-access,warehouse=operator' },
  });
});
afterAll(async () => {
  await house.stop();
  await provider.stop();
  jest.restoreAllMocks();
});

const invite = async (email: string, rights: object = {}): Promise<string> =>
  (await house.api('POST', '/people', { email, name: 'In Vited', role: 'viewer', permissions: [], stores: '*', ...rights })).body.person.id;

/** To the provider, as the one who sits there, and where he comes out. */
const depart = async (who: Browser, visitor: string, next?: string): Promise<URL> => {
  await who.open('/sign-in');
  const { status, body } = await who.send('/oidc', next === undefined ? {} : { next });
  expect(status).toBe(200);
  provider.visitor = visitor;
  return provider.passThrough(body.next);
};

const arrive = async (who: Browser, callback: URL): Promise<string | null> =>
  (await who.open(`${callback.pathname}${callback.search}`)).headers.get('location');

const signInAs = async (visitor: string, next?: string) => {
  const who = house.browser();
  return { who, to: await arrive(who, await depart(who, visitor, next)) };
};

const refused = '/sign-in?problem=oidc.refused';
const notInvited = '/sign-in?problem=sign-in.not-invited';

describe('with OpenID Connect', () => {
  beforeAll(() => {
    provider.open(`${house.app.url}/oidc/callback`);
    provider.people.set('u-1', { name: 'Bea', email: 'Bea@example.com', email_verified: true });
    provider.people.set('u-2', { name: 'Stranger', email: 'stranger@example.com', email_verified: true });
    provider.people.set('u-3', { name: 'Pretender', email: 'anna@example.com', email_verified: false });
  });

  test('the page offers it by its name', async () => {
    expect((await house.browser().open('/sign-in')).text).toContain('<button type="submit">Continue with Harbor &#38; Pine</button>');
  });

  test('whoever was invited under a verified address is in, and known again by his identity', async () => {
    const id = await invite('bea@example.com', { role: 'admin', stores: ['store-1'] });
    const { who, to } = await signInAs('u-1', '/account?from=provider');
    expect(to).toBe('/account?from=provider');
    expect(claimsIn(await bearerOf(who, 'order'))).toMatchObject({ sub: `person:${id}`, name: 'In Vited', stores: ['store-1'] });
    expect((await house.api('GET', `/people/${id}`)).body).toMatchObject({
      state: 'enabled',
      hasIdentity: true,
      hasPassword: false,
      byClaims: false,
    });
    provider.people.set('u-1', { name: 'Bea', email: 'bea@elsewhere.example', email_verified: true });
    expect((await signInAs('u-1')).to).toBe('/account');
    await house.api('POST', `/people/${id}/disable`, { reason: 'left' });
    expect((await signInAs('u-1')).to).toBe(notInvited);
  });

  test('nobody else is: neither a stranger nor who claims an address that is not verified, nor another with the same address', async () => {
    expect((await signInAs('u-2')).to).toBe(notInvited);
    expect((await signInAs('u-3')).to).toBe(notInvited);
    const { body } = await house.api('GET', '/people');
    expect(body.items.map(({ email }: { email: string }) => email)).not.toContain('stranger@example.com');
    const id = await invite('carla@example.com');
    for (const subject of ['u-4', 'u-5']) provider.people.set(subject, { name: 'Carla', email: 'carla@example.com', email_verified: true });
    expect((await signInAs('u-4')).to).toBe('/account');
    expect((await signInAs('u-5')).to).toBe(notInvited);
    expect((await house.api('GET', `/people/${id}`)).body.hasIdentity).toBe(true);
    const { body: audit } = await house.api('GET', '/audit?action=person.sign-in-failed&outcome=denied');
    expect(audit.items.length).toBeGreaterThanOrEqual(3);
  });

  test('an answer counts once, in the browser that has asked, with the state that it was given', async () => {
    await invite('dora@example.com');
    provider.people.set('u-6', { name: 'Dora', email: 'dora@example.com', email_verified: true });
    const who = house.browser();
    const callback = await depart(who, 'u-6');
    const stranger = house.browser();
    await stranger.open('/sign-in');
    expect(await arrive(stranger, callback)).toBe(refused);
    const other = new URL(callback);
    other.searchParams.set('state', 'x'.repeat(43));
    expect(await arrive(who, other)).toBe(refused);
    expect(await arrive(who, callback)).toBe('/account');
    // Its state is used up, and its owner has another cookie.
    expect(await arrive(who, callback)).toBe(refused);
  });

  test('an answer with another nonce, or without the verifier that belongs to it, is refused', async () => {
    for (const column of ['nonce', 'verifier']) {
      const who = house.browser();
      const callback = await depart(who, 'u-4');
      await house.app.database.query(`update oidc_visit set ${column} = $1`, ['v'.repeat(43)]);
      expect([column, await arrive(who, callback)]).toEqual([column, refused]);
    }
  });

  test('the session is a new one, and the provider answers for a second factor', async () => {
    const who = house.browser();
    const callback = await depart(who, 'u-4');
    const before = who.cookie;
    expect(await arrive(who, callback)).toBe('/account');
    expect(who.cookie).not.toBe(before);
  });

  test('a claim gives a role, changes it, and takes it away again', async () => {
    provider.people.set('u-7', { name: 'Emil', email: 'emil@example.com', email_verified: true, groups: ['staff', 'warehouse'] });
    const { who } = await signInAs('u-7');
    const claims = claimsIn(await bearerOf(who, 'order'));
    expect(claims).toMatchObject({ name: 'Emil', permissions: ['read', 'operate', 'bill'], stores: '*' });
    provider.people.set('u-7', { ...provider.people.get('u-7'), groups: ['orderbus it'] });
    const { who: again } = await signInAs('u-7');
    expect(claimsIn(await bearerOf(again, 'order')).permissions).toEqual([
      'read',
      'operate',
      'bill',
      'books',
      'administer',
      'manage-access',
    ]);
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
    provider.people.set('u-7', { ...provider.people.get('u-7'), groups: [] });
    expect((await signInAs('u-7')).to).toBe(notInvited);
  });

  test('who declines there is back on the page, which says so', async () => {
    const who = house.browser();
    const callback = await depart(who, 'u-4');
    const state = callback.searchParams.get('state') ?? '';
    const declined = new URL(`/oidc/callback?error=access_denied&state=${state}&iss=${encodeURIComponent(provider.issuer)}`, house.app.url);
    expect(await arrive(who, declined)).toBe(refused);
    expect((await who.open(refused)).text).toContain('The sign-in was broken off, or did not fit.');
  });

  test('local accounts go on when the provider is away, and the page says so to the others', async () => {
    const who = house.browser();
    const callback = await depart(who, 'u-4');
    await provider.stop();
    expect(await arrive(who, callback)).toBe('/sign-in?problem=oidc.away');
    expect((await signIn(house.browser(), 'anna@example.com')).body).toEqual({ next: '/code' });
  });
});
