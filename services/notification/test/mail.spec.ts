import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Service } from '@orderbus/service-kit';
import { parseConfig } from '@orderbus/service-kit';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { type MailServer, mailServer } from '@orderbus/testkit/mail-server';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { claimDue } from '../src/store/deliveries.ts';
import { anOrder, ringText } from './builders.ts';
import { aGateway } from './gateway-events.ts';

let server: MailServer;
let harness: Harness<Service>;

beforeAll(async () => {
  server = await mailServer();
  harness = await serviceHarness({
    schema,
    build: (urls) =>
      buildNotificationApp(
        parseConfig(NotificationConfig, {
          ...urls,
          ORDERBUS_KEYS: ringText,
          LOG_LEVEL: 'fatal',
          SMTP_URL: server.url,
          ALERT_FROM: 'orderbus@shop.example.com',
          ALERT_TO: 'packing@example.com,office@example.com',
          ALERT_MAIL_DELAYS: '100ms,100ms,100ms,100ms,100ms',
          ALERT_GATHER: '0ms',
          CONSOLE_URL: 'https://console.example.com',
        }),
      ),
  });
  // A mail for each alert: what becomes of one is easier to see so.
  const { body } = await harness.get('/rules');
  const rules = body.rules.map((rule: object) => ({ ...rule, schedule: { when: 'at-once', throttleMinutes: 0 } }));
  expect((await harness.send('PUT', '/rules', { rules })).status).toBe(200);
});
afterEach(async () => {
  const { port } = new URL(server.url);
  await server.stop();
  server = await mailServer(Number(port));
});
afterAll(async () => {
  await harness?.stop();
  await server.stop();
});

describe('a mail', () => {
  test('reaches each of the staff once, with the words of the alert, as text and as a page', async () => {
    const order = anOrder();
    await harness.publishAll([order.created(), order.blocked(2), order.blocked(2)]);
    const { id, deliveries } = await alertWhen(order.orderId, 'order-blocked', (alert) => allSent(alert.deliveries));
    expect(server.mails.map((mail) => mail.recipients)).toEqual(expect.arrayContaining([['packing@example.com'], ['office@example.com']]));
    expect(server.mails).toHaveLength(2);
    const [mail] = server.mails;
    expect(mail?.header('Subject')).toBe('Order 000000012 (114-1234567-1234567) is blocked: SKU-7 is out of stock');
    expect(mail?.header('From')).toBe('Orderbus <orderbus@shop.example.com>');
    expect(mail?.header('Auto-Submitted')).toBe('auto-generated');
    expect(mail?.text).toContain('\n- SKU-7: 2 wanted, 0 available\n');
    expect(mail?.text).toContain(`\nhttps://console.example.com/alerts/${id}\n`);
    expect(mail?.html).toContain('<li><b>SKU-7</b>: 2 wanted, 0 available</li>');
    expect(mail?.html).toContain(`href="https://console.example.com/alerts/${id}"`);
    expect(deliveries.map(messageIdOf).sort()).toEqual(server.mails.map((one) => one.header('Message-ID')).sort());
    expect(deliveries[0]).toMatchObject({ channel: 'mail', alerts: 1, state: 'sent', attempts: 1, answer: expect.stringMatching(/^250/) });
  });

  test('is sent about a store that Amazon refuses, and about no order', async () => {
    await harness.publishAll([aGateway('store-1').stalled()]);
    await eventually(async () => {
      const { body } = await harness.get('/alerts?kind=sync-stalled');
      const { body: alert } = await harness.get(`/alerts/${body.items[0].id}`);
      expect(allSent(alert.deliveries)).toBe(true);
    });
    expect(server.mails[0]?.header('Subject')).toBe('Store Harbor & Pine is no longer kept in step with Amazon');
  });

  test('is not sent about new orders, nor about what was over before it was known', async () => {
    const [quiet, loud] = [anOrder('1'), anOrder('2')];
    await harness.publishAll([quiet.created(), quiet.processingStarted(3), quiet.blocked(2), loud.canceled(2)]);
    await alertWhen(loud.orderId, 'order-canceled', (alert) => allSent(alert.deliveries));
    await alertWhen(quiet.orderId, 'order-blocked', (alert) => alert.deliveries.length === 0 && alert.status === 'resolved');
    expect(server.mails.map((mail) => mail.header('Subject'))).toEqual(Array(2).fill('Order 2 (114-1234567-1234567) was canceled'));
  });

  test('cannot be given headers or recipients by the data of an order', async () => {
    const order = anOrder('1\r\nBcc: everybody@example.com\r\n');
    await harness.publishAll([order.blocked(2, 'SKU\r\nTo: buyer@example.com\r\n\r\nhello')]);
    await alertWhen(order.orderId, 'order-blocked', (alert) => allSent(alert.deliveries));
    expect(server.mails.flatMap((mail) => mail.recipients).sort()).toEqual(['office@example.com', 'packing@example.com']);
    for (const mail of server.mails) {
      expect(mail.header('Bcc')).toBeUndefined();
      expect(mail.header('Subject')).toContain('SKU To: buyer@example.com hello');
    }
  });

  test('waits while the mail server is away, and arrives when it is back', async () => {
    const { port } = new URL(server.url);
    await server.stop();
    const order = anOrder('3');
    await harness.publishAll([order.blocked(2)]);
    await alertWhen(order.orderId, 'order-blocked', ({ deliveries }) => deliveries.every(({ attempts }: Delivery) => attempts >= 1));
    const { deliveries: waiting } = await alertWhen(order.orderId, 'order-blocked', (alert) => alert.deliveries.every(hasError));
    expect(waiting[0].lastError).toMatch(/ECONNREFUSED/);

    server = await mailServer(Number(port));
    const { deliveries } = await alertWhen(order.orderId, 'order-blocked', (alert) => allSent(alert.deliveries));
    expect(deliveries.every(({ attempts }: Delivery) => attempts > 1)).toBe(true);
    expect(server.mails).toHaveLength(2);
  });

  test('that the server refuses for good has failed at once, and can be sent again by hand', async () => {
    server.refuse('office@example.com', 550);
    const order = anOrder('4');
    await harness.publishAll([order.blocked(2)]);
    const isOver = ({ state }: Delivery) => state === 'sent' || state === 'failed';
    const { deliveries } = await alertWhen(
      order.orderId,
      'order-blocked',
      (alert) => alert.deliveries.length > 0 && alert.deliveries.every(isOver),
    );
    const [office, packing] = deliveries;
    expect(office).toMatchObject({
      recipient: 'office@example.com',
      state: 'failed',
      attempts: 1,
      lastError: expect.stringContaining('550'),
      failure: { code: 'delivery.mail-refused', facts: { said: expect.stringContaining('550') } },
    });
    expect(packing).toMatchObject({ state: 'sent' });

    const { port } = new URL(server.url);
    await server.stop();
    server = await mailServer(Number(port));
    expect(await harness.send('POST', `/deliveries/${office.id}/resend`)).toMatchObject({
      status: 200,
      body: { state: 'pending', attempts: 0 },
    });
    await alertWhen(order.orderId, 'order-blocked', (alert) => allSent(alert.deliveries));
    expect(server.mails.map((mail) => mail.recipients)).toEqual([['office@example.com']]);
    expect(await harness.send('POST', `/deliveries/${office.id}/resend`)).toMatchObject({
      status: 409,
      body: { code: 'delivery.not-waiting' },
    });
  });

  test('that is put off until its delays are used up has failed, visibly', async () => {
    for (const recipient of ['office@example.com', 'packing@example.com']) server.refuse(recipient, 451);
    const order = anOrder('5');
    await harness.publishAll([order.blocked(2)]);
    const { deliveries } = await alertWhen(order.orderId, 'order-blocked', (alert) => someFailed(alert.deliveries));
    expect(deliveries).toMatchObject([{ attempts: 6, lastError: expect.stringContaining('451') }, {}]);
    expect(server.mails).toEqual([]);
  });

  test('whose sender died in the middle is sent by the next one, under the same message id', async () => {
    const order = anOrder('6');
    await harness.publishAll([order.blocked(2)]);
    const { deliveries } = await alertWhen(order.orderId, 'order-blocked', (alert) => allSent(alert.deliveries));
    // As a sender leaves it that is killed after the server's answer, when its lease has run out.
    await harness.app.database.query(`update delivery set state = 'sending', next_attempt_at = now(), sent_at = null where id = $1`, [
      deliveries[0].id,
    ]);
    await alertWhen(order.orderId, 'order-blocked', (alert) => alert.deliveries[0]?.attempts === 2 && allSent(alert.deliveries));
    const ids = server.mails.filter((mail) => mail.recipients[0] === deliveries[0].recipient).map((mail) => mail.header('Message-ID'));
    expect(ids).toEqual([messageIdOf(deliveries[0]), messageIdOf(deliveries[0])]);
  });

  test('that one sender is taking is left alone by the others, which do not wait for it', async () => {
    const { database } = harness.app;
    // Not due yet for the sender that runs here.
    const [at, targetId] = [new Date('2126-03-01T10:00:00Z'), randomUUID()];
    await database.query(
      `insert into delivery (id, channel, target_id, recipient, rules_of, rule_name, language, time_zone, tenants, planned_for, next_attempt_at, created_at)
       select gen_random_uuid(), 'slack', $1, recipient, '*', 'Test', 'en', 'UTC', '{store-1}', $2, $2, $2 from unnest(array['a', 'b']) recipient`,
      [targetId, at],
    );
    const claim = () => claimDue(database, { channels: ['slack'], limit: 10, leaseMs: 60_000, now: at });
    await database.transaction(async (tx) => {
      await tx.query(`select 1 from delivery where recipient = 'a' for update`);
      expect(await claim()).toMatchObject([{ recipient: 'b', attempts: 1 }]);
      expect(await claim()).toEqual([]);
    });
    expect(await claim()).toMatchObject([{ recipient: 'a' }]);
  });

  test('is sent once by two instances of the service', async () => {
    const second = await harness.another();
    const orders = Array.from({ length: 30 }, (_, n) => anOrder(`70${n}`));
    await harness.publishAll(orders.map((order) => order.canceled(2)));
    for (const { orderId } of orders) await alertWhen(orderId, 'order-canceled', (alert) => allSent(alert.deliveries));
    const ids = server.mails.map((mail) => mail.header('Message-ID'));
    expect(ids).toHaveLength(60);
    expect(new Set(ids).size).toBe(60);
    await second.stop();
  });
});

interface Delivery {
  readonly id: string;
  readonly recipient: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastError?: string;
}

const allSent = (deliveries: Delivery[]): boolean => deliveries.length === 2 && deliveries.every(({ state }) => state === 'sent');
const someFailed = (deliveries: Delivery[]): boolean => deliveries.some(({ state }) => state === 'failed');
const hasError = ({ lastError }: Delivery): boolean => lastError !== undefined;
const messageIdOf = ({ id }: Delivery): string => `<${id}@shop.example.com>`;

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
const alertWhen = (orderId: string, kind: string, ready: (alert: any) => boolean) =>
  eventually(async () => {
    const { body: list } = await harness.get(`/alerts?orderId=${orderId}&kind=${kind}`);
    const { body: alert } = await harness.get(`/alerts/${list.items[0].id}`);
    if (!ready(alert)) throw new Error(`not yet: ${JSON.stringify(alert)}`);
    return alert;
  });
