import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSandbox, catalogue, type Sandbox } from '@orderbus/amazon-sandbox';
import { eventually, firstAdmin, type TestBroker, type TestDatabase, testBroker, testDatabase } from '@orderbus/testkit';
import { type MailServer, mailServer } from '@orderbus/testkit/mail-server';
import { type Receiver, receiver } from '@orderbus/testkit/receiver';
import { type Network, openNetwork } from '@orderbus/testkit/tcp-proxy';
import { amazonClock, untilAllIsQuiet } from './amazon-clock.ts';
import { type Environment, prepare, type ServiceProcess, startService } from './fleet.ts';
import { ask, askWith, told } from './http.ts';
import { type Installation, type ServiceName, serviceNames } from './installation.ts';
import { expectEverythingRight } from './judge.ts';
import { randomOf } from './random.ts';
import { query } from './sql.ts';
import { trafficOf } from './traffic.ts';

describe('the services, each its own process', () => {
  const running = new Map<ServiceName, ServiceProcess>();
  const clock = amazonClock();
  let database: TestDatabase;
  let broker: TestBroker;
  let toDatabase: Network;
  let toBroker: Network;
  let sandbox: Sandbox;
  let mail: MailServer;
  let integrator: Receiver;
  let environmentOf: (service: ServiceName, accessUrl: string) => Environment;
  let credential = '';
  let installation: Installation;

  const urlOf = (service: ServiceName): string => running.get(service)?.url ?? '';
  const start = async (service: ServiceName): Promise<void> => {
    running.set(service, await startService(service, environmentOf(service, urlOf('access') || 'http://127.0.0.1:1')));
    if (credential) askWith(credential, urlOf(service));
  };
  const sell = async (count: number): Promise<void> => void (await told('POST', `${sandbox.url}/sandbox/orders`, { count, answer: 'ids' }));
  const rowsIn = async (table: string): Promise<number> => (await query(database.url, `select from ${table}`)).length;
  const hasSaid = (service: ServiceName, text: RegExp): boolean => running.get(service)?.lines.some((line) => text.test(line)) ?? false;

  beforeAll(async () => {
    sandbox = buildSandbox({
      ...{ port: 0, seed: 7, ordersPerMinute: 0, initialOrders: 0, limits: 'off', visibilityLagMs: 0, financesDelayMs: 0, clock },
      feedDelayMs: { queueMs: 0, processingMs: 0 },
    });
    [database, broker, mail, integrator] = await Promise.all([testDatabase(), testBroker(), mailServer(), receiver(), sandbox.start()]);
    [toDatabase, toBroker] = await Promise.all([openNetwork(database.url), openNetwork(broker.url)]);
    const given = await prepare(toDatabase.url, { ...broker, url: toBroker.url }, sandbox);
    environmentOf = (service, accessUrl) => ({
      ...given(service, accessUrl),
      ...{ AMAZON_FEED_EVERY: '200ms', AMAZON_FEED_PATIENCE: '500ms' },
      ...{
        SMTP_URL: mail.url,
        ALERT_FROM: 'orderbus@shop.example',
        ALERT_TO: 'packing@shop.example',
        WEBHOOK_ALLOWED_HOSTS: integrator.host,
      },
    });
    installation = { sandboxUrl: sandbox.url, urlOf, databaseUrl: database.url };
    await Promise.all([toDatabase.cut(), toBroker.cut()]);
    await start('access');
    await Promise.all(serviceNames.filter((service) => service !== 'access').map(start));
  });
  afterAll(async () => {
    await Promise.all([...running.values()].map((service) => service.stop()));
    await Promise.all([toDatabase.close(), toBroker.close(), sandbox.stop(), mail.stop(), integrator.stop()]);
    await Promise.all([database.drop(), broker.drop()]);
  });

  test('wait for a database that is away at their start, say so, and come up by themselves', async () => {
    for (const service of serviceNames) {
      expect(await ask('GET', `${urlOf(service)}/live`)).toMatchObject({ status: 200 });
      expect(await ask('GET', `${urlOf(service)}/ready`)).toMatchObject({ status: 503, body: { detail: 'Failing: database' } });
      await eventually(() => expect(hasSaid(service, /waiting for the database"/)).toBe(true));
    }
    await toDatabase.restore();
    for (const service of serviceNames) {
      await eventually(async () => expect(await ask('GET', `${urlOf(service)}/ready`)).toMatchObject({ status: 200 }));
    }
    const link = await eventually(() => {
      const said = running.get('access')?.lines.find((line) => line.includes('/welcome#'));
      if (said === undefined) throw new Error('there is no link yet');
      return said;
    });
    credential = `Bearer ${(await firstAdmin(urlOf('access'), link)).key}`;
    askWith(credential, ...serviceNames.map(urlOf));
  });

  test('work without a broker, say what they wait for, and tell everything once it comes', async () => {
    for (const service of serviceNames) {
      await eventually(() => expect(hasSaid(service, /waiting for the (database of the )?broker"/)).toBe(true));
      expect((await told('GET', `${urlOf(service)}/outbox`)).brokerHealthy).toBe(false);
    }
    const shelf = catalogue.filter(({ stocked }) => stocked);
    await told(
      'PUT',
      `${urlOf('fulfillment')}/products`,
      shelf.map(({ sku, title }) => ({ sku, title })),
    );
    await told(
      'PUT',
      `${urlOf('fulfillment')}/stock`,
      shelf.map(({ sku }, index) => ({ sku, onHand: index % 13 === 0 ? 4 : 500 })),
    );
    await sell(60);
    await eventually(async () => expect((await told('GET', `${urlOf('amazon-gateway')}/outbox`)).pending).toBeGreaterThanOrEqual(60));
    expect(await rowsIn('orders.orders')).toBe(0);

    await toBroker.restore();
    clock.pass(untilAllIsQuiet);
    await expectEverythingRight(installation);
  });

  test('lose nothing and do nothing twice when one of them is killed, again and again, in the middle of 200 orders', async () => {
    for (const victim of ['order', 'fulfillment', 'order', 'billing', 'order'] as const) {
      const before = await rowsIn('orders.orders');
      await sell(40);
      clock.pass(2);
      await eventually(async () => expect(await rowsIn('orders.orders')).toBeGreaterThan(before));
      await running.get(victim)?.kill();
      await start(victim);
    }
    clock.pass(untilAllIsQuiet);
    await expectEverythingRight(installation);
  });

  /** The staff by mail, of everything and at once; and a program of every event. */
  const tellEverybody = async (): Promise<void> => {
    const targets = [{ channel: 'mail', address: 'packing@shop.example' }];
    const rules = [{ name: 'Everything', kinds: 'all', schedule: { when: 'at-once', throttleMinutes: 0 }, targets }];
    await told('PUT', `${urlOf('notification')}/rules`, { rules });
    await told('POST', `${urlOf('notification')}/webhooks`, { url: `${integrator.origin}/events`, description: 'all', topics: ['*'] });
  };

  describe('two of each', () => {
    const seconds = new Map<ServiceName, ServiceProcess>();
    beforeAll(async () => {
      await Promise.all(
        serviceNames.map(async (service) => seconds.set(service, await startService(service, environmentOf(service, urlOf('access'))))),
      );
      askWith(credential, ...[...seconds.values()].map(({ url }) => url));
      for (const { url } of seconds.values())
        await eventually(async () => expect(await ask('GET', `${url}/ready`)).toMatchObject({ status: 200 }));
    });
    afterAll(async () => {
      await Promise.all([...seconds.values()].map((service) => service.stop()));
    });

    test('ask Amazon once for each time on the schedule, and never both for the same store', async () => {
      const slow = await told('POST', `${sandbox.url}/sandbox/faults`, { kind: 'slow', delayMs: 300, operations: ['searchOrders'] });
      const scheduled = () =>
        query<{ id: string; at: Date }>(database.url, 'select store_id as id, polled_for as at from gateway.sync_cursor');
      const searches = async (): Promise<number> => (await told('GET', `${sandbox.url}/sandbox/stats`)).requests.searchOrders['200'];
      const before = await scheduled();
      const asked = await searches();
      const times = await eventually(async () => {
        const now = new Map((await scheduled()).map(({ id, at }) => [id, at.getTime()]));
        const passed = before.map(({ id, at }) => ((now.get(id) ?? 0) - at.getTime()) / 1_000);
        expect(Math.min(...passed)).toBeGreaterThanOrEqual(4);
        return passed.reduce((sum, one) => sum + one);
      });
      // Each store may be in the middle of a pass, before and after.
      expect((await searches()) - asked).toBeLessThanOrEqual(times + 2 * before.length);
      await told('DELETE', `${sandbox.url}/sandbox/faults/${slow.id}`);
      expect((await told('GET', `${sandbox.url}/sandbox/stats`)).overlaps).toEqual({});
    });

    test('write to Amazon once, and send each mail and each webhook once, while orders are shipped, canceled and paid back', async () => {
      await tellEverybody();
      let asked = 0;
      // People and programs ask now one, now the other.
      const either = (service: ServiceName): string => (asked++ % 2 === 0 ? urlOf(service) : (seconds.get(service)?.url ?? ''));
      const traffic = trafficOf({ ...installation, urlOf: either }, clock, randomOf(1, 'two of each'));
      traffic.start();
      await eventually(
        () => {
          for (const what of ['shipped', 'canceled by us', 'paid back']) expect(traffic.done).toHaveProperty(what);
        },
        { withinMs: 90_000, everyMs: 250 },
      );
      await traffic.finish();
      clock.pass(untilAllIsQuiet);
      await expectEverythingRight(installation);
      const sent = (table: string, state: string) =>
        query<{ left: number; all: number }>(
          database.url,
          // What is gathered until the full hour is not late.
          `select count(*) filter (where state <> $1 and next_attempt_at < now() + interval '1 minute')::int as left,
             count(*) filter (where state = $1)::int as all from notification.${table}`,
          [state],
        );
      for (const [table, state, received] of [
        ['delivery', 'sent', () => mail.mails.map((one) => one.header('Message-ID'))],
        ['webhook_delivery', 'delivered', () => integrator.calls.map(({ id }) => id)],
      ] as const) {
        // What is twice stays twice.
        await eventually(async () => {
          const [row = { left: 0, all: 0 }] = await sent(table, state);
          expect(row.all).toBeGreaterThan(10);
          expect({ table, left: row.left, received: received().length, different: new Set(received()).size }).toEqual({
            ...{ table, left: 0, received: row.all, different: row.all },
          });
        });
      }
    }, 180_000);

    test('lose nothing and do nothing twice when one of each is killed and nobody starts it again: the outbox has another leader', async () => {
      for (const victim of ['order', 'amazon-gateway', 'fulfillment', 'billing'] as const) {
        await sell(10);
        await running.get(victim)?.kill();
        running.set(victim, seconds.get(victim) as ServiceProcess);
      }
      for (const victim of ['notification', 'console'] as const) await seconds.get(victim)?.kill();
      clock.pass(untilAllIsQuiet);
      await expectEverythingRight(installation);
    });
  });
});
