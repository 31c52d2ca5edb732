import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accountSubject, addressSubject } from '../src/store/attempts.ts';
import { accessHouse, type House } from './house.ts';
import { better, enrolIn, good, hourMs, minuteMs, signIn } from './world.ts';

let house: House;

beforeAll(async () => {
  house = await accessHouse();
});
afterAll(() => house.stop());

describe('signing in', () => {
  test('answers the same whatever is wrong: no account, a wrong password, somebody disabled, somebody invited', async () => {
    const { email, id } = await house.somebody();
    const invitation = { email: 'invited@example.com', name: 'In Vited', role: 'viewer', permissions: [], stores: '*' };
    await house.api('POST', '/people', invitation);
    const disabled = await house.somebody();
    await house.api('POST', `/people/${disabled.id}/disable`, { reason: 'left' });
    const answers = [
      await signIn(house.browser(), 'nobody@example.com'),
      await signIn(house.browser(), email, better),
      await signIn(house.browser(), disabled.email, good),
      await signIn(house.browser(), invitation.email, good),
    ].map(({ status, body: { correlationId: _, ...body } }) => ({ status, body }));
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'sign-in.wrong' } });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await house.api('POST', `/people/${id}/unlock`);
  });

  test('takes as long for an account that there is not', async () => {
    const { email } = await house.somebody();
    const least = { there: Number.POSITIVE_INFINITY, missing: Number.POSITIVE_INFINITY };
    for (let n = 0; n < 6; n++)
      for (const [name, address] of [
        ['there', email],
        ['missing', `nobody-${n}@example.com`],
      ] as const) {
        const who = house.browser();
        await who.open('/sign-in');
        const begun = performance.now();
        await who.send('/sign-in', { email: address, password: better });
        least[name] = Math.min(least[name], performance.now() - begun);
      }
    // Without the work of a hash it would be a tenth.
    expect(least.missing / least.there).toBeGreaterThan(0.4);
    expect(least.missing / least.there).toBeLessThan(2.5);
  });

  test('is case-blind about the address, and exact about the password', async () => {
    const { email } = await house.somebody();
    expect((await signIn(house.browser(), ` ${email.toUpperCase()} `)).status).toBe(200);
    expect((await signIn(house.browser(), email, good.toLowerCase())).status).toBe(401);
  });

  test('leads back to where one wanted to go, and to no other site', async () => {
    const { email } = await house.somebody();
    expect((await signIn(house.browser(), email, good, '/account?x=1')).body.next).toBe('/account?x=1');
    for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect((await signIn(house.browser(), email, good, elsewhere)).body.next).toBe('/account');
    const who = house.browser();
    await signIn(who, email);
    expect((await who.open('/sign-in?next=https%3A%2F%2Fevil.example')).headers.get('location')).toBe('/account');
    expect((await house.browser().open('/sign-in?next=https%3A%2F%2Fevil.example')).text).not.toContain('evil.example');
  });
});

describe('an account', () => {
  test('is locked after ten failures, however many come at once, and the right password does not open it', async () => {
    const { email, id } = await house.somebody();
    const browsers = await Promise.all(
      Array.from({ length: 14 }, async () => {
        const who = house.browser();
        await who.open('/sign-in');
        return who;
      }),
    );
    const answers = await Promise.all(browsers.map((who) => who.send('/sign-in', { email, password: better })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const refused = await signIn(house.browser(), email, good);
    expect(refused).toMatchObject({ status: 429, body: { code: 'sign-in.locked' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await house.api('GET', `/people/${id}`)).body.lockedUntil).not.toBeNull();
    house.clock.pass(15 * minuteMs);
    expect((await signIn(house.browser(), email, good)).status).toBe(200);
  });

  test('that there is not is locked in the same way', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await signIn(house.browser(), 'no-such-account@example.com')).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  test('is opened by a manager of access', async () => {
    const { email, id } = await house.somebody();
    await house.hasFailed(accountSubject(email), 9);
    await signIn(house.browser(), email, better);
    expect((await signIn(house.browser(), email)).status).toBe(429);
    expect((await house.api('POST', `/people/${id}/unlock`)).body.lockedUntil).toBeNull();
    expect((await signIn(house.browser(), email)).status).toBe(200);
  });

  test('keeps its failures until all of the sign-in is done: a known password opens no way to guess codes', async () => {
    const { email, who } = await house.somebody();
    await enrolIn(who, house.clock, good);
    await house.hasFailed(accountSubject(email), 6);
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) {
      const guess = house.browser();
      if ((await signIn(guess, email)).status === 429) break;
      statuses.push((await guess.send('/code', { code: String(n).padStart(6, '0') })).status);
    }
    expect(statuses).toEqual(Array(4).fill(401));
  });
});

test('an address is locked after thirty failures of any accounts, and only that address', async () => {
  const from = (address: string) => house.browser({ 'x-forwarded-for': address });
  await house.hasFailed(addressSubject('192.0.2.7'), 28);
  for (let n = 0; n < 2; n++) expect((await signIn(from('192.0.2.7'), `a-${n}@example.com`, 'x')).status).toBe(401);
  expect(await signIn(from('192.0.2.7'), 'another@example.com', 'x')).toMatchObject({ status: 429, body: { code: 'sign-in.locked' } });
  expect((await signIn(from('192.0.2.8'), 'another@example.com', 'x')).status).toBe(401);
});

describe('a code', () => {
  test('is asked for, is good once, and its recovery codes once each', async () => {
    const { email, who } = await house.somebody();
    expect((await who.send('/enrolment', { code: '123456' })).status).toBe(401);
    const { app, answer } = await enrolIn(who, house.clock, good);
    const [first] = answer.body.recoveryCodes;
    const used = app.code();
    const enter = async (code: string) => {
      const next = house.browser();
      expect((await signIn(next, email)).body).toEqual({ next: '/code' });
      expect((await next.send('/tokens/session', { audience: 'order' })).status).toBe(401);
      return next.send('/code', { code });
    };
    // The one that set it up is used, too.
    expect((await enter(used)).status).toBe(401);
    house.clock.pass(30_000);
    const fresh = app.code();
    const twice = await Promise.all([enter(fresh), enter(fresh)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await enter(String(first).toLowerCase())).status).toBe(200);
    expect((await enter(first)).status).toBe(401);
  });

  test('of another authenticator takes the password, too, and signs out all other browsers', async () => {
    const { email, who } = await house.somebody();
    const other = house.browser();
    await signIn(other, email);
    expect((await enrolIn(who, house.clock)).answer).toMatchObject({ status: 401, body: { code: 'sign-in.wrong' } });
    expect((await enrolIn(who, house.clock, good)).answer.status).toBe(200);
    expect((await other.open('/account')).headers.get('location')).toBe('/sign-in');
    expect((await who.open('/account')).status).toBe(200);
  });

  test('is asked for where the rights need it, also when they come later', async () => {
    const { id, email, who } = await house.somebody();
    expect((await who.open('/account')).status).toBe(200);
    await house.api('PATCH', `/people/${id}`, { permissions: ['see-buyer-data'] });
    const next = house.browser();
    expect((await signIn(next, email)).body).toEqual({ next: '/enrolment' });
    expect((await enrolIn(next, house.clock)).answer.body.next).toBe('/account');
  });

  test('is set up anew by somebody whose authenticator was reset', async () => {
    const { id, email, who } = await house.somebody({ permissions: ['refund'] });
    await enrolIn(who, house.clock);
    const { body } = await house.api('POST', `/people/${id}/reset-authenticator`, { reason: 'phone lost' });
    expect(body.hasAuthenticator).toBe(false);
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
    expect((await signIn(house.browser(), email)).body.next).toBe('/enrolment');
  });
});

describe('a password', () => {
  test('is changed with the present one, is none of those before, and signs out all other browsers', async () => {
    const { email, who } = await house.somebody();
    const other = house.browser();
    await signIn(other, email);
    const change = async (current: string, password: string) => {
      await who.open('/password');
      return who.send('/password', { current, password });
    };
    expect(await change(better, 'Blue-Anchor-12-nets')).toMatchObject({ status: 401, body: { code: 'sign-in.wrong' } });
    const before = who.cookie;
    expect((await change(good, better)).body).toEqual({ next: '/account' });
    expect(who.cookie).not.toBe(before);
    expect((await other.open('/account')).headers.get('location')).toBe('/sign-in');
    expect((await change(better, good)).body).toMatchObject({ code: 'password.refused', errors: [{ message: 'used-before' }] });
    expect((await signIn(house.browser(), email, better)).status).toBe(200);
  });

  test('that is older than a year has to be changed before anything else', async () => {
    const { email } = await house.somebody();
    house.clock.pass(366 * 24 * hourMs);
    const who = house.browser();
    expect((await signIn(who, email)).body).toEqual({ next: '/password' });
    expect((await who.open('/account')).headers.get('location')).toBe('/password');
    await who.open('/password');
    expect((await who.send('/password', { current: good, password: better })).body).toEqual({ next: '/account' });
    expect((await who.open('/account')).status).toBe(200);
  });
});
