import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { askJson } from '@orderbus/setup';
import { eventually, type FirstAdmin, firstAdmin, type TestDatabase, testDatabase } from '@orderbus/testkit';
import { buildSystem, type System } from '../src/system.ts';

let dataFolder: string;
let database: TestDatabase;

beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'orderbus-system-'));
  database = await testDatabase();
});

afterAll(async () => {
  await database.drop();
  await rm(dataFolder, { recursive: true });
});

const systems: System[] = [];
let link = '';
let admin: FirstAdmin | undefined;

afterEach(async () => {
  for (const one of systems.splice(0)) await one.stop();
});

/** A shop that gets no further orders by itself. */
const startSystem = async (): Promise<System> => {
  const system = buildSystem({
    dataFolder,
    port: 0,
    databaseUrl: database.url,
    databaseSecret: 'test',
    sandbox: { initialOrders: 40, ordersPerMinute: 0 },
    environment: { AMAZON_POLL_CRON: '* * * * * *', RATE_LIMIT_PER_MINUTE: '100000' },
    logLevel: 'error',
    show: (text) => {
      link = text;
    },
  });
  systems.push(system);
  await system.start();
  admin ??= await firstAdmin(urlOf(system, 'access'), link);
  return system;
};

const urlOf = (running: System, name: string): string => running.services.find((service) => service.name === name)?.url ?? '';

/** An order that is kept keeps its id and its number. */
const identity = ({ id, number }: Orders['items'][number]): string => `${number} ${id}`;

interface Orders {
  items: { id: string; amazonOrderId: string; number: string; status: string }[];
}

const ordersOf = async (running: System): Promise<Orders['items']> =>
  (await askJson<Orders>(`${urlOf(running, 'order')}/orders?limit=200`, { authorization: `Bearer ${admin?.key}` })).items;

/** What the sandbox has sold, and when. */
const worldOf = (running: System): string[] =>
  [...(running.sandbox?.world.orders.all() ?? [])].map(({ orderId, createdTime }) => `${orderId} ${createdTime}`).sort();

/** Every order of the merchant that Amazon has released, and every one that Amazon has shipped itself. */
const expectedOf = (running: System): string[] =>
  [...(running.sandbox?.world.orders.all() ?? [])]
    .filter((order) => ['UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED'].includes(order.status))
    .filter((order) => order.fulfilledBy === 'MERCHANT' || order.status === 'SHIPPED')
    .map((order) => order.orderId);

describe('the whole of Orderbus in one process', () => {
  test('imports what the sandbox shows, and keeps it over a stop and a start', async () => {
    const first = await startSystem();
    const imported = await eventually(async () => {
      const orders = await ordersOf(first);
      expect(orders.map((order) => order.amazonOrderId)).toEqual(expect.arrayContaining(expectedOf(first)));
      // Stock has answered for each of them: what listens was there before the gateway spoke.
      expect(orders.filter((order) => order.status === 'new')).toEqual([]);
      return orders;
    });
    expect(imported.length).toBeGreaterThan(20);
    expect(imported.map((order) => order.status)).toEqual(expect.arrayContaining(['processing', 'complete']));
    const world = worldOf(first);
    await first.stop();

    const second = await startSystem();
    const kept = (await ordersOf(second)).map(identity);
    expect(kept).toEqual(expect.arrayContaining(imported.map(identity)));
    expect(new Set(kept).size).toBe(kept.length);
    expect(worldOf(second)).toEqual(world);
  });

  test('has one place for people, who sign in and then see all that they may', async () => {
    const running = await startSystem();
    const asked = (headers: Record<string, string>) => fetch(`${running.url}/api/session`, { headers });
    const strangers = await asked({});
    expect([strangers.status, strangers.headers.get('x-sign-in')]).toEqual([
      401,
      `${urlOf(running, 'access')}/sign-in?next=${encodeURIComponent(running.url)}`,
    ]);
    const cookie = admin?.cookie ?? '';
    expect(await (await asked({ cookie })).json()).toMatchObject({
      person: { name: 'Mara' },
      stores: '*',
      sandboxUrl: running.sandbox?.url,
    });
    for (const { name, url } of running.services.filter((service) => service.name !== 'console')) {
      const by = (base: string, headers: Record<string, string>) => fetch(`${base}/outbox`, { headers });
      const answer = await by(`${running.url}/api/services/${name}`, { cookie });
      expect([name, answer.status, Object.keys((await answer.json()) as object)]).toEqual([
        ...[name, 200],
        Object.keys((await (await by(url, { authorization: `Bearer ${admin?.key}` })).json()) as object),
      ]);
    }
  });
});
