import type { SealedColumn } from '@orderbus/service-kit';
import { keyContextOf } from '../vault/order-key.ts';
import { secretContextOf } from './vault-secret.ts';

/**
 * What is sealed with the ring itself, and for what. The contents are not: they are sealed with the orders' keys, which are. Dead letters
 * hold buyers as the gateway has sealed them.
 */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'buyer_vault', id: 'order_id', idType: 'uuid', column: 'wrapped_key', contextOf: keyContextOf },
  { table: 'vault_secret', id: 'name', idType: 'text', column: 'sealed', contextOf: secretContextOf },
  { table: 'dead_letter', idType: 'bigint', column: 'payload', within: 'bytes', context: 'key', contextOf: (orderId) => orderId },
];
