import type { BuyerData } from '@orderbus/contracts';
import type { AuditLog, Database } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import type { NameIndex } from '../store/buyer-names.ts';
import { findBuyers } from '../store/buyer-reading.ts';
import { type AccessRequest, type BuyerField, entryOf } from './access.ts';
import { type KeptBuyer, openBuyer } from './kept-buyer.ts';
import { type MaskedBuyer, maskedOf } from './masking.ts';
import type { RetentionRules } from './retention.ts';

/** Reading from the vault. Orders that it has not heard of are missing from its answers. */
export interface Vault {
  /** What anybody may see: leaves no trace. */
  masked(orderIds: readonly string[]): Promise<ReadonlyMap<string, MaskedBuyer>>;
  /** The one way to a buyer's data. Whoever asks is on record before he is answered; whether he may is for the caller to know. */
  show(request: AccessRequest, orderIds: readonly string[]): Promise<ReadonlyMap<string, KeptBuyer>>;
  /** Without its contents. */
  find(orderId: string): Promise<Omit<KeptBuyer, 'buyer' | 'original' | 'correction'> | undefined>;
  /** See `NameIndex`. */
  tokensOf(text: string): Promise<readonly Buffer[]>;
}

export interface VaultOptions {
  readonly database: Database;
  readonly audit: AuditLog;
  readonly ring: KeyRing;
  readonly names: NameIndex;
  readonly rules: RetentionRules;
}

export const openVault = ({ database, audit, ring, names, rules }: VaultOptions): Vault => {
  const open = async (orderIds: readonly string[]): Promise<KeptBuyer[]> =>
    (await findBuyers(database, rules, orderIds)).map((row) => openBuyer(ring, row));

  return {
    masked: async (orderIds) => new Map((await open(orderIds)).map(({ orderId, buyer }) => [orderId, maskedOf(buyer)])),
    show: async ({ by, purpose, fields }, orderIds) => {
      const found = (await open(orderIds)).map((kept) => narrowed(kept, fields));
      await audit.record(
        found.map(({ orderId, tenant, buyer }) => entryOf({ action: 'shown', by, purpose, orderId, tenant, fields: Object.keys(buyer) })),
      );
      return new Map(found.map((kept) => [kept.orderId, kept]));
    },
    find: async (orderId) => {
      const [row] = await findBuyers(database, rules, [orderId]);
      if (row === undefined) return undefined;
      const { buyer: _, original: __, correction: ___, ...rest } = openBuyer(ring, row);
      return rest;
    },
    tokensOf: (text) => names.tokensOf(database, text),
  };
};

const narrowed = (kept: KeptBuyer, fields: readonly BuyerField[] | undefined): KeptBuyer => {
  if (fields === undefined) return kept;
  const asked = Object.entries(kept.buyer).filter(([field]) => fields.includes(field as BuyerField));
  const buyer = Object.fromEntries(asked) as BuyerData;
  return fields.includes('recipient') ? { ...kept, buyer } : { ...kept, buyer, original: undefined, correction: undefined };
};
