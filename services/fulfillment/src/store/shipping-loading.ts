import type { Database } from '@orderbus/outbox';
import type { Shipping } from '../domain/shipping/order.ts';
import type { Parcel } from '../domain/shipping/parcel.ts';
import type { ShipmentRow, ShippingOrderRow } from './shipping-entities.ts';

export const shipmentColumns = `id, order_id as "orderId", tenant, position, version, revision, state, carrier, service, tracking_number as "trackingNumber",
  shipped_at as "shippedAt", handed_over_at as "handedOverAt", label_from as "labelFrom", lines, told, write_state as "writeState", told_at as "toldAt",
  written_revision as "writtenRevision", accepted_at as "acceptedAt", package_reference as "packageReference",
  refused_revision as "refusedRevision", refusal, doubted_revision as "doubtedRevision", doubt, void_reason as "voidReason",
  created_at as "createdAt", created_by as "createdBy"`;

/** The parcels of these orders, oldest first. They are guarded by their orders, which are expected to be locked by whoever changes them. */
export const parcelsOf = async (db: Pick<Database, 'query'>, orderIds: readonly string[]): Promise<Map<string, Parcel[]>> => {
  const byOrder = new Map<string, Parcel[]>();
  if (orderIds.length === 0) return byOrder;
  const rows: ShipmentRow[] = await db.query(
    `select ${shipmentColumns} from shipment where order_id = any($1::uuid[]) order by order_id, position`,
    [orderIds],
  );
  for (const { orderId, tenant: _, ...parcel } of rows) byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), parcel]);
  return byOrder;
};

export type FoundOrder = Shipping & Pick<ShippingOrderRow, 'id' | 'tenant' | 'version'>;

/** Orders with their parcels, as they are, without a lock. */
export const shippingOf = async (database: Database, orderIds: readonly string[]): Promise<FoundOrder[]> => {
  const rows: ShippingOrderRow[] = await database.query(
    `select id, tenant, version, number, amazon_order_id as "amazonOrderId", marketplace_id as "marketplaceId", country,
       fulfilled_by as "fulfilledBy", purchased_at as "purchasedAt", ship_from as "shipFrom", ship_by as "shipBy", deliver_by as "deliverBy",
       service_level as "serviceLevel", programs, obstacles, state, to_ship as "toShip", order_version as "orderVersion", heard, pickup, lines
     from shipping_order where id = any($1::uuid[])`,
    [orderIds],
  );
  const parcels = await parcelsOf(database, orderIds);
  return rows.map(({ id, tenant, version, ...order }) => ({ id, tenant, version, order, parcels: parcels.get(id) ?? [] }));
};
