import { createHmac } from 'node:crypto';
import type { Item, Transaction } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { orderSettings } from './order-settings.ts';
import { vaultSecret } from './vault-secret.ts';

/** What a buyer's account is known by, in a table that holds no e-mail address. Null: without one, or in a store that keeps no accounts. */
export type CustomerKeyOf = (tenant: string, email: string | undefined) => string | null;

/** For the stores of this batch; where none of them keeps accounts, nothing is hashed at all. */
export const customerKeys = (ring: KeyRing): ((tx: Transaction, items: readonly Item<unknown>[]) => Promise<CustomerKeyOf>) => {
  const secret = vaultSecret(ring, 'customer-index');
  return async (tx, items) => {
    const tenants = [...new Set(items.map(({ cause }) => cause.tenant))];
    const settingsOf = await orderSettings.book(tx, tenants);
    const keepsAccounts = (tenant: string): boolean => settingsOf(tenant).customerAccounts === 'account';
    if (!tenants.some(keepsAccounts)) return () => null;
    const key = await secret((sql, parameters) => tx.query(sql, parameters));
    return (tenant, email) => (email === undefined || !keepsAccounts(tenant) ? null : hashed(key, email));
  };
};

const hashed = (key: Buffer, email: string): string =>
  createHmac('sha256', key).update(email.normalize('NFKC').trim().toLowerCase()).digest('base64url');
