import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accessHouse, type House } from './house.ts';
import { enrolIn, good, minuteMs, signIn } from './world.ts';

let house: House;

beforeAll(async () => {
  house = await accessHouse();
});
afterAll(() => house.stop());

describe('a session', () => {
  test('has an id that nobody has brought along: before, during and after signing in it is another one', async () => {
    const { email, who: enrolled } = await house.somebody();
    const { app } = await enrolIn(enrolled, house.clock, good);
    house.clock.pass(30_000);
    const who = house.browser();
    await who.open('/sign-in');
    const planted = who.cookie;
    await signIn(who, email);
    const half = who.cookie;
    await who.send('/code', { code: app.code() });
    expect(new Set([planted, half, who.cookie]).size).toBe(3);
    for (const old of [planted, half]) {
      const attacker = house.browser();
      attacker.cookie = old;
      expect((await attacker.open('/account')).headers.get('location')).toBe('/sign-in');
    }
  });

  test('ends after half an hour of silence, and after twelve hours in any case', async () => {
    const { who, email } = await house.somebody();
    house.clock.pass(29 * minuteMs);
    expect((await who.open('/account')).status).toBe(200);
    house.clock.pass(30 * minuteMs);
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
    await signIn(who, email);
    for (let n = 0; n < 28; n++) {
      house.clock.pass(25 * minuteMs);
      expect((await who.open('/account')).status).toBe(200);
    }
    house.clock.pass(21 * minuteMs);
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
  });

  test('is gone after signing out, here and at the service', async () => {
    const { who } = await house.somebody();
    const { cookie } = who;
    expect((await who.send('/sign-out', {})).body).toEqual({ next: '/sign-in' });
    expect(who.cookie).not.toBe(cookie);
    who.cookie = cookie;
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
  });

  test('is listed, and ended by its owner from another browser, who ends nobody else\u2019s', async () => {
    const { who, email } = await house.somebody();
    const other = house.browser({ 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
    await signIn(other, email);
    const { text } = await who.open('/account');
    expect(text).toContain('Firefox, Linux');
    const [id] = /name="session" value="([0-9a-f-]{36})"/.exec(text)?.slice(1) ?? [];
    const stranger = await house.somebody();
    expect((await stranger.who.send('/account/sessions/end', { session: id })).status).toBe(200);
    expect((await other.open('/account')).status).toBe(200);
    expect((await who.send('/account/sessions/end', { session: id })).status).toBe(200);
    expect((await other.open('/account')).headers.get('location')).toBe('/sign-in');
    await signIn(other, email);
    await who.send('/account/sessions/end', { session: 'others' });
    expect((await other.open('/account')).headers.get('location')).toBe('/sign-in');
    expect((await who.open('/account')).status).toBe(200);
  });

  test('ends when a manager ends all of them, when the rights change, and when its owner is disabled', async () => {
    const one = await house.somebody();
    expect((await house.api('GET', `/people/${one.id}/sessions`)).body.items).toHaveLength(1);
    expect((await house.api('POST', `/people/${one.id}/sign-out`)).status).toBe(204);
    expect((await one.who.open('/account')).headers.get('location')).toBe('/sign-in');
    await signIn(one.who, one.email);
    await house.api('PATCH', `/people/${one.id}`, { name: 'Another Name' });
    expect((await one.who.open('/account')).status).toBe(200);
    await house.api('PATCH', `/people/${one.id}`, { role: 'operator' });
    expect((await one.who.open('/account')).headers.get('location')).toBe('/sign-in');
    await signIn(one.who, one.email);
    await house.api('POST', `/people/${one.id}/disable`, { reason: 'left the company' });
    expect((await one.who.open('/account')).headers.get('location')).toBe('/sign-in');
    expect((await signIn(one.who, one.email)).status).toBe(401);
    await house.api('POST', `/people/${one.id}/enable`, { reason: 'came back' });
    expect((await signIn(one.who, one.email)).status).toBe(200);
  });
});

describe('a change from a browser', () => {
  test('comes from a page of ours, with what that page knows, as JSON; or it is refused', async () => {
    const { who } = await house.somebody();
    await who.open('/account');
    const own = new URL(house.app.url).origin;
    const stranger = house.browser();
    await stranger.open('/sign-in');
    const refused: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: own.replace('http:', 'https:') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'x-form-token': '' },
      { 'x-form-token': 'x'.repeat(43) },
      // Of another visitor: it is good with his cookie alone.
      { cookie: stranger.cookie ?? '' },
    ];
    for (const headers of refused) expect([headers, (await who.send('/sign-out', {}, headers)).status]).toEqual([headers, 403]);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
      expect((await who.send('/sign-out', {}, { 'content-type': type })).status).toBe(415);
    const bare = { cookie: who.cookie ?? '', 'content-type': 'application/json' };
    expect((await fetch(`${house.app.url}/sign-out`, { method: 'POST', headers: bare, body: '{}' })).status).toBe(403);
    expect((await fetch(`${house.app.url}/tokens/session`, { method: 'POST', headers: bare, body: '{"audience":"order"}' })).status).toBe(
      403,
    );
    expect((await who.open('/account')).status).toBe(200);
    expect((await who.send('/sign-out', {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test('needs the token before signing in, too: nobody is signed in to an account of somebody else\u2019s choice', async () => {
    const { email } = await house.somebody();
    const who = house.browser();
    expect((await who.send('/sign-in', { email, password: good })).status).toBe(403);
  });
});

describe('a page', () => {
  test('runs scripts and styles of ours alone, holds none itself, and shows what people wrote as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\'</p><script>alert(2)</script>';
    const { who } = await house.somebody({ name: hostile });
    const pages = [
      await who.open('/account'),
      await who.open('/password'),
      await who.open('/enrolment'),
      await house.browser().open('/welcome'),
    ];
    pages.push(
      await house
        .browser()
        .open(`/sign-in?next=${encodeURIComponent('/"><script>alert(3)</script>')}&problem=${encodeURIComponent('<b>')}`),
    );
    for (const { status, text, headers } of pages) {
      expect(status).toBe(200);
      expect(text).not.toMatch(/<img|<script(?! src="\/assets\/access\.js" type="module"><\/script>)|<[^>]* (style|on\w+)=|<b>"|<style/);
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      );
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    expect(pages[0]?.text).toContain('&#60;script&#62;alert(2)');
  });

  test('speaks the language of the browser', async () => {
    const german = house.browser({ 'accept-language': 'fr-FR,de-AT;q=0.8,en;q=0.5' });
    expect((await german.open('/sign-in')).text).toMatch(/<html lang="de">[\s\S]*<h1>Anmelden<\/h1>/);
    expect((await house.browser({ 'accept-language': 'fr,*' }).open('/sign-in')).text).toContain('<h1>Sign in</h1>');
  });

  test('leads whoever is not that far to where he is', async () => {
    for (const path of ['/', '/account', '/code', '/enrolment', '/password']) {
      const { status, headers } = await house.browser().open(path);
      expect([path, status, headers.get('location')]).toEqual([path, 303, path === '/' ? '/account' : '/sign-in']);
    }
    const { who } = await house.somebody();
    expect((await who.open('/code')).headers.get('location')).toBe('/account');
  });
});
