import { documentIdOf } from '@orderbus/kernel';
import { aggregates, recordAudit, type Target, type Transaction } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { entryOf, type NewAccess } from '../vault/access.ts';
import type { VaultCommand } from '../vault/commands.ts';
import { decideWith } from '../vault/decide.ts';
import type { NameIndex } from './buyer-names.ts';
import { buyerVaultEntity } from './buyer-vault-entity.ts';
import { customerKeys } from './customer-keys.ts';
import { forgetCustomers } from './customers.ts';

/** Buyers, apart from their orders, each under a key of its own: an order's row, its entries in the name index, and what people did with it. */
export const buyerVault = (ring: KeyRing, names: NameIndex): Target<VaultCommand> => {
  const keysFor = customerKeys(ring);
  return aggregates({
    name: 'buyer-vault',
    entity: buyerVaultEntity,
    decide: decideWith(ring),
    context: async (tx, items) => {
      const wordsOf = new Map<string, readonly string[]>();
      const accesses: NewAccess[] = [];
      return {
        context: {
          findBy: (orderId, words) => void wordsOf.set(orderId, words),
          note: (access) => void accesses.push(access),
          customerKeyOf: await keysFor(tx, items),
        },
        finish: async () => {
          await names.replace(tx, wordsOf);
          await forgetCustomers(
            tx,
            accesses.filter(({ action }) => action === 'purged').map(({ orderId }) => orderId),
          );
          await recordAudit(tx, accesses.map(entryOf));
        },
      };
    },
  });
};

/** The vault counts its own events of an order, beside those of the order itself. */
export const vaultIdOf = (orderId: string): string => documentIdOf(orderId, 'buyer');

/** 0 where nothing is known yet. Whoever changes it meanwhile waits. */
export const lockVersion = async (tx: Transaction, vaultId: string): Promise<number> => {
  const rows: { version: number }[] = await tx.query('select version from buyer_vault where id = $1 for update', [vaultId]);
  return rows[0]?.version ?? 0;
};
