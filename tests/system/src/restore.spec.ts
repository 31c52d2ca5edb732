import { execFile } from 'node:child_process';
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually, type TestDatabase, testDatabase } from '@orderbus/testkit';
import { told } from './http.ts';
import { expectEverythingRight } from './judge.ts';
import { openShop, type Shop, type ShopOptions } from './shop.ts';
import { query } from './sql.ts';

const command = fileURLToPath(new URL('../../../deploy/setup/src/backup/main.ts', import.meta.url));
const germany = 'A1PA6795UKMFR9';
const options: ShopOptions = {
  sandbox: { limits: 'off', visibilityLagMs: 0, feedDelayMs: { queueMs: 0, processingMs: 0 } },
  environment: { AMAZON_FEED_EVERY: '200ms', AMAZON_FEED_PATIENCE: '500ms', AMAZON_READ_BACK_DELAYS: '200ms,500ms' },
};

let shop: Shop;
let folder = '';
let target: TestDatabase;
let dataFolder = '';

beforeAll(async () => {
  [shop, target, folder] = await Promise.all([openShop(options), testDatabase(), mkdtemp(join(tmpdir(), 'orderbus-backup-'))]);
  dataFolder = shop.dataFolder;
});
afterAll(async () => {
  await shop?.stop();
  await target?.drop();
  for (const path of [folder, dataFolder].filter(Boolean)) await rm(path, { recursive: true, force: true });
});

const run = (databaseUrl: string, args: readonly string[], keysFile = join(dataFolder, 'keys')) =>
  new Promise<{ code: unknown; said: string }>((resolve) => {
    const { PATH, PG_BIN, NODE_COMPILE_CACHE } = process.env;
    const env = { PATH, PG_BIN, NODE_COMPILE_CACHE, ADMIN_DATABASE_URL: databaseUrl, ORDERBUS_KEYS_FILE: keysFile };
    execFile(process.execPath, [command, ...args], { env }, (error, out, err) => resolve({ code: error?.code ?? 0, said: out + err }));
  });

interface Order {
  readonly id: string;
  readonly amazonOrderId: string;
  readonly lines: readonly { readonly lineId: string }[];
}

const sold = async (): Promise<Order> => {
  const wish = { fulfilledBy: 'MERCHANT', fulfillmentStatus: 'UNSHIPPED', programs: [], marketplaceId: germany, live: false };
  const [amazonOrderId = ''] = await shop.sell({ ...wish, lines: [{ sku: 'SKU-TOWEL-3', quantity: 1 }] });
  await shop.sync();
  return eventually(async () => {
    const order = await shop.order(amazonOrderId);
    expect(order).toMatchObject({ state: 'processing' });
    expect((await shop.get('fulfillment', `/orders/${order.id}/shipping`)).ship).toEqual({ allowed: true });
    return order as Order;
  });
};
const ship = async ({ id, lines }: Order): Promise<void> => {
  const packages = [{ carrier: 'dhl', trackingNumber: `JD-${id.slice(-8)}`, lines: [{ lineId: lines[0]?.lineId, quantity: 1 }] }];
  const { status, body } = await shop.send('fulfillment', 'POST', '/shipments', { orderId: id, packages });
  expect([status, body]).toEqual([201, expect.anything()]);
};
const switchStore = async (readOnly: boolean): Promise<void> => {
  expect((await shop.send('amazon-gateway', 'PATCH', '/stores/demo-eu', { readOnly })).status).toBe(200);
};
/** What Amazon was told to do, in its own words, oldest first. */
const writes = async (): Promise<string[]> => {
  const { entries } = await told('GET', `${shop.sandboxUrl}/sandbox/ledger?limit=10000`);
  return entries.map(({ operation, orderId, effect }: Record<string, string>) => `${operation} ${orderId} ${effect}`);
};
const confirmed = ({ amazonOrderId }: Order): string => `confirmShipment ${amazonOrderId} created`;
const commandsOf = async (where: string): Promise<number> =>
  (await query(shop.databaseUrl, `select from gateway.amazon_command where ${where}`)).length;

test('what a backup under load holds comes back read-only, catches up with Amazon, and sends nothing twice when it goes live', async () => {
  const [before, waiting, later] = [await sold(), await sold(), await sold()];
  await ship(before);
  await eventually(async () => expect(await writes()).toContain(confirmed(before)));

  // At the moment of the backup one parcel waits to be told; it is told after it.
  await switchStore(true);
  await ship(waiting);
  await eventually(async () => expect(await commandsOf(`state = 'pending' and kind = 'shipment'`)).toBe(1));
  let selling = true;
  const load = (async () => {
    while (selling) {
      await shop.sell({ count: 3, live: false });
      await shop.sync();
    }
  })();
  const backup = join(folder, 'good');
  const taken = await run(shop.databaseUrl, ['backup', '--to', backup]);
  selling = false;
  await load;
  expect(taken).toEqual({ code: 0, said: expect.stringMatching(/: 7 schemas, \d+ rows, .*data keys are not in it/s) });
  const keys = await readFile(join(dataFolder, 'keys'), 'utf8');
  expect(await readFile(join(backup, 'manifest.json'), 'utf8')).not.toContain(keys.trim().split(':')[1]);

  await switchStore(false);
  await ship(later);
  await shop.sell({ count: 10, live: false });
  await eventually(async () => expect(await writes()).toEqual(expect.arrayContaining([waiting, later].map(confirmed))));
  await eventually(async () => expect(await commandsOf(`state in ('pending', 'sending', 'unknown')`)).toBe(0));
  const written = await writes();
  const { admin } = shop;
  await shop.fall();

  await expectRefusals(backup, keys);
  const restored = await run(target.url, ['restore', '--from', backup]);
  expect(restored).toEqual({ code: 0, said: expect.stringMatching(/Restored as of .*: \d+ rows, as many as there were\. \d{2,} events/) });
  const twice = await run(target.url, ['restore', '--from', backup]);
  expect(twice).toEqual({ code: 1, said: expect.stringMatching(/^backup.target-not-empty .*gateway/) });

  shop = await openShop({ ...options, databaseUrl: target.url, earlier: { dataFolder, admin } });
  const installation = () => shop.get('amazon-gateway', '/installation');
  expect(await installation()).toMatchObject({ readOnly: true, needsConfirmation: true, reason: 'copied-database' });
  await shop.lookAtAmazon();
  await expectEverythingRight(shop, { restored: true });
  expect(await writes()).toEqual(written);
  expect(await commandsOf(`state = 'pending'`)).toBeGreaterThan(0);

  await shop.send('amazon-gateway', 'POST', '/installation/confirm');
  expect(await installation()).toMatchObject({ readOnly: false, needsConfirmation: false });
  // What Amazon's orders show is found there; of a document a person has to say.
  await eventually(async () =>
    expect(await commandsOf(`state in ('pending', 'sending') or state = 'unknown' and kind not in ('invoice', 'refund')`)).toBe(0),
  );
  expect(await commandsOf(`kind = 'shipment' and state = 'done' and read_back ->> 'result' = 'found'`)).toBe(1);
  await expectEverythingRight(shop, { restored: true });
  expect(await writes()).toEqual(written);

  // What a person had switched stays switched.
  await switchStore(false);
  const next = await sold();
  await ship(next);
  await eventually(async () => expect(await writes()).toContain(confirmed(next)));
  expect((await writes()).filter((write) => write === confirmed(waiting))).toHaveLength(1);
}, 600_000);

/** Each before anything is changed, with the name of the thing. */
const expectRefusals = async (backup: string, keys: string): Promise<void> => {
  const refused = async (change: (copy: string) => Promise<void>, keysFile?: string) => {
    const copy = await mkdtemp(join(folder, 'bad-'));
    await cp(backup, copy, { recursive: true });
    await change(copy);
    const { code, said } = await run(target.url, ['restore', '--from', copy], keysFile);
    expect(code).toBe(1);
    return said;
  };
  const inManifest = (change: (manifest: { version: string }) => void) => async (copy: string) => {
    const manifest = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8'));
    change(manifest);
    await writeFile(join(copy, 'manifest.json'), JSON.stringify(manifest));
  };
  const otherKeys = join(folder, 'other-keys');
  await writeFile(otherKeys, `${keys.split(':')[0]}:${Buffer.alloc(32, 'canary').toString('base64')}`);
  expect(await refused((copy) => appendFile(join(copy, 'orderbus.dump'), 'x'))).toMatch(/^backup.damaged .*orderbus\.dump/);
  expect(await refused((copy) => rm(join(copy, 'manifest.json')))).toMatch(/^backup.incomplete .*manifest\.json/);
  expect(await refused(inManifest((manifest) => (manifest.version = '7.0.0')))).toMatch(/^backup.other-version .*7\.0\.0/);
  expect(await refused(async () => {}, otherKeys)).toMatch(/^backup.other-keys .*buyers k1/);
  expect(await query(target.url, `select from pg_namespace where nspname = 'gateway'`)).toEqual([]);
};
