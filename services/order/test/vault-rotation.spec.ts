import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generateKey, keyRing, rotate } from '@orderbus/service-kit';
import { sealedColumns } from '../src/app.ts';
import { openBuyer, type StoredBuyer } from '../src/vault/kept-buyer.ts';
import { aBuyer, another, type VaultHarness, vaultHarness } from './vault-harness.ts';

let vault: VaultHarness;
beforeAll(async () => {
  vault = await vaultHarness();
});
afterAll(() => vault.stop());

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
  const newKey = `new:${generateKey()}`;
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
