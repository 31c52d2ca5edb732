import { EntitySchema } from 'typeorm';
import type { VaultRow } from '../vault/vault-row.ts';

export const buyerVaultEntity = new EntitySchema<VaultRow>({
  name: 'buyer-vault',
  tableName: 'buyer_vault',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    orderId: { name: 'order_id', type: 'uuid' },
    wrappedKey: { name: 'wrapped_key', type: 'text', nullable: true },
    sealed: { type: 'text', nullable: true },
    sealedVersion: { name: 'sealed_version', type: 'int' },
    arrived: { type: 'text', nullable: true },
    correction: { type: 'text', nullable: true },
    factsVersion: { name: 'facts_version', type: 'int' },
    purchasedAt: { name: 'purchased_at', type: 'timestamptz' },
    shipBy: { name: 'ship_by', type: 'timestamptz', nullable: true },
    deliverBy: { name: 'deliver_by', type: 'timestamptz', nullable: true },
    deliveredAt: { name: 'delivered_at', type: 'timestamptz', nullable: true },
    canceledAt: { name: 'canceled_at', type: 'timestamptz', nullable: true },
    customerKey: { name: 'customer_key', type: 'text', nullable: true },
    addressIssues: { name: 'address_issues', type: 'jsonb', nullable: true },
    legalHold: { name: 'legal_hold', type: 'jsonb', nullable: true },
    purgedAt: { name: 'purged_at', type: 'timestamptz', nullable: true },
    purgeReason: { name: 'purge_reason', type: 'text', nullable: true },
  },
});
