import { randomUUID } from 'node:crypto';
import type { ShippingObstacle } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';

/** An order at the packing table, as far as its deadline and its returns are concerned. */
export interface ShippingRow {
  readonly id: string;
  readonly tenant: string;
  readonly marketplaceId: string;
  readonly country: string | null;
  readonly fulfilledBy: 'merchant' | 'amazon';
  readonly shipBy: string | null;
  readonly state: 'open' | 'done' | 'canceled';
  readonly toShip: number;
  readonly obstacles: readonly ShippingObstacle[];
  readonly lines: readonly object[];
}

export const aRow = (changes: Partial<ShippingRow> = {}): ShippingRow => ({
  ...{ id: randomUUID(), tenant: 'store-1', marketplaceId: 'A1PA6795UKMFR9', country: 'DE', fulfilledBy: 'merchant' },
  ...{ shipBy: '2026-05-04T21:59:59.000Z', state: 'open', toShip: 1, obstacles: [], lines: [] },
  ...changes,
});

export const insertOrders = async (database: Database, rows: readonly ShippingRow[]): Promise<void> => {
  await database.query(
    `insert into shipping_order (id, tenant, version, number, amazon_order_id, marketplace_id, country, fulfilled_by, purchased_at, ship_by,
       programs, obstacles, state, to_ship, order_version, heard, pickup, lines)
     select (r ->> 'id')::uuid, r ->> 'tenant', 0, '000000012', '114-0000000-0000012', r ->> 'marketplaceId', r ->> 'country',
       r ->> 'fulfilledBy', '2026-05-01T08:00:00Z', (r ->> 'shipBy')::timestamptz, '{}',
       array(select jsonb_array_elements_text(r -> 'obstacles')), r ->> 'state', (r ->> 'toShip')::int, 1, '{}', '[]', r -> 'lines'
     from jsonb_array_elements($1::jsonb) r`,
    [JSON.stringify(rows)],
  );
};

export const changeOrder = async (database: Database, id: string, change: string): Promise<void> => {
  await database.query(`update shipping_order set ${change} where id = $1`, [id]);
};

export interface ParcelRow {
  readonly state: 'packed' | 'shipped' | 'voided';
  readonly writeState: 'none' | 'waiting' | 'accepted' | 'refused';
  readonly acceptedAt: string | null;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

export const insertParcel = async (database: Database, orderId: string, changes: Partial<ParcelRow> = {}): Promise<string> => {
  const parcel = { ...{ state: 'shipped', writeState: 'waiting', acceptedAt: null, lines: [] }, ...changes };
  const id = randomUUID();
  await database.query(
    `insert into shipment (id, order_id, tenant, version, revision, state, label_from, lines, write_state, accepted_at, created_at, created_by)
     values ($1, $2, 'store-1', 1, 1, $3, 'seller', $4, $5, $6, now(), 'Anna')`,
    [id, orderId, parcel.state, JSON.stringify(parcel.lines), parcel.writeState, parcel.acceptedAt],
  );
  return id;
};
