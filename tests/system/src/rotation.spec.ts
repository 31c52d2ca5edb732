import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { buildOrderApp, OrderConfig } from '@orderbus/order';
import { provision } from '@orderbus/outbox';
import { generateKey, keyRing, parseConfig, type Service } from '@orderbus/service-kit';
import { residents, tenancyOf } from '@orderbus/setup';
import { changeKeys, dropKeys, filePlace, type KeyPlace, queriesAt, rings } from '@orderbus/setup/keys';
import { eventually } from '@orderbus/testkit';
import { type AmazonClock, amazonClock, untilAllIsQuiet } from './amazon-clock.ts';
import { expectEverythingRight } from './judge.ts';
import { databaseSecret } from './migrated.ts';
import { openShop, quickRetries, type Shop } from './shop.ts';
import { query } from './sql.ts';

const everyMs = 100;
const holders = rings.flatMap((ring) => ring.holders);

let clock: AmazonClock;
let folder: string;
let file: string;
let shop: Shop;
let replica: Service;
let place: KeyPlace;

beforeAll(async () => {
  clock = amazonClock();
  folder = await mkdtemp(join(tmpdir(), 'orderbus-keys-'));
  file = join(folder, 'keys');
  await writeFile(file, `k1:${generateKey()}`);
  const keys = { ORDERBUS_KEYS_FILE: file, ORDERBUS_KEYS_EVERY: String(everyMs) };
  shop = await openShop({ sandbox: { clock }, environment: keys });
  place = {
    ...{ ...filePlace(file), name: 'all', holders },
    withQueries: ({ schema }, work) => queriesAt(shop.databaseUrl, schema, work),
  };
  const urls = await provision({
    ...{ adminUrl: shop.databaseUrl, secret: databaseSecret },
    tenancies: [...residents.map(tenancyOf), { schema: 'broker', role: 'orderbus_broker', audited: false }],
  });
  replica = buildOrderApp(
    parseConfig(OrderConfig, {
      ...{ ...keys, DATABASE_URL: urls.orders, BROKER_URL: urls.broker, DATABASE_CONNECTIONS: '4', RETRY_DELAYS: quickRetries },
      ...{ ACCESS_URL: shop.urlOf('access'), LOG_LEVEL: 'error' },
    }),
  );
  await replica.start();
  await replica.ready();
});
afterAll(async () => {
  await replica?.stop();
  await shop?.stop();
  await rm(folder, { recursive: true });
});

/** Everything that all services keep sealed, opened with these keys and no others. */
const openEverything = async (keys: string): Promise<Record<string, number>> => {
  const ring = keyRing(keys);
  const counts: Record<string, number> = {};
  for (const { schema, keys: own } of holders) {
    for (const { table, column, id = 'id', context = id, contextOf, within } of own.sealed) {
      const rows = await query<{ context: string; text: string }>(
        shop.databaseUrl,
        `select ${context}::text as context, ${within === 'bytes' ? `encode(${column}, 'escape')` : `${column}::text`} as text
         from ${schema}.${table} where ${column} is not null`,
      );
      const values = rows.flatMap((row) =>
        [...row.text.matchAll(/v1\.[\w-]{1,32}\.[\w-]{16}\.[\w-]{22,}/g)].map(([sealed]) => ring.open(sealed, contextOf(row.context))),
      );
      counts[`${schema}.${table}`] = values.length;
    }
  }
  return counts;
};

test('data keys change twice while orders come in and two instances of order work: nothing is lost, and everything opens', async () => {
  let selling = true;
  const load = (async () => {
    while (selling) {
      await shop.sell({ count: 4 });
      clock.pass(2);
      await shop.sync();
    }
  })();
  const arrived = async (): Promise<number> =>
    (await query(shop.databaseUrl, 'select from orders.buyer_vault where sealed is not null')).length;
  for (const [round, ids] of [
    ['k2', 'k1'],
    ['k3', 'k2', 'k1'],
  ].entries()) {
    await eventually(async () => expect(await arrived()).toBeGreaterThan(10 * (round + 1)));
    await changeKeys({ place, everyMs, say: () => {} });
    expect((await place.keys()).split(',').map((entry) => entry.split(':')[0])).toEqual(ids);
  }
  selling = false;
  await load;
  clock.pass(untilAllIsQuiet);
  await expectEverythingRight(shop);

  await dropKeys({ place, everyMs, say: () => {} }, { anyway: true });
  const last = (await readFile(file, 'utf8')).trim();
  expect(last).toMatch(/^k3:[^,]+$/);
  const opened = await openEverything(last);
  expect(opened).toMatchObject({ 'gateway.store': 3, 'orders.vault_secret': expect.any(Number), 'access.signing_key': expect.any(Number) });
  expect(Math.min(opened['orders.buyer_vault'] ?? 0, opened['gateway.event_log'] ?? 0)).toBeGreaterThan(20);
  // And on it goes, with the one key that is left.
  const before = await arrived();
  // Of those that are pending, Amazon does not tell who bought them.
  await shop.sell({ count: 4, fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], live: false });
  await shop.sync();
  await eventually(async () => expect(await arrived()).toBeGreaterThanOrEqual(before + 4));
  await openEverything(last);
});
