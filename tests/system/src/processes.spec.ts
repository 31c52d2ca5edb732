import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSandbox, catalogue, type Sandbox } from '@orderbus/amazon-sandbox';
import { eventually, firstAdmin, type TestBroker, type TestDatabase, testBroker, testDatabase } from '@orderbus/testkit';
import { type Network, openNetwork } from '@orderbus/testkit/tcp-proxy';
import { amazonClock, untilAllIsQuiet } from './amazon-clock.ts';
import { type Environment, prepare, type ServiceProcess, startService } from './fleet.ts';
import { ask, askWith, told } from './http.ts';
import { expectEverythingRight, type Installation, type ServiceName, serviceNames } from './judge.ts';
import { query } from './sql.ts';

describe('the services, each its own process', () => {
  const running = new Map<ServiceName, ServiceProcess>();
  const clock = amazonClock();
  let database: TestDatabase;
  let broker: TestBroker;
  let toDatabase: Network;
  let toBroker: Network;
  let sandbox: Sandbox;
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
    sandbox = buildSandbox({ port: 0, seed: 7, ordersPerMinute: 0, initialOrders: 0, limits: 'off', visibilityLagMs: 0, clock });
    [database, broker] = await Promise.all([testDatabase(), testBroker(), sandbox.start()]);
    [toDatabase, toBroker] = await Promise.all([openNetwork(database.url), openNetwork(broker.url)]);
    environmentOf = await prepare(toDatabase.url, { ...broker, url: toBroker.url }, sandbox);
    installation = { sandboxUrl: sandbox.url, urlOf, databaseUrl: database.url };
    await Promise.all([toDatabase.cut(), toBroker.cut()]);
    await start('access');
    await Promise.all(serviceNames.filter((service) => service !== 'access').map(start));
  });
  afterAll(async () => {
    await Promise.all([...running.values()].map((service) => service.stop()));
    await Promise.all([toDatabase.close(), toBroker.close(), sandbox.stop()]);
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

  describe('two of each', () => {
    const seconds = new Map<ServiceName, ServiceProcess>();
    beforeAll(async () => {
      for (const service of serviceNames) seconds.set(service, await startService(service, environmentOf(service, urlOf('access'))));
      askWith(credential, ...[...seconds.values()].map(({ url }) => url));
      for (const { url } of seconds.values())
        await eventually(async () => expect(await ask('GET', `${url}/ready`)).toMatchObject({ status: 200 }));
    });
    afterAll(async () => {
      await Promise.all([...seconds.values()].map((service) => service.stop()));
    });

    test('ask Amazon once for each time on the schedule', async () => {
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
    });

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
