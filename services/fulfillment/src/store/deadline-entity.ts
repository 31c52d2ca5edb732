import { EntitySchema } from 'typeorm';
import type { Told } from '../domain/deadline.ts';

export interface WatchRow extends Told {
  readonly orderId: string;
  readonly tenant: string;
  /** The number of events about the order's deadlines. */
  readonly version: number;
}

export const WatchEntity = new EntitySchema<WatchRow>({
  name: 'ShipByWatch',
  tableName: 'ship_by_watch',
  columns: {
    orderId: { type: 'uuid', name: 'order_id', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    level: { type: 'text' },
    shipBy: { type: 'timestamptz', name: 'ship_by' },
  },
});
