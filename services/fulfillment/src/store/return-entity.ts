import { EntitySchema } from 'typeorm';
import type { Return } from '../domain/returns.ts';

export interface ReturnRow extends Return {
  readonly id: string;
  readonly orderId: string;
  readonly tenant: string;
}

/** `created_at` is the database's. */
export const ReturnEntity = new EntitySchema<ReturnRow>({
  name: 'Return',
  tableName: 'return',
  columns: {
    id: { type: 'uuid', primary: true },
    orderId: { type: 'uuid', name: 'order_id' },
    tenant: { type: 'text' },
    receivedAt: { type: 'timestamptz', name: 'received_at' },
    reason: { type: 'text' },
    refund: { type: 'boolean' },
    lines: { type: 'jsonb' },
    actor: { type: 'jsonb' },
  },
});
