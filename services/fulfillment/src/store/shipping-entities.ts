import { EntitySchema } from 'typeorm';
import type { ShippingOrder } from '../domain/shipping/order.ts';
import type { Parcel } from '../domain/shipping/parcel.ts';

export interface ShippingOrderRow extends ShippingOrder {
  readonly id: string;
  readonly tenant: string;
  /** The number of events about its parcels. */
  readonly version: number;
}

export const ShippingOrderEntity = new EntitySchema<ShippingOrderRow>({
  name: 'ShippingOrder',
  tableName: 'shipping_order',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    number: { type: 'text' },
    amazonOrderId: { type: 'text', name: 'amazon_order_id' },
    marketplaceId: { type: 'text', name: 'marketplace_id' },
    country: { type: 'text' },
    fulfilledBy: { type: 'text', name: 'fulfilled_by' },
    purchasedAt: { type: 'timestamptz', name: 'purchased_at' },
    shipFrom: { type: 'timestamptz', name: 'ship_from' },
    shipBy: { type: 'timestamptz', name: 'ship_by' },
    deliverBy: { type: 'timestamptz', name: 'deliver_by' },
    serviceLevel: { type: 'text', name: 'service_level' },
    programs: { type: 'text', array: true },
    obstacles: { type: 'text', array: true },
    state: { type: 'text' },
    toShip: { type: 'int', name: 'to_ship' },
    orderVersion: { type: 'int', name: 'order_version' },
    heard: { type: 'jsonb' },
    pickup: { type: 'jsonb' },
    lines: { type: 'jsonb' },
  },
});

/** `measured` is the metric's, and not the parcel's. */
export interface ShipmentRow extends Parcel {
  readonly orderId: string;
  readonly tenant: string;
}

export const ShipmentEntity = new EntitySchema<ShipmentRow>({
  name: 'Shipment',
  tableName: 'shipment',
  columns: {
    id: { type: 'uuid', primary: true },
    orderId: { type: 'uuid', name: 'order_id' },
    tenant: { type: 'text' },
    position: { type: 'int' },
    version: { type: 'int' },
    revision: { type: 'int' },
    state: { type: 'text' },
    carrier: { type: 'text' },
    service: { type: 'text' },
    trackingNumber: { type: 'text', name: 'tracking_number' },
    shippedAt: { type: 'timestamptz', name: 'shipped_at' },
    handedOverAt: { type: 'timestamptz', name: 'handed_over_at' },
    labelFrom: { type: 'text', name: 'label_from' },
    lines: { type: 'jsonb' },
    told: { type: 'jsonb' },
    writeState: { type: 'text', name: 'write_state' },
    toldAt: { type: 'timestamptz', name: 'told_at' },
    writtenRevision: { type: 'int', name: 'written_revision' },
    acceptedAt: { type: 'timestamptz', name: 'accepted_at' },
    packageReference: { type: 'text', name: 'package_reference' },
    refusedRevision: { type: 'int', name: 'refused_revision' },
    refusal: { type: 'jsonb' },
    doubtedRevision: { type: 'int', name: 'doubted_revision' },
    doubt: { type: 'text' },
    voidReason: { type: 'text', name: 'void_reason' },
    createdAt: { type: 'timestamptz', name: 'created_at' },
    createdBy: { type: 'text', name: 'created_by' },
  },
});
