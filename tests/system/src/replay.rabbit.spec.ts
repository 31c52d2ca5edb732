import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectBroker } from '@orderbus/messaging';
import { durationMs } from '@orderbus/service-kit';
import { declareQueues } from '@orderbus/setup';
import { eventually, type TestVhost, testVhost } from '@orderbus/testkit';
import { complaintsAbout, expectEverythingRight } from './judge.ts';
import { openShop, quickRetries, type Shop } from './shop.ts';
import { query } from './sql.ts';

const command = fileURLToPath(new URL('../../../deploy/setup/src/replay/main.ts', import.meta.url));
let vhost: TestVhost;
let shop: Shop;

beforeAll(async () => {
  vhost = await testVhost();
  shop = await openShop({ brokerUrl: vhost.url, brokerManagementUrl: vhost.managementUrl, sandbox: { limits: 'off', visibilityLagMs: 0 } });
});
afterAll(async () => {
  await shop?.stop();
  await vhost?.drop();
});

const replay = (...args: readonly string[]) =>
  new Promise<{ code: unknown; said: string }>((resolve) => {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const env = { PATH, NODE_COMPILE_CACHE, ADMIN_DATABASE_URL: shop.databaseUrl, BROKER_URL: vhost.url };
    execFile(process.execPath, [command, ...args], { env }, (error, out, err) => resolve({ code: error?.code ?? 0, said: out + err }));
  });

const sell = async (): Promise<void> => {
  await shop.sell({ count: 4, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], live: false });
  await shop.lookAtAmazon();
};

/** Everything was published, whether or not somebody got it. */
const untilAllIsTold = (): Promise<void> =>
  eventually(async () => {
    const [row] = await query<{ n: number }>(
      shop.databaseUrl,
      'select ((select count(*) from orders.outbox) + (select count(*) from gateway.outbox) + 8 - (select count(*) from orders.orders))::int as n',
    );
    expect(row?.n).toBe(0);
  });

test('what was in a queue that somebody deleted comes back from the event logs, once', async () => {
  await sell();
  await expectEverythingRight(shop);
  expect(await replay('--dry')).toEqual({ code: 0, said: '0 events were never taken\n' });

  await vhost.deleteQueue('orderbus.fulfillment');
  await sell();
  await untilAllIsTold();
  const setup = connectBroker(vhost.url, { name: 'setup' });
  await setup.start();
  await declareQueues(
    setup,
    quickRetries.split(',').map((delay) => durationMs().parse(delay)),
  );
  await setup.stop();
  expect((await complaintsAbout(shop)).join()).toContain('was never taken by fulfillment.');

  const counted = await replay('--dry', '--to', 'fulfillment');
  expect(counted).toMatchObject({ code: 1, said: expect.stringMatching(/fulfillment +4 {2}order\.created\.v1 of order/) });
  expect(await replay('--to', 'fulfillment')).toMatchObject({ code: 0, said: expect.stringContaining('events were delivered') });
  await expectEverythingRight(shop);

  // Whoever has had it has no use for it.
  expect(await replay('--all', '--to', 'fulfillment')).toMatchObject({ code: 0 });
  await expectEverythingRight(shop);
  expect((await replay('--dry')).code).toBe(0);
});
