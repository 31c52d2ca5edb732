import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { keysOf, tokenReader } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import { rotateSigningKeys } from '../src/store/signing-keys.ts';
import { accessHouse, type House } from './house.ts';
import { type Browser, bearerOf, claimsIn, enrolIn, good, hourMs, minuteMs, secretOf, tokenIn, welcome } from './world.ts';

let house: House;
let admin: Browser;

const logged: string[] = [];

beforeAll(async () => {
  // The log writes to the descriptor itself.
  jest.spyOn(fs, 'writeSync').mockImplementation(((_fd: number, text: string | Uint8Array) => {
    logged.push(String(text));
    return text.length;
  }) as typeof fs.writeSync);
  house = await accessHouse({ LOG_LEVEL: 'trace' });
  admin = house.anna.who;
});
afterAll(async () => {
  await house.stop();
  jest.restoreAllMocks();
});

const nothing = {};

/** What another service does with a token. */
const readAs = (audience: string, token: string) => tokenReader(keysOf(house.app.url), audience)(token);

const inDays = (days: number): string => new Date(house.clock.now().getTime() + days * 24 * hourMs).toISOString();

const makeKey = async (fields: object = {}, headers?: Record<string, string>) => {
  const wanted = {
    ...{ name: 'ERP', permissions: ['read', 'operate'], stores: ['store-1'], expiresAt: inDays(30) },
    ...fields,
  };
  const { status, body } = await house.api('POST', '/api-keys', wanted, headers);
  if (body.key) house.secrets.add(body.key).add(body.key.slice(-43));
  return { status, body, key: body.key as string, id: body.apiKey?.id as string };
};

const exchange = (key: string, audience = 'order') => house.api('POST', '/tokens/key', { key, audience }, nothing);

describe('a token', () => {
  test('of a person says who he is and what he may, for one service and five minutes', async () => {
    const token = (await bearerOf(admin, 'order')).replace('Bearer ', '');
    const claims = claimsIn(token) as { iat: number; exp: number };
    expect(claims.exp - claims.iat).toBe(300);
    expect(await readAs('order', token)).toMatchObject({
      kind: 'person',
      id: expect.stringMatching(/^person:/),
      name: 'Anna Lindqvist',
      stores: '*',
    });
    await expect(readAs('billing', token)).rejects.toMatchObject({ status: 401 });
    expect((await house.api('GET', '/people', undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  test('that was changed, or signed by somebody else, is none', async () => {
    const token = (await bearerOf(admin, 'order')).replace('Bearer ', '');
    const [head = '', payload = '', signature = ''] = token.split('.');
    const forged = Buffer.from(JSON.stringify({ ...claimsIn(token), permissions: ['read', 'administer'] })).toString('base64url');
    const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const bad of [`${head}.${forged}.${signature}`, `${none}.${payload}.`, `${head}.${payload}.${signature.slice(0, -4)}AAAA`])
      await expect(readAs('order', bad)).rejects.toMatchObject({ status: 401 });
  });

  test('is for services that there are', async () => {
    await admin.open('/account');
    expect((await admin.send('/tokens/session', { audience: 'warehouse' })).status).toBe(400);
  });

  test('of a visitor is handed to a service that shows his cookie and a token of its own', async () => {
    const { body } = await house.api(
      'POST',
      '/tokens/service',
      { service: 'console', secret: secretOf('console'), audience: 'access' },
      nothing,
    );
    await admin.open('/account');
    const cookie = admin.cookie ?? '';
    const got = await house.api('POST', '/tokens/session', { audience: 'order' }, { authorization: `Bearer ${body.token}`, cookie });
    expect(claimsIn(got.body.token)).toMatchObject({ name: 'Anna Lindqvist', aud: 'order' });
    expect((await house.api('POST', '/tokens/session', { audience: 'order' }, { authorization: `Bearer ${body.token}` })).status).toBe(401);
    expect((await house.api('POST', '/tokens/session', { audience: 'order' }, { authorization: house.anna.bearer, cookie })).status).toBe(
      403,
    );
  });
});

describe('a service', () => {
  const ask = (service: string, audience: string, secret = secretOf(service)) =>
    house.api('POST', '/tokens/service', { service, secret, audience }, nothing);

  test('gets what the table grants it, at that service alone', async () => {
    const { status, body } = await ask('fulfillment', 'order');
    expect(status).toBe(200);
    expect(await readAs('order', body.token)).toEqual({
      ...{ kind: 'service', id: 'service:fulfillment', name: 'fulfillment', permissions: ['read', 'see-buyer-data'], stores: '*' },
    });
    expect((await ask('fulfillment', 'billing')).body.code).toBe('access.no-grant');
    // Known by its secret, and granted nothing anywhere.
    expect((await ask('stranger', 'order')).status).toBe(403);
  });

  test('with another secret, or none that is known, gets nothing', async () => {
    for (const secret of ['', 'x', secretOf('billing')]) expect((await ask('fulfillment', 'order', secret)).status).toBe(401);
    expect((await ask('notification', 'order')).status).toBe(401);
    expect((await ask('__proto__', 'order')).status).toBe(401);
  });
});

describe('the page of API keys', () => {
  const wanted = { name: 'Till', permissions: ['read'], stores: '*', days: 90 };

  const makeOnPage = async (who: Browser, fields: object = {}) => {
    await who.open('/keys');
    const answer = await who.send('/keys', { ...wanted, ...fields });
    if (answer.body.key) house.secrets.add(answer.body.key).add(answer.body.key.slice(-43));
    return { ...answer, key: answer.body.key as string, id: answer.body.key?.split('_')[1] as string };
  };

  const entriesOf = async (query: string, last: string) =>
    eventually(async () => {
      const { items } = (await house.api('GET', `/audit?limit=200&${query}`)).body;
      expect(items[0]).toMatchObject({ outcome: last });
      return items as { action: string; outcome: string; actor: string; reason: string; fields: string[]; subjects: string[] }[];
    });

  test('makes one that opens a route, shows it once, and has it on record', async () => {
    expect((await admin.open('/account')).text).toContain('href="/keys"');
    const { body, key, id } = await makeOnPage(admin, { permissions: ['read', 'administer'] });
    expect(body).toEqual({ next: '/keys', key: expect.stringMatching(/^obk_[a-z0-9]{16}_[\w-]{43}$/) });
    expect((await house.api('GET', '/outbox', undefined, { authorization: `Bearer ${key}` })).status).toBe(200);
    const { text } = await admin.open('/keys');
    expect(text).toMatch(
      /<strong>Till<\/strong>[\s\S]*Stores, credentials, settings, rules[\s\S]*All stores[\s\S]*Ends: [\s\S]*Never used/,
    );
    expect(text).toContain(`obk_${id}_…`);
    expect(text).not.toContain(key.slice(-43));
    const [made] = (await house.api('GET', '/api-keys?limit=1')).body.items;
    expect(made).toMatchObject({ id, name: 'Till', permissions: ['read', 'administer'], stores: '*', expiresAt: inDays(90) });
    const [done, asked] = await entriesOf('action=api-key.made', 'done');
    for (const entry of [done, asked])
      expect(entry).toMatchObject({ actor: `person:${made.makerId}`, fields: ['name', 'permissions', 'stores', 'expiresAt'] });
    expect(asked).toMatchObject({ outcome: 'asked' });
  });

  test('offers what its maker has, and takes nothing that the API would not take', async () => {
    expect((await admin.open('/keys')).text.match(/name="permissions" value="([\w-]+)"/g)).toHaveLength(7);
    for (const fields of [
      ...[{ permissions: [] }, { permissions: ['manage-access'] }, { stores: [] }, { stores: ['a b'] }, { stores: undefined }],
      ...[{ days: 0 }, { days: 367 }, { days: null }, { name: '' }, { name: 'a\u202Eb' }, { makerId: 'x' }],
    ])
      expect([fields, (await makeOnPage(admin, fields)).status]).toEqual([fields, 400]);
    const { id } = await makeOnPage(admin, { stores: ['store-1', 'store-2'], days: 366 });
    expect((await admin.open('/keys')).text).toMatch(new RegExp(`obk_${id}_[\\s\\S]*?Stores: store-1, store-2`));
  });

  test('is not there for somebody without manage-access, who is refused on record', async () => {
    const { body } = await house.api('POST', '/people', {
      ...{ email: 'clerk@example.com', name: 'Clerk', role: 'operator', permissions: [], stores: '*' },
    });
    const clerk = house.browser();
    await welcome(clerk, body.link, {});
    expect((await clerk.open('/account')).text).not.toContain('/keys');
    expect(await clerk.open('/keys')).toMatchObject({ status: 303, body: '' });
    const { id } = await makeOnPage(admin);
    await clerk.open('/account');
    expect(await clerk.send('/keys', wanted)).toMatchObject({ status: 403, body: { code: 'access.not-permitted' } });
    expect((await clerk.send('/keys/revoke', { keyId: id, reason: 'spite' })).status).toBe(403);
    const [denied] = await entriesOf(`subject=key:${id}`, 'denied');
    expect(denied).toMatchObject({ action: 'api-key.revoked', actor: `person:${body.person.id}` });
    const stranger = house.browser();
    expect((await stranger.open('/keys')).headers.get('location')).toBe('/sign-in');
    await stranger.open('/sign-in');
    expect((await stranger.send('/keys', wanted)).status).toBe(401);
  });

  test('gives a key no more than its maker has', async () => {
    const { body } = await house.api('POST', '/people', {
      ...{ email: 'porter@example.com', name: 'Porter', role: 'viewer', permissions: ['manage-access'], stores: '*' },
    });
    const porter = house.browser();
    await welcome(porter, body.link, {});
    await enrolIn(porter, house.clock);
    expect((await porter.open('/keys')).text.match(/name="permissions" value="([\w-]+)"/g)).toEqual(['name="permissions" value="read"']);
    expect(await makeOnPage(porter, { permissions: ['operate'] })).toMatchObject({ status: 403, body: { code: 'access.more-than-own' } });
  });

  test('makes and revokes nothing for another site', async () => {
    const { key, id } = await makeOnPage(admin);
    const before = (await house.api('GET', '/api-keys?limit=200')).body.items.length;
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { 'x-form-token': 'x'.repeat(43) }]) {
      expect((await admin.send('/keys', wanted, headers as never)).status).toBe(403);
      expect((await admin.send('/keys/revoke', { keyId: id, reason: 'x' }, headers as never)).status).toBe(403);
    }
    expect((await house.api('GET', '/api-keys?limit=200')).body.items).toHaveLength(before);
    expect((await exchange(key)).status).toBe(200);
  });

  test('shows a name as text, in German too', async () => {
    await makeOnPage(admin, { name: '<img src=x onerror=alert(1)><script>alert(2)</script>"' });
    const { text, headers } = await admin.open('/keys');
    expect(text).not.toMatch(/<img|<script(?! src="\/assets\/access\.js" type="module"><\/script>)|<[^>]* (style|on\w+)=|<style/);
    expect(text).toContain('&#60;script&#62;alert(2)');
    expect(headers.get('content-security-policy')).toContain("script-src 'self';");
    expect(headers.get('cache-control')).toBe('no-store');
    const german = house.browser({ 'accept-language': 'de' });
    german.cookie = admin.cookie;
    expect((await german.open('/keys')).text).toMatch(/<h1>API-Schlüssel<\/h1>[\s\S]*Geld erstatten/);
  });

  test('revokes one for good, with the reason on record', async () => {
    const { key, id } = await makeOnPage(admin);
    expect((await exchange(key)).status).toBe(200);
    expect((await admin.send('/keys/revoke', { keyId: id })).status).toBe(400);
    expect((await admin.send('/keys/revoke', { keyId: id, reason: 'the till was stolen' })).body).toEqual({ next: '/keys' });
    expect((await exchange(key)).status).toBe(401);
    const { text } = await admin.open('/keys');
    expect(text).toMatch(new RegExp(`obk_${id}_[\\s\\S]*?Revoked by Anna Lindqvist`));
    expect(text).not.toContain(`value="${id}"`);
    const [done] = await entriesOf(`subject=key:${id}`, 'done');
    expect(done).toMatchObject({ action: 'api-key.revoked', reason: 'the till was stolen' });
    expect((await admin.send('/keys/revoke', { keyId: 'a'.repeat(16), reason: 'x' })).status).toBe(404);
  });
});

describe('an API key', () => {
  test('is shown once, and opens what it was given', async () => {
    const { body, key, id } = await makeKey();
    expect(key).toMatch(new RegExp(`^obk_${id}_[\\w-]{43}$`));
    expect(JSON.stringify((await house.api('GET', '/api-keys')).body)).not.toContain(key.slice(-43));
    expect(body.apiKey).toMatchObject({ name: 'ERP', permissions: ['read', 'operate'], stores: ['store-1'], lastUsedAt: null });
    const got = await exchange(key);
    expect(await readAs('order', got.body.token)).toEqual({
      kind: 'key',
      id: `key:${id}`,
      name: 'ERP',
      permissions: ['read', 'operate'],
      stores: ['store-1'],
    });
  });

  test('opens this service by itself, and manages nobody\u2019s access', async () => {
    const { key } = await makeKey({ stores: '*', permissions: ['read', 'administer'] });
    const own = { authorization: `Bearer ${key}` };
    expect((await house.api('GET', '/outbox', undefined, own)).status).toBe(200);
    expect((await house.api('GET', '/people', undefined, own)).body.code).toBe('access.not-permitted');
    expect((await makeKey({ permissions: ['manage-access'] })).status).toBe(400);
  });

  test('that is wrong, expired or revoked opens nothing', async () => {
    const { key, id } = await makeKey();
    const other = await makeKey({ expiresAt: inDays(1 / 24) });
    for (const bad of ['', 'obk_', `${key}x`, `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, key.replace(id, other.id)])
      expect((await exchange(bad)).status).toBe(401);
    expect((await house.api('POST', `/api-keys/${id}/revoke`, { reason: 'leaked' })).body).toMatchObject({
      revokedBy: 'Anna Lindqvist',
      revokedAt: expect.any(String),
    });
    expect(await exchange(key)).toMatchObject({ status: 401, body: { code: 'access.unauthenticated' } });
    expect((await exchange(other.key)).status).toBe(200);
    house.clock.pass(hourMs);
    expect((await exchange(other.key)).status).toBe(401);
    expect((await house.api('POST', '/api-keys/nosuchkey/revoke', { reason: 'x' })).status).toBe(404);
  });

  test('has an end within a year, and never may more than its maker', async () => {
    expect((await makeKey({ expiresAt: inDays(367) })).status).toBe(400);
    expect((await makeKey({ expiresAt: inDays(-1) })).status).toBe(400);
    expect((await makeKey({ expiresAt: undefined })).status).toBe(400);
    const { body } = await house.api('POST', '/people', {
      email: 'boss@example.com',
      name: 'Bo Ss',
      role: 'viewer',
      permissions: ['manage-access'],
      stores: '*',
    });
    const boss = house.browser();
    await welcome(boss, body.link, {});
    await enrolIn(boss, house.clock);
    const his = { authorization: await bearerOf(boss) };
    expect((await makeKey({ permissions: ['read', 'operate'] }, his)).body.code).toBe('access.more-than-own');
    const { key } = await makeKey({ permissions: ['read'], stores: '*' }, his);
    expect((await exchange(key)).status).toBe(200);
    await house.api('POST', `/people/${body.person.id}/disable`, { reason: 'left' });
    expect((await exchange(key)).status).toBe(401);
  });

  test('is known to have been used, without a write for each request', async () => {
    const { key, id } = await makeKey();
    for (let n = 0; n < 5; n++) await exchange(key);
    const shown = async () =>
      (await house.api('GET', '/api-keys?limit=200')).body.items.find((one: { id: string }) => one.id === id).lastUsedAt;
    expect(await shown()).toBeNull();
    const other = await house.another();
    // Another replica, that has seen it and is stopped: what it knows is written down.
    await fetch(`${other.url}/tokens/key`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key, audience: 'order' }) },
    });
    await other.stop();
    await eventually(async () => expect(await shown()).toBe(house.clock.now().toISOString()));
  });
});

test('no password, cookie, link, key, token, code or address of the staff gets into the log, nor in clear into a table', async () => {
  const email = 'canary-person@example.com';
  const { body } = await house.api('POST', '/people', { email, name: 'Ca Nary', role: 'viewer', permissions: [], stores: '*' });
  const who = house.browser();
  await welcome(who, body.link, {});
  const { answer } = await enrolIn(who, house.clock, good);
  const { key } = await makeKey();
  const { token } = (await exchange(key)).body;
  const typed = { email: 'a-password-in-the-wrong-field', password: 'Canary-Password-77!' };
  await house.browser().send('/sign-in', typed);
  await who.open('/sign-in');
  await who.send('/sign-in', typed);
  await who.send('/password', { current: 'Canary-Current-77!', password: 'Canary-Next-77!' });
  // The key in a path, where it does not belong, and answers that fail.
  await house.api('GET', `/people/${key}`, undefined, { authorization: `Bearer ${key}` });
  await house.api('POST', '/tokens/key', { key: `${key}x`, audience: 'order' }, nothing);
  await house.api('POST', '/tokens/service', { service: 'fulfillment', secret: 'canary-service-secret', audience: 'order' }, nothing);
  const secrets = [
    ...[
      ...house.secrets,
      token,
      house.anna.bearer.replace('Bearer ', ''),
      tokenIn(body.link),
      tokenIn(house.shown[0] ?? ''),
      ...answer.body.recoveryCodes,
    ],
    ...[typed.email, typed.password, 'Canary-Current-77!', 'Canary-Next-77!', 'canary-service-secret', secretOf('console')],
  ];
  const tables = await house.app.database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema = 'access' and table_type = 'BASE TABLE'`,
  );
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['access.person', 'access.session', 'access.api_key', 'access.audit_log']),
  );
  const rows = await Promise.all(
    tables.map(({ name }) => house.app.database.query<{ row: string }>(`select t::text as row from ${name} t`)),
  );
  const kept = rows
    .flat()
    .map(({ row }) => row)
    .join('\n');
  const metrics = await (await fetch(`${house.app.url}/metrics`)).text();
  expect(metrics).toMatch(/sign_ins_total\{method="link",outcome="done",service="access"\} [1-9]/);
  const places = { log: logged.join('\n'), kept, metrics };
  expect(places.log).toContain('request');
  expect(secrets.length).toBeGreaterThan(25);
  for (const [place, text] of Object.entries(places))
    for (const secret of secrets) expect([place, secret, text.includes(secret)]).toEqual([place, secret, false]);
  for (const address of [email, 'anna@example.com'])
    expect([places.log.includes(address), metrics.includes(address)]).toEqual([false, false]);
});

test('the access review tells who may what, and is no formula', async () => {
  await house.api('POST', '/people', {
    email: 'evil@example.com',
    name: '=HYPERLINK("http://x")',
    role: 'viewer',
    permissions: ['see-buyer-data'],
    stores: ['store-1'],
  });
  const { body } = await house.api('GET', '/access-review');
  const line = body.items.find(({ email }: { email: string }) => email === 'evil@example.com');
  expect(line).toMatchObject({
    kind: 'person',
    role: 'viewer',
    permissions: ['read', 'see-buyer-data'],
    stores: ['store-1'],
    lastUsedAt: null,
  });
  expect(line.remarks).toEqual(['without-second-factor', 'sees-buyers']);
  expect(body.items.some(({ kind }: { kind: string }) => kind === 'key')).toBe(true);
  const csv = await house.api('GET', '/access-review.csv');
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.body).toMatch(/,"'=HYPERLINK\(""http:\/\/x""\)",evil@example\.com,/);
});

describe('the keys that sign', () => {
  const shownIds = async () =>
    (await house.api('GET', '/.well-known/jwks.json', undefined, nothing)).body.keys.map(({ kid }: { kid: string }) => kid);
  const signedBy = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;

  test('change while all goes on: the next one is shown before it signs, and tokens of the old one stay good', async () => {
    const [first] = await shownIds();
    const old = (await exchange((await makeKey()).key)).body.token;
    const rotated = await rotate();
    house.clock.pass(6_000);
    expect(await shownIds()).toEqual([first, rotated]);
    expect(signedBy((await exchange((await makeKey()).key)).body.token)).toBe(first);
    // A service that has not read the keys since has heard of it by then.
    const remote = keysOf(house.app.url);
    expect((await tokenReader(remote, 'order')(old)).kind).toBe('key');
    house.clock.pass(10 * minuteMs);
    const fresh = (await exchange((await makeKey()).key)).body.token;
    expect(signedBy(fresh)).toBe(rotated);
    for (const token of [old, fresh]) expect((await tokenReader(remote, 'order')(token)).kind).toBe('key');
    house.clock.pass(10 * minuteMs);
    expect(await shownIds()).toEqual([rotated]);
  });

  test('show their public half alone, and lie sealed', async () => {
    const { keys } = (await house.api('GET', '/.well-known/jwks.json', undefined, nothing)).body;
    for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
    const rows = await house.app.database.query<{ sealed: string; text: string }>('select sealed, k::text as text from signing_key k');
    for (const { sealed, text } of rows) {
      expect(sealed).toMatch(/^v1\.k1\./);
      expect(text).not.toMatch(/"d"/);
    }
  });

  test('are made by one of several replicas, when they are due', async () => {
    const made = await Promise.all(
      Array.from({ length: 4 }, () => rotateSigningKeys(house.app.database, house.ring, house.clock.now(), 60_000)),
    );
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
  });

  const rotate = async (): Promise<string> => {
    return (await rotateSigningKeys(house.app.database, house.ring, house.clock.now(), 0))?.id ?? '';
  };
});
