import type { Actor, AmazonRefusal, FulfilledBy, LineQuantity, OrderLine, ShippingObstacle, TimeWindow } from '@orderbus/contracts';
import type { Parcel } from './parcel.ts';

/** A line of the order, as its snapshots have it. */
export type OrderedLine = Pick<OrderLine, 'lineId' | 'sku' | 'title' | 'quantity' | 'quantityShipped'> &
  Partial<Pick<OrderLine, 'asin' | 'programs' | 'iossNumber'>>;

/** `elsewhere`: units that Amazon counts and that can be in none of our parcels. Somebody has shipped them without us. */
export type ShippingLine = OrderedLine & { readonly elsewhere: number };

/** `amazon-refused` is in no order: its parcels say it. */
export type Obstacle = Exclude<ShippingObstacle, 'amazon-refused'>;

export type PickupStatus = 'ready' | 'picked-up' | 'refused';

/** What was reported of an order that the buyer fetches, and what Amazon says to it. */
export interface PickupStep {
  readonly status: PickupStatus;
  readonly lines: readonly LineQuantity[] | null;
  readonly at: string;
  readonly by: string;
  readonly acceptedAt: string | null;
  readonly refusal: AmazonRefusal | null;
  readonly doubt: string | null;
}

/** The last word on each matter, with the version of the order that said it: facts may come in any order. */
export interface Heard {
  readonly number: number;
  readonly stock: Word;
  readonly hold: Word;
  readonly cancellation: Word;
  readonly canceled: boolean;
  readonly closed: number;
}

interface Word {
  readonly version: number;
  readonly obstacle: Obstacle | null;
}

type ShippingState = 'open' | 'done' | 'canceled';

/** An order as the packing table sees it. The id is the order's. */
export interface ShippingOrder {
  readonly number: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly country: string | null;
  readonly fulfilledBy: FulfilledBy;
  readonly purchasedAt: string;
  readonly shipFrom: string | null;
  readonly shipBy: string | null;
  readonly deliverBy: string | null;
  readonly serviceLevel: string | null;
  readonly programs: readonly string[];
  readonly obstacles: readonly Obstacle[];
  readonly state: ShippingState;
  /** Units that have not left the house, or in a parcel that Amazon refused. None of an order that Amazon ships, or that has ended. */
  readonly toShip: number;
  /** The version of the newest snapshot that has been applied. */
  readonly orderVersion: number;
  readonly heard: Heard;
  readonly pickup: readonly PickupStep[];
  readonly lines: readonly ShippingLine[];
}

/** All that one decision is made on. */
export interface Shipping {
  readonly order: ShippingOrder;
  /** Oldest first. */
  readonly parcels: readonly Parcel[];
}

/** Who did it, and when. */
export interface By {
  readonly actor: Actor;
  readonly at: string;
}

/** What the order service tells when an order begins. */
export interface Beginning
  extends Pick<ShippingOrder, 'number' | 'amazonOrderId' | 'marketplaceId' | 'fulfilledBy' | 'purchasedAt' | 'programs'> {
  readonly country?: string | undefined;
  readonly shipBy?: TimeWindow | undefined;
  readonly deliverBy?: TimeWindow | undefined;
  readonly serviceLevel?: string | undefined;
  readonly lines: readonly OrderedLine[];
}

/** Another snapshot of the order. */
export interface Snapshot {
  readonly number: string;
  readonly amazonOrderId: string;
  readonly lines: readonly OrderedLine[];
  readonly shipBy?: TimeWindow | undefined;
}
