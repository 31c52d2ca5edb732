import type { DatabaseOptions } from '@orderbus/outbox';
import { EntitySchema } from 'typeorm';
import type { Reservation, ReservedLine } from '../domain/reservation.ts';
import type { Movement, StockLevel } from '../domain/shelf.ts';
import { WatchEntity } from './deadline-entity.ts';
import { StockWatchEntity } from './low-stock.ts';
import { ReturnEntity } from './return-entity.ts';
import { ShipmentEntity, ShippingOrderEntity } from './shipping-entities.ts';

export interface ReservationRow extends Omit<Reservation, 'lines'> {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
}

export const ReservationEntity = new EntitySchema<ReservationRow>({
  name: 'Reservation',
  tableName: 'reservation',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    status: { type: 'text' },
    orderVersion: { type: 'int', name: 'order_version' },
    purchasedAt: { type: 'timestamptz', name: 'purchased_at' },
    missing: { type: 'jsonb' },
    parcels: { type: 'jsonb' },
    restocked: { type: 'jsonb' },
  },
});

export interface LineRow extends ReservedLine {
  readonly orderId: string;
  readonly position: number;
}

export const LineEntity = new EntitySchema<LineRow>({
  name: 'ReservationLine',
  tableName: 'reservation_line',
  columns: {
    orderId: { type: 'uuid', name: 'order_id', primary: true },
    lineId: { type: 'text', name: 'line_id', primary: true },
    position: { type: 'int' },
    sku: { type: 'text' },
    ordered: { type: 'int' },
    shipped: { type: 'int' },
    told: { type: 'int' },
    reserved: { type: 'int' },
    fromStock: { type: 'boolean', name: 'from_stock' },
    short: { type: 'boolean' },
    allocations: { type: 'jsonb' },
  },
});

export interface Product {
  readonly sku: string;
  readonly title: string;
  readonly enabled: boolean;
  readonly manageStock: boolean;
  /** So many, or fewer, are few. Null: what the installation says. */
  readonly lowStockAt: number | null;
}

export const ProductEntity = new EntitySchema<Product>({
  name: 'Product',
  tableName: 'product',
  columns: {
    sku: { type: 'text', primary: true },
    title: { type: 'text' },
    enabled: { type: 'boolean' },
    manageStock: { type: 'boolean', name: 'manage_stock' },
    lowStockAt: { type: 'int', name: 'low_stock_at', nullable: true },
  },
});

export type StockRow = Pick<StockLevel, 'sku' | 'location' | 'onHand' | 'reserved'>;

export const StockEntity = new EntitySchema<StockRow>({
  name: 'Stock',
  tableName: 'stock',
  columns: {
    sku: { type: 'text', primary: true },
    location: { type: 'text', primary: true },
    onHand: { type: 'int', name: 'on_hand' },
    reserved: { type: 'int' },
  },
});

/** `id` and `at` are the database's. */
export const MovementEntity = new EntitySchema<Movement & { readonly id?: number }>({
  name: 'StockMovement',
  tableName: 'stock_movement',
  columns: {
    id: { type: 'bigint', primary: true, generated: true },
    sku: { type: 'text' },
    location: { type: 'text' },
    deltaOnHand: { type: 'int', name: 'delta_on_hand' },
    deltaReserved: { type: 'int', name: 'delta_reserved' },
    reason: { type: 'text' },
    note: { type: 'text' },
    actor: { type: 'text' },
    orderId: { type: 'uuid', name: 'order_id' },
    lineId: { type: 'text', name: 'line_id' },
  },
});

/** Where units lie. Those with the lowest priority are taken first, from those that are enabled. */
export interface Location {
  readonly code: string;
  readonly name: string;
  readonly priority: number;
  readonly enabled: boolean;
}

export const LocationEntity = new EntitySchema<Location>({
  name: 'Location',
  tableName: 'location',
  columns: { code: { type: 'text', primary: true }, name: { type: 'text' }, priority: { type: 'int' }, enabled: { type: 'boolean' } },
});

export const entities = [
  LocationEntity,
  ProductEntity,
  StockEntity,
  MovementEntity,
  ReservationEntity,
  LineEntity,
  ShippingOrderEntity,
  ShipmentEntity,
  WatchEntity,
  ReturnEntity,
  StockWatchEntity,
] as unknown as DatabaseOptions['entities'];
