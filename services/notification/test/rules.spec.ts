import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { OrderBlocked } from '@orderbus/contracts';
import { generateKey, keyRing, parseConfig, reseal, type Service } from '@orderbus/service-kit';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { type MailServer, mailServer } from '@orderbus/testkit/mail-server';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { openAddress, sealedAddresses } from '../src/hook-address.ts';
import { sealedTargets } from '../src/store/rules.ts';
import { anOrder, type Message } from './builders.ts';
import { testClock } from './clock.ts';
import { aGateway } from './gateway-events.ts';
import { type HookServer, hookServer } from './hook-server.ts';
import { aProduct } from './operations-events.ts';

const secret = 'T0KEN-of-the-channel';
const ownKey = `test:${generateKey()}`;
const minute = 60_000;
const clock = testClock();
const lines: string[] = [];
let mail: MailServer;
let hooks: HookServer;
let harness: Harness<Service>;

beforeAll(async () => {
  // The log writes to the descriptor itself.
  jest.spyOn(fs, 'writeSync').mockImplementation(((_fd: number, text: string | Uint8Array) => {
    lines.push(String(text));
    return text.length;
  }) as typeof fs.writeSync);
  [mail, hooks] = await Promise.all([mailServer(), hookServer()]);
  const environment = {
    ...{ LOG_LEVEL: 'debug', SMTP_URL: mail.url, ALERT_FROM: 'orderbus@shop.example.com', ALERT_TO: 'office@example.com' },
    ...{ ALERT_GATHER: '1m', ALERT_MAIL_DELAYS: '50ms,50ms,50ms', ORDERBUS_KEYS: ownKey },
    ...{ WEBHOOK_ALLOWED_HOSTS: new URL(hooks.url).host, CONSOLE_URL: 'https://console.example.com' },
  };
  harness = await serviceHarness({
    schema,
    build: (urls) => buildNotificationApp(parseConfig(NotificationConfig, { ...urls, ...environment }), { clock }),
  });
});
beforeEach(() => hooks.answer(200));
afterEach(async () => {
  // What is gathered still is dropped.
  await settle('/rules', [{ name: 'Nobody', targets: [to('nobody@example.com')] }]);
  await settle('/rules', null);
  mail.forget();
  hooks.forget();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await harness?.stop();
  await Promise.all([mail.stop(), hooks.stop()]);
});

describe('while nobody has settled rules', () => {
  test('the staff of the environment is told, and a storm of one kind is one message with a count', async () => {
    await publish(storm(200));
    expect(mail.mails).toEqual([]);
    clock.advance(minute);
    await eventually(() => expect(mail.mails).toHaveLength(1));
    const [message] = mail.mails;
    expect(message?.recipients).toEqual(['office@example.com']);
    expect(message?.header('Subject')).toBe('Order blocked: 200 alerts');
    expect(message?.text).toMatch(/\n- Order \d+ \(114-1234567-1234567\) is blocked: SKU-7 is out of stock\n/);
    expect(message?.text).toContain('\n- and 190 more\n');
    expect(message?.html).toContain('<li>and 190 more</li>');
  });

  test('a storm that goes on is told again when the time of the throttle is over, and another kind at once', async () => {
    await publish([...storm(30), aProduct('store-1').low()]);
    clock.advance(minute);
    await eventually(() => expect(subjects()).toEqual(['MUG-BLUE is running low: 3 units left']));
    clock.advance(14 * minute);
    await eventually(() => expect(subjects()).toContain('Order blocked: 30 alerts'));
    expect(mail.mails).toHaveLength(2);
  });

  test('a storm that two instances take in is one message, too', async () => {
    const second = await harness.another();
    await publish(storm(100));
    await second.stop();
    clock.advance(20 * minute);
    await eventually(() => expect(subjects()).toEqual(['Order blocked: 100 alerts']));
  });

  test('their rule is shown, and can be tried', async () => {
    const { body } = await harness.get('/rules');
    expect(body).toMatchObject({
      inherited: true,
      rules: [{ name: 'ALERT_TO', targets: [{ channel: 'mail', address: 'office@example.com' }] }],
    });
    const { status, body: sent } = await harness.send('POST', '/rules/tests', { ruleId: body.rules[0].id, kind: 'order-canceled' });
    expect({ status, sent: sent.items }).toMatchObject({ status: 202, sent: [{ recipient: 'office@example.com', test: true, alerts: 0 }] });
    await eventually(() => expect(subjects()).toEqual(['Test: Order 000000012 (114-1234567-1234567) was canceled']));
    expect(mail.mails[0]?.text).toContain('You get this by the rule "ALERT_TO".');
    await eventually(async () => {
      const { body: delivery } = await harness.get(`/deliveries/${sent.items[0].id}`);
      expect(delivery).toMatchObject({ state: 'sent', answer: expect.stringMatching(/^250/) });
    });
    expect((await harness.send('POST', '/rules/tests', { ruleId: randomUUID() })).status).toBe(404);
  });
});

describe('a rule', () => {
  test('for a digest collects alerts of all its kinds until its time, in the language of each recipient', async () => {
    await settle('/rules', [
      {
        ...{
          name: 'Morning',
          kinds: ['order-blocked', 'stock-low'],
          language: 'de',
          timeZone: 'UTC',
          schedule: { when: 'daily', at: ['06:00'] },
        },
        targets: [to('anna@example.com'), { ...to('bob@example.com'), language: 'en' }],
      },
    ]);
    clock.advanceTo('05:00');
    await publish([...storm(3), aProduct('store-1').low(), anOrder('9').canceled(2)]);
    clock.advance(50 * minute);
    await publish(storm(2));
    expect(await states()).toEqual(['gathering', 'gathering']);
    clock.advanceTo('06:00');
    await eventually(() => expect(mail.mails).toHaveLength(2));
    expect(mailTo('anna@example.com')?.header('Subject')).toBe('6 Meldungen');
    expect(mailTo('anna@example.com')?.text).toContain('\nBestand knapp (1)\n- MUG-BLUE wird knapp: noch 3 Stück\n');
    expect(mailTo('anna@example.com')?.html).toContain('<h2>Bestellung blockiert (5)</h2>');
    expect(mailTo('bob@example.com')?.header('Subject')).toBe('6 alerts');
    expect(mailTo('bob@example.com')?.header('Date')).toMatch(/ 06:00:00 /);
  });

  test('with quiet hours holds back what falls into them, and lets through what it excepts', async () => {
    const quietHours = { from: '22:00', until: '07:00', except: ['sync-stalled'] };
    await settle('/rules', [{ name: 'Day', timeZone: 'UTC', quietHours, targets: [to('anna@example.com')] }]);
    clock.advanceTo('23:00');
    await publish([...storm(2), aGateway('store-1').stalled()]);
    clock.advance(2 * minute);
    await eventually(() => expect(subjects()).toEqual(['Store Harbor & Pine is no longer kept in step with Amazon']));
    await eventually(async () => expect(await states()).toEqual(['gathering', 'sent']));
    clock.advanceTo('07:00');
    await eventually(() => expect(subjects()).toContain('Order blocked: 2 alerts'));
  });

  test('of a store takes the place of the rules for all, until the store has none again', async () => {
    await settle('/rules/store-1', [{ name: 'Own', kinds: ['order-blocked'], targets: [to('shop@example.com')] }]);
    expect((await harness.get('/rules/store-1')).body).toMatchObject({ inherited: false, rules: [{ name: 'Own' }] });
    expect((await harness.get('/rules/store-2')).body).toMatchObject({ inherited: true, rules: [{ name: 'ALERT_TO' }] });
    await publish([...storm(1), aProduct('store-1').low(), aProduct('store-2').low()]);
    clock.advance(20 * minute);
    await eventually(() =>
      expect(mail.mails.flatMap(({ recipients }) => recipients).sort()).toEqual(['office@example.com', 'shop@example.com']),
    );
    await settle('/rules/store-1', null);
    expect((await harness.get('/rules/store-1')).body).toMatchObject({ inherited: true });
  });

  test('that names somebody no longer does not tell him what was gathered for him', async () => {
    const [anna, bob] = [to('anna@example.com'), to('bob@example.com')];
    await settle('/rules', [{ name: 'Both', targets: [anna, bob] }]);
    await publish(storm(1));
    await settle('/rules', [{ name: 'One', targets: [bob] }]);
    clock.advance(20 * minute);
    await eventually(() => expect(mail.mails.map(({ recipients }) => recipients)).toEqual([['bob@example.com']]));
    expect((await harness.get('/deliveries?state=dropped&limit=1')).body.items).toMatchObject([{ recipient: 'anna@example.com' }]);
  });

  test('is changed by whoever has seen the latest of them', async () => {
    const answer = await harness.fetch('/rules/store-7');
    const etag = answer.headers.get('etag') ?? '';
    const put = (ifMatch: string) =>
      harness.fetch('/rules/store-7', {
        method: 'PUT',
        body: JSON.stringify({ rules: [{ name: 'Mine', targets: [to('anna@example.com')] }] }),
        headers: { 'content-type': 'application/json', 'if-match': ifMatch },
      });
    const first = await put(etag);
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    expect((await put(etag)).status).toBe(412);
  });

  test('is refused where it makes no sense, with the name of each field', async () => {
    const rule = { name: 'Wrong', targets: [to('anna@example.com')] };
    const issues = async (change: object) => (await harness.send('PUT', '/rules', { rules: [{ ...rule, ...change }] })).body.errors;
    expect(await issues({ timeZone: 'Mars/Olympus' })).toMatchObject([{ field: 'rules.0.timeZone' }]);
    expect(await issues({ kinds: ['order-lost'] })).toMatchObject([{ field: expect.stringMatching(/^rules\.0\.kinds/) }]);
    expect(await issues({ quietHours: { from: '22:00', until: '22:00' } })).toMatchObject([{ field: 'rules.0.quietHours.until' }]);
    expect(await issues({ schedule: { when: 'daily', at: ['25:00'] } })).toMatchObject([{ field: 'rules.0.schedule.at.0' }]);
    expect(await issues({ name: 'two\r\nlines' })).toMatchObject([{ field: 'rules.0.name' }]);
    expect(await issues({ targets: [to('anna@example.com'), to('Anna@example.com')] })).toMatchObject([{ field: 'rules.0.targets.1' }]);
  });
});

describe('Amazon buyers', () => {
  test('cannot be named as recipients: addresses at the relay are refused', async () => {
    const { status, body } = await harness.send('PUT', '/rules', {
      rules: [{ name: 'Buyers', targets: [to('k7x2p9q4@marketplace.amazon.co.uk')] }],
    });
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { field: 'rules.0.targets.0.address', message: expect.stringMatching(/^Amazon buyers are never mailed/) },
    ]);
  });

  test('are not mailed either when such an address stands in the database', async () => {
    const id = randomUUID();
    await harness.app.database.query(
      `insert into delivery (id, channel, recipient, rules_of, rule_name, language, time_zone, tenants, test_kind, planned_for, next_attempt_at, created_at)
       values ($1, 'mail', 'k7x2p9q4@marketplace.amazon.de', '*', 'Test', 'en', 'UTC', '{store-1}', 'order-new', $2, $2, $2)`,
      [id, clock.now()],
    );
    await eventually(async () => {
      expect((await harness.get(`/deliveries/${id}`)).body).toMatchObject({
        state: 'failed',
        lastError: expect.stringMatching(/^Amazon buyers are never/),
      });
    });
    expect(mail.mails).toEqual([]);
  });
});

describe('a hook', () => {
  const slack = (path = `/services/${secret}`) => ({ channel: 'slack', url: `${hooks.url}${path}` });

  test('of Slack is told in the words of a mail, and its signs are no use to an alert', async () => {
    await settle('/rules', [{ name: 'Channel', targets: [slack()], schedule: { when: 'at-once', throttleMinutes: 0 } }]);
    await publish([anOrder('12').blocked(2, '<!channel> & <https://evil.example|here>')]);
    await eventually(() => expect(hooks.posts).toHaveLength(1));
    const [{ path, body } = { path: '', body: {} }] = hooks.posts;
    expect(path).toBe(`/services/${secret}`);
    expect(Object.keys(body)).toEqual(['text']);
    expect(body.text).toMatch(
      /^\*Order 12 \(114-1234567-1234567\) is blocked: &lt;!channel&gt; &amp; &lt;https:\/\/evil\.example\|here&gt; is out of stock\*\n/,
    );
  });

  test('of a program is told the alerts as JSON, under one id at each attempt', async () => {
    await settle('/rules', [{ name: 'Program', kinds: ['stock-low'], targets: [{ channel: 'webhook', url: `${hooks.url}/in` }] }]);
    await publish([aProduct('store-1').low()]);
    clock.advance(minute);
    await eventually(() => expect(hooks.posts).toHaveLength(1));
    await eventually(async () => expect((await newest())[0]).toMatchObject({ id: hooks.posts[0]?.body.id, state: 'sent' }));
    expect(hooks.posts[0]?.body).toMatchObject({
      ...{ test: false, rule: 'Program', title: 'MUG-BLUE is running low: 3 units left', counts: { 'stock-low': 1 } },
      alerts: [
        {
          kind: 'stock-low',
          tenant: 'store-1',
          status: 'open',
          data: { sku: 'MUG-BLUE', available: 3 },
          raisedAt: expect.stringMatching(/Z$/),
        },
      ],
    });
  });

  test('that is away loses nothing: it is tried again, has failed in the end, and is sent again by hand', async () => {
    await settle('/rules', [{ name: 'Channel', kinds: ['stock-low'], targets: [slack()] }]);
    hooks.answer(503, `not now, ${secret}\r\nfake: line`);
    await publish([aProduct('store-1').low()]);
    clock.advance(minute);
    await eventually(async () => expect((await newest())[0]).toMatchObject({ state: 'failed', attempts: 4 }));
    const [failed] = await newest();
    expect(failed).toMatchObject({
      lastError: expect.stringContaining('answered 503'),
      failure: { code: 'target.answered', facts: { status: 503 } },
      answer: expect.stringMatching(/^503 not now, \[redacted\]/),
    });
    expect(JSON.stringify(failed)).not.toContain(secret);
    expect((await harness.get('/metrics')).body).toMatch(/deliveries_unsent\{.*channel="slack".*state="failed".*\} 1/);
    hooks.answer(200);
    expect((await harness.send('POST', `/deliveries/${failed.id}/resend`)).body).toMatchObject({ state: 'pending', attempts: 0 });
    await eventually(() => expect(hooks.posts).toHaveLength(1));
    await eventually(async () => expect((await newest())[0]).toMatchObject({ state: 'sent', answer: '200 ok' }));
  });

  test('that says when it may be asked again is asked then', async () => {
    await settle('/rules', [{ name: 'Channel', kinds: ['stock-low'], targets: [slack()] }]);
    hooks.answer(429, 'slower', { 'retry-after': '600' });
    await publish([aProduct('store-1').low()]);
    clock.advance(minute);
    await eventually(async () => expect((await newest())[0]).toMatchObject({ state: 'pending', attempts: 1 }));
    const [{ nextAttemptAt }] = await newest();
    expect(Date.parse(nextAttemptAt) - clock.now().getTime()).toBeGreaterThan(9 * minute);
    hooks.answer(200);
    clock.advance(10 * minute);
    await eventually(() => expect(hooks.posts).toHaveLength(1));
  });

  test('that says no for good has failed at once', async () => {
    await settle('/rules', [{ name: 'Channel', kinds: ['stock-low'], targets: [slack()] }]);
    hooks.answer(404, 'no_service');
    await publish([aProduct('store-1').low()]);
    clock.advance(minute);
    await eventually(async () => expect((await newest())[0]).toMatchObject({ state: 'failed', attempts: 1, answer: '404 no_service' }));
  });

  test('in the own network is refused, when it is named', async () => {
    for (const url of ['http://127.0.0.1:1/in', 'https://169.254.169.254/latest', 'https://user:pass@example.com/', 'ftp://example.com']) {
      const { status, body } = await harness.send('PUT', '/rules', { rules: [{ name: 'Own', targets: [{ channel: 'webhook', url }] }] });
      expect({ status, field: body.errors[0].field }).toEqual({ status: 400, field: 'rules.0.targets.0.url' });
    }
  });

  test('has an address that is never shown, kept in clear, or logged', async () => {
    await settle('/rules', [{ name: 'Channel', targets: [slack()] }]);
    const { body } = await harness.get('/rules');
    const [target] = body.rules[0].targets;
    expect(target).toEqual({ id: expect.any(String), channel: 'slack', url: `${hooks.url}/…nnel` });
    // What is read can be written: the address stays as it is.
    await settle('/rules', body.rules);
    await harness.send('POST', '/rules/tests', { ruleId: body.rules[0].id });
    await eventually(() => expect(hooks.posts.map(({ path }) => path)).toContain(`/services/${secret}`));
    const answers = [await harness.get('/rules'), await harness.get('/deliveries'), await harness.get('/audit-log')];
    const { rows } = await everything();
    expect(`${JSON.stringify(answers)}${rows}${lines.join('')}`).not.toContain(secret);
    expect(lines.join('')).toContain('a message could not be sent');
    // One entry on each line: nothing that came from outside has begun one of its own.
    for (const line of lines.join('').trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
  });

  test('is sealed anew with another key, and opens for that one target alone', async () => {
    await settle('/rules', [{ name: 'Channel', targets: [slack()] }]);
    const [{ id }] = (await harness.get('/rules')).body.rules[0].targets;
    const newKey = `new:${generateKey()}`;
    const [resealed] = await reseal(harness.app.database, keyRing(`${newKey},${ownKey}`), [sealedAddresses]);
    expect(resealed).toMatchObject({ table: 'rule_target', sealed: 1, unopened: new Map() });
    const sealed = (await sealedTargets(harness.app.database, [id])).get(id) ?? '';
    expect(openAddress(keyRing(newKey), id, sealed)).toBe(`${hooks.url}/services/${secret}`);
    expect(() => openAddress(keyRing(newKey), randomUUID(), sealed)).toThrow('sealing.broken');
    // The service that runs does not have the new key: what it is to send there waits.
    await harness.send('POST', '/rules/tests', { ruleId: (await harness.get('/rules')).body.rules[0].id });
    await eventually(async () => expect((await newest())[0].lastError).toMatch(/cannot be opened/));
    expect(hooks.posts).toEqual([]);
  });

  test('is not known to others: an address is taken from a rule of the same store alone', async () => {
    await settle('/rules', [{ name: 'Channel', targets: [slack()] }]);
    const [{ id }] = (await harness.get('/rules')).body.rules[0].targets;
    const { status, body } = await harness.send('PUT', '/rules/store-1', {
      rules: [{ name: 'Theirs', targets: [{ channel: 'slack', id }] }],
    });
    expect({ status, errors: body.errors }).toMatchObject({ status: 400, errors: [{ field: 'rules.0.targets.0.id' }] });
  });
});

describe('a preview', () => {
  test('shows what would be sent about an invented example, in each form', async () => {
    const { status, body } = await harness.send('POST', '/previews', { kind: 'order-blocked', language: 'de', count: 40 });
    expect(status).toBe(200);
    expect(body.title).toBe('Bestellung blockiert: 40 Meldungen');
    expect(body.html).toContain('<html lang="de">');
    expect(body.slack.text).toContain('*Bestellung blockiert: 40 Meldungen*');
    expect(body.webhook).toMatchObject({ test: true, counts: { 'order-blocked': 40 } });
  });

  test('shows what would be sent about an alert, to whoever may see its store', async () => {
    const order = anOrder('77');
    await publish([order.blocked(2)]);
    const { body: list } = await harness.get(`/alerts?orderId=${order.orderId}&language=de`);
    expect(list.items[0].title).toBe('Bestellung 77 (114-1234567-1234567) ist blockiert: SKU-7 ist nicht am Lager');
    const alertId = list.items[0].id;
    expect((await harness.send('POST', '/previews', { alertId })).body.title).toMatch(/^Order 77 .* is blocked/);
    expect((await harness.as({ stores: ['store-2'] }).send('POST', '/previews', { alertId })).status).toBe(404);
    expect((await harness.send('POST', '/previews', { alertId, kind: 'order-new' })).status).toBe(400);
  });
});

describe('somebody who is limited to a store', () => {
  const limited = () => harness.as({ stores: ['store-1'], permissions: ['read', 'operate', 'administer'] });

  test('sees and settles its rules, and no others', async () => {
    expect((await limited().get('/rules/store-1')).status).toBe(200);
    expect((await limited().get('/rules/store-2')).status).toBe(403);
    expect((await limited().get('/rules')).status).toBe(403);
    expect((await limited().send('POST', '/rules/tests', { ruleId: randomUUID() })).status).toBe(403);
    expect((await harness.as({ permissions: ['read', 'operate'] }).send('PUT', '/rules', { rules: [] })).status).toBe(403);
  });

  test('sees the alerts and messages of his store, and nothing that tells of another, too', async () => {
    await publish([aProduct('store-1').low(), aProduct('store-2').low(), aProduct('store-1', 'MUG-RED').low()]);
    clock.advance(20 * minute);
    await eventually(() => expect(mail.mails).toHaveLength(1));
    const [both] = await newest();
    expect(both.tenants.toSorted()).toEqual(['store-1', 'store-2']);
    const { body: mine } = await limited().get('/deliveries');
    expect(mine.items.map(({ id }: { id: string }) => id)).not.toContain(both.id);
    expect((await limited().get(`/deliveries/${both.id}`)).status).toBe(404);
    expect((await limited().send('POST', `/deliveries/${both.id}/resend`)).status).toBe(404);
    const { body: alerts } = await limited().get('/alerts?kind=stock-low&limit=200');
    expect(new Set(alerts.items.map(({ tenant }: { tenant: string }) => tenant))).toEqual(new Set(['store-1']));
    const told = async (tenant: string) => (await harness.get(`/deliveries?tenant=${tenant}&limit=1`)).body.items[0]?.id;
    expect([await told('store-2'), await told('store-3')]).toEqual([both.id, undefined]);
    const { body: others } = await harness.get('/alerts?kind=stock-low&tenant=store-2');
    expect(new Set(others.items.map(({ tenant }: { tenant: string }) => tenant))).toEqual(new Set(['store-2']));
    expect((await limited().get('/alerts?tenant=store-2')).status).toBe(403);
  });
});

test('what a buyer has told is in no alert and no message, whatever an event may bring along', async () => {
  const canaries = ['Canary Buyerson', 'canary@example.test', '1 Canary Street', 'canary gift wishes'];
  const [buyerName, buyerEmail, street, giftMessage] = canaries;
  const { event } = anOrder('88').blocked(2);
  const planted = { buyer: { buyerName, buyerEmail }, recipient: { lines: [street] }, giftMessage, buyerName };
  const data = { ...(event.data as object), ...planted };
  await settle('/rules', [{ name: 'All', targets: [to('anna@example.com'), { channel: 'webhook', url: `${hooks.url}/in` }] }]);
  await publish([{ definition: OrderBlocked as never, event: { ...event, ...planted, data } }]);
  clock.advance(20 * minute);
  await eventually(() => expect([mail.mails.length, hooks.posts.length]).toEqual([1, 1]));
  const { rows } = await everything();
  const said = `${mail.mails[0]?.raw}${mail.mails[0]?.text}${JSON.stringify(hooks.posts)}${rows}${lines.join('')}`;
  for (const canary of canaries) expect(said).not.toContain(canary);
});

const to = (address: string) => ({ channel: 'mail', address });

const storm = (count: number): Message[] => Array.from({ length: count }, (_, n) => anOrder(String(n)).blocked(2));

/** Publishes, and waits until it has had its effect. */
const publish = async (messages: Message[]): Promise<void> => {
  await harness.publishAll(messages);
  const ids = messages.map(({ event }) => event.id);
  await eventually(async () => {
    const seen = await harness.app.database.query('select distinct message_id from inbox where message_id = any($1)', [ids]);
    expect(seen).toHaveLength(ids.length);
  });
};

const settle = async (path: string, rules: object[] | null): Promise<void> => {
  const { status, body } = await harness.send('PUT', path, { rules });
  if (status !== 200) throw new Error(JSON.stringify(body));
};

const subjects = (): (string | undefined)[] => mail.mails.map((one) => one.header('Subject'));
const mailTo = (address: string) => mail.mails.find(({ recipients }) => recipients.includes(address));
const newest = async () => (await harness.get('/deliveries?limit=1')).body.items;
const states = async (): Promise<string[]> =>
  (await harness.get('/deliveries?limit=2')).body.items.map(({ state }: { state: string }) => state).sort();

/** All rows of all tables, as text. */
const everything = async () => {
  const { database } = harness.app;
  const tables: { name: string }[] = await database.query(
    `select table_name as name from information_schema.tables where table_schema = $1`,
    [schema],
  );
  const contents = await Promise.all(tables.map(({ name }) => database.query(`select * from "${name}"`)));
  return { rows: JSON.stringify(contents) };
};
