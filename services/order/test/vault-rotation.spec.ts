import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { AmazonOrderImported } from '@orderbus/contracts';
import { generateKey, keyRing, rotate } from '@orderbus/service-kit';
import { eventually } from '@orderbus/testkit';
import { sealedColumns } from '../src/app.ts';
import { openBuyer, type StoredBuyer } from '../src/vault/kept-buyer.ts';
import { message } from './builders.ts';
import { aBuyer, another, type VaultHarness, vaultHarness } from './vault-harness.ts';

const newKey = `new:${generateKey()}`;
let vault: VaultHarness;
let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'orderbus-keys-'));
  file = join(folder, 'keys');
  const keys = `test:${generateKey()}`;
  await writeFile(file, keys);
  const patience = { RETRY_DELAYS: '100ms,200ms,400ms,5s,10s', LOG_LEVEL: 'silent' };
  vault = await vaultHarness({ ...patience, ORDERBUS_KEYS: keys, ORDERBUS_KEYS_FILE: file, ORDERBUS_KEYS_EVERY: '1h' });
});
afterAll(async () => {
  await vault.stop();
  await rm(folder, { recursive: true });
});

const sealAnewWith = async (keys: string) => {
  const results = await rotate({ database: vault.app.database, ring: keyRing(keys), columns: sealedColumns, everyMs: 50 });
  return results.map(({ table, sealed, current, unopened }) => [table, sealed, current, unopened.get('test') ?? 0]);
};

/** As it lies there when a message could not be handled; the second one is no message of ours at all. */
const leaveLetters = async (orderId: string): Promise<void> => {
  const sealedBuyer = vault.ring.seal(aBuyer(), orderId);
  const strange = Buffer.concat([Buffer.from([0, 0xff, 0x22]), Buffer.from(`"v1.test.${'A'.repeat(16)}.${'B'.repeat(30)}" no JSON`)]);
  for (const payload of [Buffer.from(JSON.stringify({ data: { orderId, sealedBuyer } })), strange])
    await vault.rows(
      `insert into dead_letter (message_id, topic, key, reason, attempts, headers, payload, first_seen_at)
       values ($1, 'amazon.order.updated.v1', $2, 'error', 6, '{}', $3, now())`,
      randomUUID(),
      orderId,
      payload,
    );
};
const letters = () => vault.rows<{ payload: Buffer }>('select payload from dead_letter order by id');

test('a new key wraps the keys of the orders anew, and leaves what they have sealed and the name index as they are', async () => {
  const shown = { snapshot: another(), buyer: aBuyer() };
  await vault.show(shown, { snapshot: another(), buyer: aBuyer() }, { snapshot: another() });
  await leaveLetters(shown.snapshot.orderId);
  const untouched = () =>
    Promise.all([vault.rows('select sealed from buyer_vault order by id'), vault.rows('select * from buyer_name_index order by 1, 2')]);
  const before = await untouched();
  const [, strange] = await letters();

  expect(await sealAnewWith(newKey)).toEqual([
    ['buyer_vault', 0, 0, 2],
    ['vault_secret', 0, 0, 1],
    ['dead_letter', 0, 0, 2],
  ]);
  expect(await sealAnewWith(`${newKey},${vault.keys}`)).toEqual([
    ['buyer_vault', 2, 0, 0],
    ['vault_secret', 1, 0, 0],
    ['dead_letter', 1, 1, 0],
  ]);
  expect(await untouched()).toEqual(before);
  const ring = keyRing(newKey);
  const kept = await vault.rows<StoredBuyer>(
    `select order_id as "orderId", wrapped_key as "wrappedKey", sealed, correction, purged_at as "purgedAt" from buyer_vault where sealed is not null`,
  );
  expect(kept.map((row) => openBuyer(ring, row).buyer)).toEqual([aBuyer(), aBuyer()]);
  const [letter, same] = await letters();
  expect(ring.open(JSON.parse(letter?.payload.toString() ?? '').data.sealedBuyer, shown.snapshot.orderId)).toEqual(aBuyer());
  expect(same).toEqual(strange);
});

test('a buyer who was sealed with a key that is not there yet waits for it, and no order is lost', async () => {
  const newer = `newer:${generateKey()}`;
  const snapshot = another();
  const sealedBuyer = keyRing(newer).seal(aBuyer(), snapshot.orderId);
  const { event, definition } = message(AmazonOrderImported, { ...snapshot, sealedBuyer, buyerData: 'present' }, 1);
  await vault.publishAll([{ definition, event }]);
  const kept = () => vault.rows('select sealed from buyer_vault where order_id = $1 and sealed is not null', snapshot.orderId);
  await eventually(async () => expect(await (await vault.fetch('/metrics')).text()).toMatch(/outcome="retry"/));
  expect(await kept()).toEqual([]);
  // Handed out, and in use by nobody yet: it opens at once.
  await writeFile(file, `${vault.keys},${newKey},${newer}`);
  await eventually(async () => expect(await kept()).toHaveLength(1));
  expect(await vault.rows(`select from dead_letter where topic = 'amazon.order.imported.v1'`)).toEqual([]);
});
