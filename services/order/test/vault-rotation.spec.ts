import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generateKey, keyRing } from '@orderbus/service-kit';
import { openBuyer, type StoredBuyer } from '../src/vault/kept-buyer.ts';
import { aBuyer, another, type VaultHarness, vaultHarness } from './vault-harness.ts';

const program = fileURLToPath(new URL('../src/rotate-keys/main.ts', import.meta.url));

let vault: VaultHarness;
beforeAll(async () => {
  vault = await vaultHarness();
});
afterAll(() => vault.stop());

const rotate = async (keys: string): Promise<{ code: number; stdout: string; stderr: string }> => {
  const env = { ...process.env, DATABASE_URL: vault.urls.DATABASE_URL, ORDERBUS_KEYS: keys };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [program], { env })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
};

test('a new key wraps the keys of the orders anew, and leaves what they have sealed and the name index as they are', async () => {
  const newKey = `new:${generateKey()}`;
  await vault.show({ snapshot: another(), buyer: aBuyer() }, { snapshot: another(), buyer: aBuyer() }, { snapshot: another() });
  const untouched = () =>
    Promise.all([vault.rows('select sealed from buyer_vault order by id'), vault.rows('select * from buyer_name_index order by 1, 2')]);
  const before = await untouched();

  const missing = await rotate(newKey);
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('buyer_vault: 2 cannot be opened, their key is not among ORDERBUS_KEYS');

  expect(await rotate(`${newKey},${vault.keys}`)).toMatchObject({
    code: 0,
    stdout: 'buyer_vault: 2 wrapped anew, 0 were already\nvault_secret: 1 wrapped anew, 0 were already\n',
  });
  expect(await untouched()).toEqual(before);
  const kept = await vault.rows<StoredBuyer>(
    `select order_id as "orderId", wrapped_key as "wrappedKey", sealed, correction, purged_at as "purgedAt" from buyer_vault where sealed is not null`,
  );
  expect(kept.map((row) => openBuyer(keyRing(newKey), row).buyer)).toEqual([aBuyer(), aBuyer()]);
});
