import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AmazonOrderImported, OrderCommented, OrderNoted } from '@orderbus/contracts';
import { example } from '@orderbus/contracts/examples';
import { parseConfig, type Service } from '@orderbus/service-kit';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { type Receiver, receiver } from '@orderbus/testkit/receiver';
import { buildNotificationApp, NotificationConfig, schema } from '../src/app.ts';
import { purgeHeard } from '../src/webhooks/store/heard.ts';
import { ringText } from './builders.ts';

/** On the embedded broker, and with a log that says everything. */
describe('what integrators must not be told, and what nobody must be told of them', () => {
  let target: Receiver;
  let harness: Harness<Service>;
  let aheadMs = 0;
  const lines: string[] = [];

  beforeAll(async () => {
    // The log writes to the descriptor itself.
    jest.spyOn(fs, 'writeSync').mockImplementation(((_fd: number, text: string | Uint8Array) => {
      lines.push(String(text));
      return text.length;
    }) as typeof fs.writeSync);
    target = await receiver();
    harness = await serviceHarness({
      schema,
      broker: 'embedded',
      build: (urls) =>
        buildNotificationApp(
          parseConfig(NotificationConfig, {
            ...{ ...urls, ORDERBUS_KEYS: ringText, LOG_LEVEL: 'trace', WEBHOOK_ALLOWED_HOSTS: target.host, WEBHOOK_RETRY_DELAYS: '1s,1s' },
          }),
          { clock: { now: () => new Date(Date.now() + aheadMs) } },
        ),
    });
  });
  afterAll(async () => {
    await harness?.stop();
    await target.stop();
    jest.restoreAllMocks();
  });

  const everyRow = async (): Promise<unknown[]> => {
    const tables = await harness.app.database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'notification'`,
    );
    return Promise.all(tables.map(({ name }) => harness.app.database.query(`select t::text as text from "${name}" t`)));
  };
  const say = <Data>(definition: { parse: (raw: unknown) => { data: Data }; topic: string }, data: Data) =>
    harness.publish(definition as never, data as never, { aggregateId: randomUUID(), aggregateVersion: 1 });

  test('buyers, sealed or not, and what the staff writes about them, are in no call and in no table', async () => {
    const { body } = await harness.send('POST', '/webhooks', { url: `${target.origin}/all`, description: 'all', topics: ['*'] });
    await say(AmazonOrderImported, { ...example(AmazonOrderImported).data, sealedBuyer: 'v1.k1.SEALED-CANARY' });
    await say(OrderCommented, { ...example(OrderCommented).data, text: 'Ms CANARY wants it blue' });
    await say(OrderNoted, { ...example(OrderNoted).data, note: 'CANARY, 1 Elm Street' });
    await eventually(() => expect(target.at('/all')).toHaveLength(3));
    const told = JSON.stringify(target.calls.map((call) => [call.body, call.headers]));
    expect(told).toMatch(/amazon\.order\.imported.*order\.commented|order\.commented.*amazon\.order\.imported/);
    expect(told).not.toContain('CANARY');
    expect(JSON.stringify(await everyRow())).not.toContain('CANARY');
    await harness.send('DELETE', `/webhooks/${body.id}`);
  });

  test('secrets and URLs are in no table in clear, no answer, no error and no log line', async () => {
    const path = '/services/T000/B000/URL-CANARY';
    const url = `${target.origin}${path}?key=QUERY-CANARY`;
    target.answers(path, (response, call) => response.writeHead(500).end(`no: ${url} ${JSON.stringify(call.headers)}`));
    const made = await harness.send('POST', '/webhooks', { url, description: 'canary', topics: ['order.noted.v1'] });
    const rotated = await harness.send('POST', `/webhooks/${made.body.id}/secret`, {});
    const secrets = [made.body.secret, rotated.body.secret].map((secret: string) => secret.slice('whsec_'.length));
    expect(new Set(secrets).size).toBe(2);
    await say(OrderNoted, example(OrderNoted).data);
    const answers: unknown[] = [];
    await eventually(async () => {
      aheadMs += 60_000;
      const { body } = await harness.get(`/webhooks/${made.body.id}/deliveries`);
      answers.push(body);
      expect(body.items).toMatchObject([{ state: 'failed', attempts: 3 }]);
    });
    const wrong = [
      `${target.origin}0${path}`,
      `https://127.0.0.1${path}`,
      `https://me:${secrets[0]}@x.example${path}`,
      `ftp://x.example${path}`,
    ];
    for (const bad of wrong) answers.push(await harness.send('PATCH', `/webhooks/${made.body.id}`, { url: bad }));
    for (const part of ['', '/deliveries', '/replays', '/topics']) answers.push(await harness.get(`/webhooks/${made.body.id}${part}`));
    for (const part of ['/webhooks', '/alerts', '/metrics', '/audit']) answers.push(await harness.get(part));
    answers.push(await harness.send('POST', `/webhooks/${made.body.id}/test`));
    const everything = JSON.stringify([answers, await everyRow(), lines]);
    expect(lines.join('')).toContain('/webhooks');
    expect(everything).toContain('500');
    for (const canary of [...secrets, 'URL-CANARY', 'QUERY-CANARY']) expect(everything).not.toContain(canary);
  });

  test('what was heard is forgotten when its time is over, with its deliveries', async () => {
    const count = async () => (await harness.app.database.query('select 1 from heard_event')).length;
    expect(await count()).toBeGreaterThan(0);
    const now = new Date(Date.now() + aheadMs);
    expect(await purgeHeard(harness.app.database, new Date(now.getTime() - 48 * 3_600_000))).toBe(0);
    const before = await count();
    expect(await purgeHeard(harness.app.database, now)).toBe(before);
    expect(await count()).toBe(0);
    expect(await harness.app.database.query('select 1 from webhook_delivery')).toEqual([]);
  });
});
