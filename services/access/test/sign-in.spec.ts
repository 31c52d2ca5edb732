import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { accountSubject, addressSubject } from '../src/store/attempts.ts';
import {
  type Answer,
  accessWorld,
  type Browser,
  bearerOf,
  better,
  claimsIn,
  enrolIn,
  good,
  hourMs,
  minuteMs,
  signIn,
  tokenIn,
  type World,
  welcome,
} from './world.ts';

let world: World;
let admin: Browser;
/** What she may, for as long as this takes: her session ends as all others do. */
let anna: { readonly id: string; readonly bearer: string };

beforeAll(async () => {
  world = await accessWorld();
});
afterAll(() => world.stop());

const api = async (method: string, path: string, body?: object, authorization?: string): Promise<Answer> => {
  const response = await fetch(`${world.app.url}${path}`, {
    method,
    headers: { authorization: authorization ?? anna.bearer, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
};

/** As if so many attempts had gone wrong already: each of them takes a tenth of a second. */
const hasFailed = (subject: string, failures: number) =>
  world.app.database.query(
    `insert into sign_in_attempt (subject, failures, locks, last_at) values ($1, $2, 0, $3) on conflict (subject) do update set failures = $2`,
    [subject, failures, world.clock.now().toISOString()],
  );

let invited = 0;

/** Somebody who has been invited and is in. */
const somebody = async (rights: object = {}, about: object = {}) => {
  const email = `somebody-${++invited}@example.com`;
  const { body } = await api('POST', '/people', {
    email,
    name: 'Some Body',
    role: 'viewer',
    permissions: [],
    stores: '*',
    ...rights,
    ...about,
  });
  const who = world.browser();
  const { body: told } = await welcome(who, body.link, {});
  return { id: body.person.id as string, email: body.person.email as string, who, told };
};

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
    world.clock.pass(25 * minuteMs);
    const bearer = await bearerOf(admin);
    const { permissions, stores, sub } = claimsIn(bearer);
    expect([permissions, stores]).toEqual([
      ['read', 'operate', 'bill', 'books', 'administer', 'see-buyer-data', 'refund', 'manage-access'],
      '*',
    ]);
    anna = { id: String(sub).slice('person:'.length), bearer };
  });
});

describe('signing in', () => {
  test('answers the same whatever is wrong: no account, a wrong password, somebody disabled, somebody invited', async () => {
    const { email, id } = await somebody();
    const invitation = { email: 'invited@example.com', name: 'In Vited', role: 'viewer', permissions: [], stores: '*' };
    await api('POST', '/people', invitation);
    const disabled = await somebody();
    await api('POST', `/people/${disabled.id}/disable`, { reason: 'left' });
    const answers = [
      await signIn(world.browser(), 'nobody@example.com'),
      await signIn(world.browser(), email, better),
      await signIn(world.browser(), disabled.email, good),
      await signIn(world.browser(), invitation.email, good),
    ].map(({ status, body: { correlationId: _, ...body } }) => ({ status, body }));
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'sign-in.wrong' } });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await api('POST', `/people/${id}/unlock`);
  });

  test('takes as long for an account that there is not', async () => {
    const { email } = await somebody();
    const least = { there: Number.POSITIVE_INFINITY, missing: Number.POSITIVE_INFINITY };
    for (let n = 0; n < 6; n++)
      for (const [name, address] of [
        ['there', email],
        ['missing', `nobody-${n}@example.com`],
      ] as const) {
        const who = world.browser();
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
    const { email } = await somebody();
    expect((await signIn(world.browser(), ` ${email.toUpperCase()} `)).status).toBe(200);
    expect((await signIn(world.browser(), email, good.toLowerCase())).status).toBe(401);
  });

  test('leads back to where one wanted to go, and to no other site', async () => {
    const { email } = await somebody();
    expect((await signIn(world.browser(), email, good, '/account?x=1')).body.next).toBe('/account?x=1');
    for (const elsewhere of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])
      expect((await signIn(world.browser(), email, good, elsewhere)).body.next).toBe('/account');
    const who = world.browser();
    await signIn(who, email);
    expect((await who.open('/sign-in?next=https%3A%2F%2Fevil.example')).headers.get('location')).toBe('/account');
    expect((await world.browser().open('/sign-in?next=https%3A%2F%2Fevil.example')).text).not.toContain('evil.example');
  });
});

describe('an account', () => {
  test('is locked after ten failures, however many come at once, and the right password does not open it', async () => {
    const { email, id } = await somebody();
    const browsers = await Promise.all(
      Array.from({ length: 14 }, async () => {
        const who = world.browser();
        await who.open('/sign-in');
        return who;
      }),
    );
    const answers = await Promise.all(browsers.map((who) => who.send('/sign-in', { email, password: better })));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
    const refused = await signIn(world.browser(), email, good);
    expect(refused).toMatchObject({ status: 429, body: { code: 'sign-in.locked' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await api('GET', `/people/${id}`)).body.lockedUntil).not.toBeNull();
    world.clock.pass(15 * minuteMs);
    expect((await signIn(world.browser(), email, good)).status).toBe(200);
  });

  test('that there is not is locked in the same way', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await signIn(world.browser(), 'no-such-account@example.com')).status);
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });

  test('is opened by a manager of access', async () => {
    const { email, id } = await somebody();
    await hasFailed(accountSubject(email), 9);
    await signIn(world.browser(), email, better);
    expect((await signIn(world.browser(), email)).status).toBe(429);
    expect((await api('POST', `/people/${id}/unlock`)).body.lockedUntil).toBeNull();
    expect((await signIn(world.browser(), email)).status).toBe(200);
  });

  test('keeps its failures until all of the sign-in is done: a known password opens no way to guess codes', async () => {
    const { email, who } = await somebody();
    await enrolIn(who, world.clock, good);
    await hasFailed(accountSubject(email), 6);
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) {
      const guess = world.browser();
      if ((await signIn(guess, email)).status === 429) break;
      statuses.push((await guess.send('/code', { code: String(n).padStart(6, '0') })).status);
    }
    expect(statuses).toEqual(Array(4).fill(401));
  });
});

test('an address is locked after thirty failures of any accounts, and only that address', async () => {
  const from = (address: string) => world.browser({ 'x-forwarded-for': address });
  await hasFailed(addressSubject('192.0.2.7'), 28);
  for (let n = 0; n < 2; n++) expect((await signIn(from('192.0.2.7'), `a-${n}@example.com`, 'x')).status).toBe(401);
  expect(await signIn(from('192.0.2.7'), 'another@example.com', 'x')).toMatchObject({ status: 429, body: { code: 'sign-in.locked' } });
  expect((await signIn(from('192.0.2.8'), 'another@example.com', 'x')).status).toBe(401);
});

describe('a code', () => {
  test('is asked for, is good once, and its recovery codes once each', async () => {
    const { email, who } = await somebody();
    expect((await who.send('/enrolment', { code: '123456' })).status).toBe(401);
    const { app, answer } = await enrolIn(who, world.clock, good);
    const [first] = answer.body.recoveryCodes;
    const used = app.code();
    const enter = async (code: string) => {
      const next = world.browser();
      expect((await signIn(next, email)).body).toEqual({ next: '/code' });
      expect((await next.send('/tokens/session', { audience: 'order' })).status).toBe(401);
      return next.send('/code', { code });
    };
    // The one that set it up is used, too.
    expect((await enter(used)).status).toBe(401);
    world.clock.pass(30_000);
    const fresh = app.code();
    const twice = await Promise.all([enter(fresh), enter(fresh)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await enter(String(first).toLowerCase())).status).toBe(200);
    expect((await enter(first)).status).toBe(401);
  });

  test('of another authenticator takes the password, too, and signs out all other browsers', async () => {
    const { email, who } = await somebody();
    const other = world.browser();
    await signIn(other, email);
    expect((await enrolIn(who, world.clock)).answer).toMatchObject({ status: 401, body: { code: 'sign-in.wrong' } });
    expect((await enrolIn(who, world.clock, good)).answer.status).toBe(200);
    expect((await other.open('/account')).headers.get('location')).toBe('/sign-in');
    expect((await who.open('/account')).status).toBe(200);
  });

  test('is asked for where the rights need it, also when they come later', async () => {
    const { id, email, who } = await somebody();
    expect((await who.open('/account')).status).toBe(200);
    await api('PATCH', `/people/${id}`, { permissions: ['see-buyer-data'] });
    const next = world.browser();
    expect((await signIn(next, email)).body).toEqual({ next: '/enrolment' });
    expect((await enrolIn(next, world.clock)).answer.body.next).toBe('/account');
  });

  test('is set up anew by somebody whose authenticator was reset', async () => {
    const { id, email, who } = await somebody({ permissions: ['refund'] });
    await enrolIn(who, world.clock);
    const { body } = await api('POST', `/people/${id}/reset-authenticator`, { reason: 'phone lost' });
    expect(body.hasAuthenticator).toBe(false);
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
    expect((await signIn(world.browser(), email)).body.next).toBe('/enrolment');
  });
});

describe('a password', () => {
  test('is changed with the present one, is none of those before, and signs out all other browsers', async () => {
    const { email, who } = await somebody();
    const other = world.browser();
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
    expect((await signIn(world.browser(), email, better)).status).toBe(200);
  });

  test('that is older than a year has to be changed before anything else', async () => {
    const { email } = await somebody();
    world.clock.pass(366 * 24 * hourMs);
    const who = world.browser();
    expect((await signIn(who, email)).body).toEqual({ next: '/password' });
    expect((await who.open('/account')).headers.get('location')).toBe('/password');
    await who.open('/password');
    expect((await who.send('/password', { current: good, password: better })).body).toEqual({ next: '/account' });
    expect((await who.open('/account')).status).toBe(200);
  });
});

describe('a session', () => {
  test('has an id that nobody has brought along: before, during and after signing in it is another one', async () => {
    const { email, who: enrolled } = await somebody();
    const { app } = await enrolIn(enrolled, world.clock, good);
    world.clock.pass(30_000);
    const who = world.browser();
    await who.open('/sign-in');
    const planted = who.cookie;
    await signIn(who, email);
    const half = who.cookie;
    await who.send('/code', { code: app.code() });
    expect(new Set([planted, half, who.cookie]).size).toBe(3);
    for (const old of [planted, half]) {
      const attacker = world.browser();
      attacker.cookie = old;
      expect((await attacker.open('/account')).headers.get('location')).toBe('/sign-in');
    }
  });

  test('ends after half an hour of silence, and after twelve hours in any case', async () => {
    const { who, email } = await somebody();
    world.clock.pass(29 * minuteMs);
    expect((await who.open('/account')).status).toBe(200);
    world.clock.pass(30 * minuteMs);
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
    await signIn(who, email);
    for (let n = 0; n < 28; n++) {
      world.clock.pass(25 * minuteMs);
      expect((await who.open('/account')).status).toBe(200);
    }
    world.clock.pass(21 * minuteMs);
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
  });

  test('is gone after signing out, here and at the service', async () => {
    const { who } = await somebody();
    const { cookie } = who;
    expect((await who.send('/sign-out', {})).body).toEqual({ next: '/sign-in' });
    expect(who.cookie).not.toBe(cookie);
    who.cookie = cookie;
    expect((await who.open('/account')).headers.get('location')).toBe('/sign-in');
  });

  test('is listed, and ended by its owner from another browser, who ends nobody else\u2019s', async () => {
    const { who, email } = await somebody();
    const other = world.browser({ 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
    await signIn(other, email);
    const { text } = await who.open('/account');
    expect(text).toContain('Firefox, Linux');
    const [id] = /name="session" value="([0-9a-f-]{36})"/.exec(text)?.slice(1) ?? [];
    const stranger = await somebody();
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
    const one = await somebody();
    expect((await api('GET', `/people/${one.id}/sessions`)).body.items).toHaveLength(1);
    expect((await api('POST', `/people/${one.id}/sign-out`)).status).toBe(204);
    expect((await one.who.open('/account')).headers.get('location')).toBe('/sign-in');
    await signIn(one.who, one.email);
    await api('PATCH', `/people/${one.id}`, { name: 'Another Name' });
    expect((await one.who.open('/account')).status).toBe(200);
    await api('PATCH', `/people/${one.id}`, { role: 'operator' });
    expect((await one.who.open('/account')).headers.get('location')).toBe('/sign-in');
    await signIn(one.who, one.email);
    await api('POST', `/people/${one.id}/disable`, { reason: 'left the company' });
    expect((await one.who.open('/account')).headers.get('location')).toBe('/sign-in');
    expect((await signIn(one.who, one.email)).status).toBe(401);
    await api('POST', `/people/${one.id}/enable`, { reason: 'came back' });
    expect((await signIn(one.who, one.email)).status).toBe(200);
  });
});

describe('a change from a browser', () => {
  test('comes from a page of ours, with what that page knows, as JSON; or it is refused', async () => {
    const { who } = await somebody();
    await who.open('/account');
    const own = new URL(world.app.url).origin;
    const stranger = world.browser();
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
    expect((await fetch(`${world.app.url}/sign-out`, { method: 'POST', headers: bare, body: '{}' })).status).toBe(403);
    expect((await fetch(`${world.app.url}/tokens/session`, { method: 'POST', headers: bare, body: '{"audience":"order"}' })).status).toBe(
      403,
    );
    expect((await who.open('/account')).status).toBe(200);
    expect((await who.send('/sign-out', {}, { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test('needs the token before signing in, too: nobody is signed in to an account of somebody else\u2019s choice', async () => {
    const { email } = await somebody();
    const who = world.browser();
    expect((await who.send('/sign-in', { email, password: good })).status).toBe(403);
  });
});

describe('a page', () => {
  test('runs scripts and styles of ours alone, holds none itself, and shows what people wrote as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\'</p><script>alert(2)</script>';
    const { who } = await somebody({}, { name: hostile });
    const pages = [
      await who.open('/account'),
      await who.open('/password'),
      await who.open('/enrolment'),
      await world.browser().open('/welcome'),
    ];
    pages.push(
      await world
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
    const german = world.browser({ 'accept-language': 'fr-FR,de-AT;q=0.8,en;q=0.5' });
    expect((await german.open('/sign-in')).text).toMatch(/<html lang="de">[\s\S]*<h1>Anmelden<\/h1>/);
    expect((await world.browser({ 'accept-language': 'fr,*' }).open('/sign-in')).text).toContain('<h1>Sign in</h1>');
  });

  test('leads whoever is not that far to where he is', async () => {
    for (const path of ['/', '/account', '/code', '/enrolment', '/password']) {
      const { status, headers } = await world.browser().open(path);
      expect([path, status, headers.get('location')]).toEqual([path, 303, path === '/' ? '/account' : '/sign-in']);
    }
    const { who } = await somebody();
    expect((await who.open('/code')).headers.get('location')).toBe('/account');
  });
});

describe('the audit log', () => {
  const entriesOf = async (subject: string) =>
    (
      (await api('GET', `/audit?limit=200&subject=${subject}`)).body.items as {
        action: string;
        outcome: string;
        reason: string;
        actor: string;
        address: string;
      }[]
    ).toReversed();

  test('holds who came in, who failed, who was locked, and who ended what', async () => {
    const { id, email, who } = await somebody();
    await who.send('/sign-out', {});
    await hasFailed(accountSubject(email), 8);
    for (let n = 0; n < 2; n++) await signIn(world.browser(), email, better);
    await api('POST', `/people/${id}/unlock`);
    await signIn(who, email);
    await who.send('/account/sessions/end', { session: 'others' });
    await api('POST', `/people/${id}/disable`, { reason: 'left the company' });
    // What became of it is written behind the answer.
    const entries = await eventually(async () => {
      const found = await entriesOf(`person:${id}`);
      expect(found.at(-1)).toMatchObject({ action: 'postPeopleByPersonIdDisable', outcome: 'done' });
      return found;
    });
    const happened = entries.filter(({ outcome }) => outcome !== 'asked').map(({ action, outcome, reason }) => [action, outcome, reason]);
    expect(happened).toEqual([
      ['person.signed-in', 'done', 'link'],
      ['link.used', 'done', null],
      ['person.signed-out', 'done', null],
      ...Array(2).fill(['person.sign-in-failed', 'refused', 'password']),
      ['person.locked', 'done', 'too many wrong attempts'],
      ['postPeopleByPersonIdUnlock', 'done', null],
      ['person.signed-in', 'done', 'password'],
      ['person.session-ended', 'done', 'others'],
      ['postPeopleByPersonIdDisable', 'done', 'left the company'],
    ]);
    expect(entries[0]).toMatchObject({ actor: `person:${id}`, address: expect.stringMatching(/^198\.18\./) });
  });

  test('does not hold what was typed in as an address: it may be a password', async () => {
    const typed = 'My-Secret-Password-1';
    await signIn(world.browser(), typed, 'x');
    const { items } = (await api('GET', '/audit?limit=200&actor=person:unknown&action=person.sign-in-failed')).body;
    expect(items.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toContain(typed);
  });
});

describe('one of the staff', () => {
  test('is let in by a link that is good once and for a day, and replaced by the next one', async () => {
    const invitation = { email: 'late@example.com', name: 'La Te', role: 'viewer', permissions: [], stores: ['store-1'] };
    const { status, body } = await api('POST', '/people', invitation);
    expect([status, body.person.state]).toEqual([201, 'invited']);
    expect(await api('POST', '/people', { ...invitation, email: 'LATE@example.com' })).toMatchObject({
      status: 409,
      body: { code: 'person.address-taken' },
    });
    const second = await api('POST', `/people/${body.person.id}/link`);
    expect((await welcome(world.browser(), body.link, {})).status).toBe(410);
    world.clock.pass(24 * hourMs);
    expect((await welcome(world.browser(), second.body.link, {})).status).toBe(410);
    const third = await api('POST', `/people/${body.person.id}/link`);
    const who = world.browser();
    await who.open('/welcome');
    expect((await who.send('/welcome/look', { token: tokenIn(third.body.link) })).body.welcome).toEqual({ kind: 'person', name: 'La Te' });
    expect((await welcome(who, third.body.link, {})).body).toEqual({ next: '/account' });
    expect((await welcome(world.browser(), third.body.link, {})).status).toBe(410);
    expect(claimsIn(await bearerOf(who, 'order'))).toMatchObject({ aud: 'order', permissions: ['read'], stores: ['store-1'] });
  });

  test('without manage-access reads and changes nobody', async () => {
    const { who, id } = await somebody({ role: 'operator' });
    const bearer = await bearerOf(who);
    for (const path of ['/people', `/people/${id}`, '/api-keys', '/access-review', '/access-review.csv', `/people/${id}/sessions`])
      expect((await api('GET', path, undefined, bearer)).status).toBe(403);
    for (const [path, body] of [
      ['/people', { email: 'y@example.com', name: 'Y', role: 'viewer', permissions: [], stores: '*' }],
      [`/people/${id}/disable`, { reason: 'x' }],
      [`/people/${id}/unlock`, undefined],
    ] as const)
      expect((await api('POST', path, body, bearer)).status).toBe(403);
  });

  test('who manages access gives nothing that he has not, and does not raise himself', async () => {
    const manager = await somebody({ role: 'viewer', permissions: ['manage-access'] });
    await enrolIn(manager.who, world.clock);
    const bearer = await bearerOf(manager.who);
    const invite = (rights: object) =>
      api('POST', '/people', { email: `n-${Math.random()}@example.com`, name: 'N', permissions: [], stores: '*', ...rights }, bearer);
    expect(await invite({ role: 'operator' })).toMatchObject({ status: 403, body: { code: 'access.more-than-own' } });
    expect((await invite({ role: 'viewer', permissions: ['see-buyer-data'] })).status).toBe(403);
    expect((await invite({ role: 'viewer', permissions: ['manage-access'], stores: ['store-1'] })).status).toBe(409);
    const { body } = await invite({ role: 'viewer' });
    expect(await api('PATCH', `/people/${body.person.id}`, { role: 'admin' }, bearer)).toMatchObject({ status: 403 });
    expect(await api('PATCH', `/people/${manager.id}`, { role: 'admin' }, bearer)).toMatchObject({
      status: 403,
      body: { code: 'access.own-access' },
    });
    // A link for somebody who may more would be a way to become him.
    for (const [path, reason] of [['link'], ['reset-authenticator', 'x'], ['unlock']] as const)
      expect((await api('POST', `/people/${anna.id}/${path}`, reason ? { reason } : undefined, bearer)).status).toBe(403);
  });

  test('who is the last to manage access stays, also when two go for each other at once', async () => {
    const one = await somebody({ role: 'admin', permissions: ['see-buyer-data', 'refund', 'manage-access'] });
    await enrolIn(one.who, world.clock);
    const everyone = (await api('GET', '/people?limit=200')).body.items as { id: string; permissions: string[]; state: string }[];
    for (const { id, permissions, state } of everyone)
      if (permissions.includes('manage-access') && state === 'enabled' && id !== anna.id && id !== one.id)
        expect((await api('POST', `/people/${id}/disable`, { reason: 'tidying up' })).status).toBe(200);
    const [mine, his] = [anna.bearer, await bearerOf(one.who)];
    const both = await Promise.all([
      api('POST', `/people/${one.id}/disable`, { reason: 'x' }, mine),
      api('POST', `/people/${anna.id}/disable`, { reason: 'x' }, his),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const managers = (
      (await api('GET', '/people?limit=200&state=enabled', undefined, both[0]?.status === 200 ? mine : his)).body.items as typeof everyone
    ).filter(({ permissions }) => permissions.includes('manage-access'));
    expect(managers).toHaveLength(1);
  });
});
