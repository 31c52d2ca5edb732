import type { Database } from '@orderbus/outbox';
import type { ParcelState, WriteState } from '../domain/shipping/parcel.ts';
import type { ShipmentRow } from './shipping-entities.ts';
import { shipmentColumns } from './shipping-loading.ts';

export const findShipment = async (database: Database, id: string): Promise<ShipmentRow | undefined> =>
  (await database.query<ShipmentRow>(`select ${shipmentColumns} from shipment where id = $1`, [id]))[0];

export interface ShipmentFilter {
  readonly orderId?: string | undefined;
  readonly tenant?: string | undefined;
  readonly tenants?: readonly string[] | undefined;
  readonly state?: ParcelState | undefined;
  readonly writeState?: WriteState | undefined;
  readonly tracking?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface ShipmentPlace {
  readonly at: string;
  readonly id: string;
}

/** The conditions as they are asked for, and no others: each has its index, which a condition that may be absent would hide. */
const conditions: Readonly<Record<keyof ShipmentFilter, string>> = {
  orderId: 'order_id = $',
  tenant: 'tenant = $',
  tenants: 'tenant = any($)',
  state: 'state = $',
  writeState: 'write_state = $',
  tracking: 'tracking_number = $',
  from: 'created_at >= $',
  to: 'created_at < $',
};

/** The partial indexes are for these values: the database sees that only when they are written into the statement. */
const literal: ReadonlySet<string> = new Set<ParcelState | WriteState>(['packed', 'waiting', 'uncertain', 'refused']);

/** Newest first. */
export const listStatement = (
  filter: ShipmentFilter,
  after: ShipmentPlace | undefined,
  limit: number,
): readonly [sql: string, parameters: readonly unknown[]] => {
  const parameters: unknown[] = [];
  const given = (Object.keys(conditions) as (keyof ShipmentFilter)[]).filter((name) => filter[name] !== undefined);
  const where = given.map((name) => {
    const value = filter[name] as string;
    if ((name === 'state' || name === 'writeState') && literal.has(value)) return conditions[name].replace('$', `'${value}'`);
    parameters.push(value);
    return conditions[name].replace('$', `$${parameters.length}`);
  });
  if (after) {
    parameters.push(after.at, after.id);
    where.push(`(created_at, id) < ($${parameters.length - 1}::timestamptz, $${parameters.length}::uuid)`);
  }
  const only = where.length > 0 ? `where ${where.join(' and ')}` : '';
  return [`select ${shipmentColumns} from shipment ${only} order by created_at desc, id desc limit ${limit}`, parameters];
};

export const listShipments = (
  database: Database,
  filter: ShipmentFilter,
  after: ShipmentPlace | undefined,
  limit: number,
): Promise<ShipmentRow[]> => database.query(...listStatement(filter, after, limit));
