import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sellers } from '@orderbus/amazon-sandbox';
import { eventsByPublisher } from '@orderbus/contracts';
import { type Broker, connectBroker } from '@orderbus/messaging';
import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import { brokerKinds, eventually, type TestVhost, testVhost } from '@orderbus/testkit';
import { textsOf } from '@orderbus/testkit/documents';
import { type MailServer, mailServer } from '@orderbus/testkit/mail-server';
import { type Receiver, receiver } from '@orderbus/testkit/receiver';
import { buyer, codeOf, found, hostile, notes, orderOf, poison, typed, words } from './canaries.ts';
import { askWith, authorized, told } from './http.ts';
import { type ServiceName, serviceNames } from './installation.ts';
import { type CapturedLogs, captureLogs } from './logs.ts';
import { databaseSecret } from './migrated.ts';
import { operationsOf } from './operations.ts';
import { openShop, type Shop } from './shop.ts';
import { everythingIn, query } from './sql.ts';

const america = 'ATVPDKIKX0DER';
const password = 'Teal-Harbor-49-lamps';
const smtpPassword = 'canary-smtp-password';
const queues = ['order', 'fulfillment', 'billing', 'notification', 'amazon-gateway'];

/** Every secret of the installation as it runs. */
const secrets = new Map<string, string>();
/** Answers to requests that were wrong, or that we could not do. */
const problems: string[] = [];
/** Tokens of the administrator, from before he had an authenticator: that ends sessions. */
const inPerson = new Map<string, string>();
/** Every event that was published, with its headers. */
const published: string[] = [];

let shop: Shop;
let logs: CapturedLogs;
let mail: MailServer;
let target: Receiver;
/** Where everything fails. */
let ruin: Receiver;
let vhost: TestVhost | undefined;
let tap: Broker;
let order: { id: string; amazonOrderId: string; number: string };
/** Of somebody whose every word means harm. */
let slip: Uint8Array;

beforeAll(async () => {
  logs = captureLogs();
  [mail, target, ruin] = await Promise.all([mailServer(), receiver(), receiver()]);
  vhost = brokerKinds().includes('rabbit') ? await testVhost() : undefined;
  const keys = generateKey();
  shop = await openShop({
    ...{ brokerUrl: vhost?.url, brokerManagementUrl: vhost?.managementUrl, logLevel: 'trace' },
    sandbox: { limits: 'off', visibilityLagMs: 0 },
    environment: {
      ...{ ORDERBUS_KEYS: `canary:${keys}`, WEBHOOK_ALLOWED_HOSTS: `${target.host},${ruin.host}`, WEBHOOK_RETRY_DELAYS: '100ms,100ms' },
      ...{ SMTP_URL: mail.url.replace('//', `//orderbus:${smtpPassword}@`), ALERT_FROM: 'orderbus@shop.example' },
      ...{
        ALERT_TO: 'packing@shop.example',
        ALERT_GATHER: '50ms',
        ALERT_MAIL_DELAYS: '100ms,100ms,100ms,100ms',
        RETRY_DELAYS: '100ms',
        WATCH_STOCK_EVERY: '200ms',
      },
    },
  });
  const amazon = sellers.flatMap(({ region, clientSecret, refreshToken }) => [
    [`client secret ${region}`, clientSecret],
    [`refresh token ${region}`, refreshToken],
  ]);
  for (const [name = '', secret = ''] of [
    ...amazon,
    ...[
      ['password', password],
      ['session', shop.admin.cookie.split('=')[1]],
      ['API key', shop.admin.key],
    ],
    ...[
      ['SMTP password', smtpPassword],
      ['ORDERBUS_KEYS', keys],
      ['access token of Amazon', 'Atza|'],
    ],
  ])
    secrets.set(name as string, secret as string);
  for (const service of serviceNames) inPerson.set(service, await shop.admin.bearer(service));
  for (const [service, token] of inPerson) secrets.set(`token for ${service}`, token.slice('Bearer '.length));
  await listen();
  await settleTargets();
  await enrol();
  await sellAndWork();
  await meanHarm();
  await failOnPurpose();
  await untilAllIsTold();
});
afterAll(async () => {
  await tap?.stop();
  await shop?.stop();
  await vhost?.drop();
  await Promise.all([mail.stop(), target.stop(), ruin.stop()]);
  logs.release();
});

/** As whoever writes a new integration would. */
const listen = async (): Promise<void> => {
  const tenancies = [{ schema: 'broker', role: 'orderbus_broker', audited: false }];
  const url = vhost?.url ?? (await provision({ adminUrl: shop.databaseUrl, secret: databaseSecret, tenancies })).broker ?? '';
  tap = connectBroker(url, { name: 'tap' });
  await tap.start();
  const topics = Object.values(eventsByPublisher).flatMap((definitions) => definitions.map(({ topic }) => topic));
  await tap.declare({ queue: 'tap', topics: [...new Set(topics)] });
  await tap.subscribe({ queue: 'tap' }, async (batch) => {
    for (const { body, headers, key } of batch) published.push(`${body.toString('utf8')} ${JSON.stringify(headers)} ${key}`);
    return batch.map(() => ({ fate: 'done' }));
  });
};

/** Staff by mail, a chat room, a program, and webhooks: of each some that fail, and repeat what they were shown. */
const settleTargets = async (): Promise<void> => {
  const [chat, alerts, broken] = ['/services/canary-slack-path', '/alerts/canary-alert-path', '/broken/canary-webhook-path'];
  for (const path of [chat, alerts, broken]) {
    secrets.set(path, path.slice(path.lastIndexOf('/') + 1));
    ruin.answers(path, (response, call) => response.writeHead(500).end(`${path} ${JSON.stringify(call.headers)} ${call.body}`));
  }
  const targets = [
    { channel: 'mail', address: 'packing@shop.example' },
    { channel: 'slack', url: ruin.origin + chat },
    { channel: 'webhook', url: target.origin + alerts },
  ];
  const rules = [{ name: 'All <b>of it</b>', kinds: 'all', schedule: { when: 'at-once', throttleMinutes: 0 }, targets }];
  await told('PUT', `${shop.urlOf('notification')}/rules`, { rules });
  for (const url of [`${target.origin}/events`, ruin.origin + broken]) {
    const { secret } = await told('POST', `${shop.urlOf('notification')}/webhooks`, { url, description: 'canaries', topics: ['*'] });
    secrets.set(`secret of ${url}`, secret.slice('whsec_'.length));
  }
  mail.refuseLogin();
};

/** An authenticator for the administrator, from his browser. */
const enrol = async (): Promise<void> => {
  const browser = await browserOf(shop.admin.cookie);
  const page = await (await browser.open('/enrolment')).text();
  const [, secret = ''] = /<code>([^<]+)<\/code>/.exec(page) ?? [];
  secrets.set('authenticator', secret.replaceAll(' ', ''));
  const wrong = await browser.send('/enrolment', { code: '000000', password });
  expect(wrong.status).toBeGreaterThanOrEqual(400);
  problems.push(await wrong.text());
  const { status, headers } = await browser.send('/enrolment', { code: codeOf(secret), password });
  expect(status).toBe(200);
  const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? shop.admin.cookie;
  secrets.set('second session', cookie.split('=')[1] ?? '');
};

const browserOf = async (cookie?: string) => {
  const url = shop.urlOf('access');
  const open = (path: string) => fetch(url + path, { headers: cookie ? { cookie } : {}, redirect: 'manual' });
  const first = await open(cookie ? '/account' : '/sign-in');
  const [, formToken = ''] = /name="form-token" content="([^"]+)"/.exec(await first.text()) ?? [];
  const own = cookie ?? first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const headers = {
    'content-type': 'application/json',
    origin: url,
    'sec-fetch-site': 'same-origin',
    'x-form-token': formToken,
    cookie: own,
  };
  return { open, send: (path: string, body: object) => fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) }) };
};

const sold = async (wish: object, change: (items: { product: object }[]) => object): Promise<string> => {
  const [amazonOrderId = ''] = await shop.sell({
    ...{ marketplaceId: america, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'PENDING', programs: [], itemPrograms: [] },
    ...wish,
  });
  const known = await told('GET', `${shop.sandboxUrl}/sandbox/orders/${amazonOrderId}`);
  await shop.happens(amazonOrderId, { raw: change(known.order.orderItems), contact: { locale: 'en-US', nature: 'goods' } });
  await shop.happens(amazonOrderId, { fulfillmentStatus: 'UNSHIPPED' });
  return amazonOrderId;
};

/** What people do with an order, in each way that leads to its buyer. */
const sellAndWork = async (): Promise<void> => {
  const good = await sold({ lines: [{ sku: 'SKU-TOWEL-3', quantity: 1 }] }, orderOf);
  await sold({ lines: [{ sku: 'SKU-CLOCK-WALL', quantity: 900 }] }, orderOf);
  await sold({ lines: [{ sku: 'SKU-JAR-6', quantity: 1 }] }, (items) => ({ ...orderOf(items), createdTime: buyer.name }));
  await shop.sync();
  order = await eventually(async () => {
    const one = await shop.order(good);
    expect(one).toMatchObject({ status: 'processing', billed: [{}] });
    return one;
  });
  const path = `${shop.urlOf('order')}/orders/${order.id}`;
  await told('PUT', `${path}/note`, { note: notes.note });
  await told('POST', `${path}/comments`, { text: notes.comment, notify: true, visible: true });
  const recipient = {
    name: words.correctedName,
    lines: [words.correctedStreet],
    city: 'Salem',
    state: 'OR',
    postalCode: '97301',
    country: 'US',
  };
  await told('PUT', `${path}/address`, { recipient, reason: words.correction });
  expect(JSON.stringify(await told('GET', `${path}/buyer?purpose=invoice`))).toContain(buyer.email);
  const text = `Regarding your order ${order.amazonOrderId}: ${words.toBuyer}?`;
  const contact = { contact: 'confirm-order-details', language: 'en', text };
  const said = await told('POST', `${shop.urlOf('amazon-gateway')}/orders/${order.id}/contacts`, contact);
  await eventually(async () => expect(await shop.get('amazon-gateway', `/commands/${said.id}`)).toMatchObject({ state: 'done' }));
  expect(await textOf(await file('fulfillment', `/orders/${order.id}/packing-slip`))).toContain(buyer.gift);
  const { items } = await shop.get('billing', `/invoices?orderId=${order.id}`);
  expect(await textOf(await file('billing', `/invoices/${items[0].invoiceId}/pdf`))).toContain(words.correctedName);
  const exported = await (await file('order', '/orders/export?format=csv&columns=amazonOrderId,buyerName,addressLine1,phone')).text();
  expect(exported).toContain(buyer.name);
};

const file = async (service: ServiceName, path: string): Promise<Response> => {
  const url = shop.urlOf(service) + path;
  const answer = await fetch(url, { headers: authorized(url) });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer;
};

const textOf = async (answer: Response): Promise<string> => (await textsOf(new Uint8Array(await answer.arrayBuffer()))).join(' ');

/** Markup, formulas and forged lines, wherever a text can be written: by buyers, by the staff, by whoever calls. */
const meanHarm = async (): Promise<void> => {
  const { markup, lines, formula } = hostile;
  const amazonOrderId = await sold({ lines: [{ sku: 'SKU-APRON-GR', quantity: 1 }] }, (items) => ({
    buyer: { buyerName: formula },
    recipient: { deliveryAddress: { name: markup, addressLine1: lines } },
    orderItems: items.map((item) => ({
      ...item,
      product: { ...item.product, title: `${markup}${lines}` },
      fulfillment: { packing: { giftOption: { giftMessage: `${formula} ${markup} ${lines}` } } },
    })),
  }));
  await shop.sync();
  const { id } = await eventually(async () => {
    const one = await shop.order(amazonOrderId);
    expect(one).toMatchObject({ status: 'processing', billed: [{}] });
    expect((await shop.get('fulfillment', `/orders/${one.id}/shipping`)).ship).toEqual({ allowed: true });
    return one;
  });
  await told('PUT', `${shop.urlOf('order')}/orders/${id}/note`, { note: `${markup}${lines}` });
  await told('PUT', `${shop.urlOf('fulfillment')}/document-settings/demo-na`, {
    ...{ sellerName: markup, sellerAddress: [formula], footer: markup, locale: null },
  });
  slip = new Uint8Array(await (await file('fulfillment', `/orders/${id}/packing-slip`)).arrayBuffer());
  const shelf = shop.urlOf('fulfillment');
  await told('PUT', `${shelf}/products`, [{ sku: 'MUG-1', title: markup, lowStockAt: 5 }]);
  for (const delta of [10, -7]) await told('POST', `${shelf}/stock/MUG-1/adjustments`, { delta, reason: `${formula}${markup}` });
  for (const service of serviceNames) {
    const url = `${shop.urlOf(service)}/outbox/${encodeURIComponent(lines)}?${new URLSearchParams({ [markup]: lines })}`;
    await fetch(url, { headers: { ...authorized(url), 'user-agent': markup, 'x-correlation-id': markup, traceparent: markup } });
  }
};

const failOnPurpose = async (): Promise<void> => {
  await askWrongly();
  await signInWrongly();
  await breakDown();
  await poisonQueues();
};

const everythingTyped = { ...typed, ...buyer, ...words, smtpPassword, password };

/** Secrets and buyers where they do not belong: in paths, queries, headers, in bodies that are none. */
const askWrongly = async (): Promise<void> => {
  const inQuery = new URLSearchParams(everythingTyped);
  const wrong = JSON.stringify(everythingTyped);
  for (const service of serviceNames) {
    const url = shop.urlOf(service);
    const headers = { ...authorized(url), 'content-type': 'application/json', 'x-api-key': typed.key, cookie: shop.admin.cookie };
    const requests: [string, RequestInit][] = [
      [`/outbox?${inQuery}`, { headers }],
      [`/nowhere/${shop.admin.key}/${encodeURIComponent(buyer.name)}`, { headers }],
      ['/outbox', { headers: { ...headers, authorization: `Bearer ${typed.key}` } }],
      ['/outbox', { headers: { ...headers, authorization: `Basic ${btoa(`${typed.email}:${typed.password}`)}` } }],
      ...[typed.key, buyer.name, `${words.correction}@x`].map((one): [string, RequestInit] => [
        `/dead-letters/${encodeURIComponent(one)}/redrive`,
        { method: 'POST', headers, body: wrong },
      ]),
      ['/dead-letters/1/discard', { method: 'POST', headers, body: wrong }],
      ['/dead-letters/1/discard', { method: 'POST', headers, body: `${buyer.name} ${typed.password}` }],
      ['/dead-letters/1/discard', { method: 'POST', headers: { ...headers, 'content-type': 'text/plain' }, body: wrong }],
    ];
    for (const [path, init] of requests) problems.push(await refusalOf(url + path, init));
  }
  const stores = `${shop.urlOf('amazon-gateway')}/stores`;
  const store = { id: 'canary', name: 'Canary', region: 'na', marketplaces: [america], clientId: 'amzn1.application-oa2-client.x' };
  const credentials = { clientSecret: typed.secret, refreshToken: `Atzr|${typed.secret}` };
  const headers = { ...authorized(stores), 'content-type': 'application/json' };
  for (const path of ['', '/test']) {
    const answer = await fetch(stores + path, { method: 'POST', headers, body: JSON.stringify({ ...store, ...credentials }) });
    problems.push(await answer.text());
  }
  const contacts = `${shop.urlOf('amazon-gateway')}/orders/${order.id}/contacts`;
  const text = `<b>${words.toBuyer}</b> ${buyer.email}`;
  problems.push(await refusalOf(contacts, { method: 'POST', headers, body: JSON.stringify({ contact: 'warranty', text }) }));
};

const refusalOf = async (url: string, init: RequestInit): Promise<string> => {
  const answer = await fetch(url, init);
  const text = await answer.text();
  expect([url, answer.status >= 400 && answer.status < 500]).toEqual([url, true]);
  return text;
};

const signInWrongly = async (): Promise<void> => {
  const browser = await browserOf();
  const { email, password: wrong } = typed;
  for (const body of [
    { email, password: wrong },
    { email: 'mara@shop.example', password: wrong },
    { email: password, password: wrong },
  ]) {
    const answer = await browser.send('/sign-in', body);
    expect(answer.status).toBe(401);
    problems.push(await answer.text());
  }
  for (const [kind, body] of [
    ['key', { key: `${shop.admin.key}x`, audience: 'order' }],
    ['service', { service: 'billing', secret: typed.secret, audience: 'order' }],
  ] as const)
    problems.push(
      await refusalOf(`${shop.urlOf('access')}/tokens/${kind}`, {
        ...{ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      }),
    );
};

/** Tables that are gone for a moment: the mistake is ours, and what was to be written is in the hands of the driver. */
const breakDown = async (): Promise<void> => {
  const recipient = { name: buyer.name, lines: [buyer.street], city: 'Salem', state: 'OR', postalCode: '97301', country: 'US' };
  const post = (body: object): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
  const failures: [string, ServiceName, string, RequestInit][] = [
    ['orders.buyer_vault', 'order', `/orders/${order.id}/address`, { ...post({ recipient, reason: words.correction }), method: 'PUT' }],
    ['orders.event_log', 'order', `/orders/${order.id}/comments`, post({ text: notes.comment })],
    [
      'notification.webhook',
      'notification',
      '/webhooks',
      post({ url: `${target.origin}/${typed.secret}`, description: 'x', topics: ['*'] }),
    ],
  ];
  for (const [table, service, path, init] of failures) {
    const url = shop.urlOf(service) + path;
    const [, name = ''] = table.split('.');
    await query(shop.databaseUrl, `alter table ${table} rename to ${name}_gone`);
    const answer = await fetch(url, { ...init, headers: { ...authorized(url), 'content-type': 'application/json' } });
    await query(shop.databaseUrl, `alter table ${table}_gone rename to ${name}`);
    expect([table, answer.status]).toEqual([table, 500]);
    problems.push(await answer.text());
  }
};

/** Straight into the queue of each service: what breaks the contract, what is no JSON, what no handler can do anything with. */
const poisonQueues = async (): Promise<void> => {
  const topics = ['order.created.v1', 'order.updated.v1', 'amazon.order.imported.v1', 'invoice.issued.v1', 'nobody.knows.v1'];
  const data = { orderId: order.id, buyer: poison.name, [poison.street]: poison.street, status: poison.name, clientSecret: poison.secret };
  const bodies = [JSON.stringify({ id: randomUUID(), type: poison.name, data }), poison.name, `{"${poison.secret}`];
  for (const queue of queues) {
    const messages = topics.flatMap((topic) => bodies.map((body) => ({ id: randomUUID(), topic, key: order.id, headers: {}, body })));
    expect((await tap.redeliver(queue, messages)).size).toBe(messages.length);
  }
};

const untilAllIsTold = async (): Promise<void> => {
  await eventually(async () => {
    for (const service of ['order', 'fulfillment', 'billing', 'notification'] as const)
      expect((await shop.items(service, '/dead-letters?status=open')).length).toBeGreaterThanOrEqual(15);
    const kinds = (await shop.items<{ kind: string }>('notification', '/alerts')).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['order-blocked', 'order-unreadable', 'dead-letter']));
    expect(mail.mails.map((one) => one.header('Subject')).join()).toMatch(/is blocked/);
    expect(
      target
        .at('/alerts/canary-alert-path')
        .map(({ body }) => body)
        .join(),
    ).toContain('dead-letter');
    expect(
      target
        .at('/events')
        .map(({ body }) => body)
        .join(),
    ).toContain('order.commented');
    expect(mail.mails.map((one) => one.header('Subject')).join()).toMatch(/MUG-1 is running low/);
    expect(new Set(ruin.calls.map(({ path }) => path)).size).toBe(2);
  });
};

/** As somebody who may do everything, in person: each list of each service, and everything that goes by an order. */
/** The sandbox publishes the credentials of the sellers that it plays. */
const notLookedAt = /\/(packing-slip|live|sandbox\/sellers)$/;

const everyAnswer = async (): Promise<string> => {
  const texts: string[] = [];
  for (const service of serviceNames) {
    const url = shop.urlOf(service);
    askWith(inPerson.get(service) ?? '', url);
    const operations = operationsOf(await told('GET', `${url}/openapi.json`)).filter(
      ({ method, path }) => method === 'GET' && !/\{(?!orderId|aggregateId|tenant)/.test(path) && !notLookedAt.test(path),
    );
    expect(operations.length).toBeGreaterThan(5);
    for (const { path } of operations) {
      const one = path.replaceAll(/\{(\w+)\}/g, (_, name) => (name === 'tenant' ? 'demo-na' : order.id));
      const answer = await fetch(url + one, { headers: authorized(url), redirect: 'manual' });
      texts.push(`${one} ${await answer.text()}`);
    }
  }
  return texts.join('\n');
};

/** Everywhere that anybody looks, as text. */
const places = async (): Promise<Record<Place, string>> => {
  const gather = async (path: string): Promise<string> =>
    (await Promise.all(serviceNames.map(async (service) => (await file(service, path)).text()))).join('\n');
  return {
    answers: await everyAnswer(),
    refusals: problems.join('\n'),
    metrics: await gather('/metrics'),
    audit: await gather('/audit/export?format=ndjson'),
    letters: await deadLetters(),
    events: published.join('\n'),
    mails: mail.mails.map(({ raw, text, html }) => `${raw} ${text} ${html}`).join('\n'),
    hooks: [...target.calls, ...ruin.calls].map(({ headers, body }) => `${JSON.stringify(headers)} ${body}`).join('\n'),
    tables: (await everythingIn(shop.databaseUrl)).text,
    logs: logs.lines.join(''),
  };
};

/** What has to stand there: it is the right place that is looked at. */
const signs = {
  answers: [/amazon\.order\.imported/, /order\.commented/],
  refusals: [/"status":400/, /"status":401/, /"status":500/],
  metrics: [/^http_request/m, /^sign_ins_total/m],
  audit: [/"buyer\.shown"/, /"outcome":"failed"/],
  letters: [/not-json/, /breaks-contract/],
  events: [/"sealedBuyer":"v1\.canary\./, /"amazon\.contact\.sent"/],
  mails: [/is blocked/],
  hooks: [/"order\.commented"/, /"dead-letter"/],
  tables: [/v1\.canary\./],
  logs: [/"level":"debug"/, /"level":"error"/],
} as const;
type Place = keyof typeof signs;

/** All but what came, which is kept to be sent again. */
const deadLetters = async (): Promise<string> => {
  const rows = await Promise.all(
    ['orders', 'fulfillment', 'billing', 'notification'].map((schema) =>
      query<{ letter: string }>(shop.databaseUrl, `select (to_jsonb(d) - 'payload')::text as letter from ${schema}.dead_letter d`),
    ),
  );
  return rows
    .flat()
    .map(({ letter }) => letter)
    .join('\n');
};

describe('on an installation where much goes wrong', () => {
  let texts: Record<Place, string>;
  beforeAll(async () => {
    texts = await places();
  });
  const standing = (canaries: readonly string[], except: readonly Place[] = []) =>
    Object.fromEntries(
      Object.entries(texts)
        .filter(([place]) => !except.includes(place as Place))
        .map(([place, text]) => [place, found(text, canaries)] as const)
        .filter(([, some]) => some.length > 0),
    );

  test('what is looked through has in it what belongs there', () => {
    for (const [place, patterns] of Object.entries(signs)) for (const sign of patterns) expect(texts[place as Place]).toMatch(sign);
  });

  test('no secret stands anywhere, be it used, shown or typed in the wrong field', () => {
    expect(secrets.size).toBeGreaterThan(20);
    expect([...secrets.values()].every((secret) => secret.length >= 5)).toBe(true);
    expect(standing([...secrets.values(), ...Object.values(typed)])).toEqual({});
  });

  test('no buyer, and no word to one, stands anywhere in clear', () => {
    expect(standing([...Object.values(buyer), ...Object.values(words)])).toEqual({});
  });

  test('what the staff notes on an order is told to nobody outside, and is in no log', () => {
    expect(standing(Object.values(notes), ['answers', 'events', 'tables'])).toEqual({});
    expect(found(texts.answers, Object.values(notes))).toEqual(Object.values(notes));
  });

  test('what somebody has put into the queues in clear is kept to be sent again, and shown by nothing', () => {
    expect(standing(Object.values(poison), ['tables'])).toEqual({});
  });

  test('no refusal tells where in the code it comes from', () => {
    expect(texts.refusals).not.toMatch(/\.ts:\d+|node_modules|relation "|QueryFailed/);
  });
});

describe('a text that means harm stays a text', () => {
  test('on a packing slip, which does nothing but show it', async () => {
    const text = (await textsOf(slip)).join(' ');
    for (const part of ['<script>alert(1)</script>', '=HYPERLINK("http://127.0.0.1","x")']) expect(text).toContain(part);
    expect(Buffer.from(slip).toString('latin1')).not.toMatch(/\/(JavaScript|JS|URI|Launch|OpenAction|AA|EmbeddedFile)\b/);
  });

  test('in a mail, whose lines and markup are ours alone', () => {
    const low = mail.mails.find((one) => one.header('Subject')?.includes('MUG-1'));
    expect(low?.html).toContain('&#60;script&#62;alert(1)');
    for (const { html } of mail.mails) expect(html).not.toMatch(/<script|<img|<[^>]* on\w+=|<b>of it/i);
  });

  test('in a log, of which each line is one of ours', () => {
    expect(logs.lines.length).toBeGreaterThan(100);
    for (const line of logs.lines) {
      expect(line).toMatch(/^[^\p{Cc}]*\n$/u);
      expect(JSON.parse(line)).not.toMatchObject({ msg: 'forged' });
    }
  });

  test('in answers, which no browser takes for a page', async () => {
    const [alert] = await shop.items<{ id: string }>('notification', '/alerts?kind=stock-low');
    for (const [service, path] of [
      ['notification', `/alerts/${alert?.id}`],
      ['fulfillment', '/stock/MUG-1'],
      ['order', '/orders?limit=5'],
    ] as const) {
      const { headers } = await file(service, path);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
    }
  });
});
