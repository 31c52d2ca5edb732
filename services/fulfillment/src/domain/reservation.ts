import type { BlockReason, FulfilledBy, LineQuantity, OrderLine } from '@orderbus/contracts';

/**
 * `reserved`: nothing is missing. `short`: some line waits for units. `released`: the order was canceled and holds nothing, for good.
 * `not-needed`: Amazon ships it from its own warehouses.
 */
export type ReservationStatus = 'reserved' | 'short' | 'released' | 'not-needed';

/** What a line has to do with one location. */
export interface Allocation {
  readonly location: string;
  /** Units set aside there. */
  readonly reserved: number;
  /** Units that left from there. */
  readonly shipped: number;
  /** Those of them that came back onto the shelf. */
  readonly returned: number;
}

export interface ReservedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly ordered: number;
  /** What Amazon says, or what our parcels hold, whichever is more: both hear of the same units at different times. */
  readonly shipped: number;
  /** What Amazon says is shipped. */
  readonly told: number;
  /** Units set aside; all that are still to be shipped, or (while the line is short) those it had before more were ordered. */
  readonly reserved: number;
  /** Whether the reserved units are taken from stock, or merely promised: a product without managed stock never runs out. */
  readonly fromStock: boolean;
  readonly short: boolean;
  /** Where the units that are taken from stock lie, or lay. */
  readonly allocations: readonly Allocation[];
}

/** One of our parcels that left the house. One without lines is none any more. */
export interface Parcel {
  readonly shipmentId: string;
  readonly revision: number;
  readonly lines: readonly LineQuantity[];
}

/** What is set aside for one order. The id is the order's. */
export interface Reservation {
  readonly status: ReservationStatus;
  /** The version of the newest snapshot of the order that has been applied. */
  readonly orderVersion: number;
  readonly purchasedAt: string;
  readonly missing: readonly BlockReason[];
  readonly lines: readonly ReservedLine[];
  readonly parcels: readonly Parcel[];
  /** The returns whose units are on the shelf again. */
  readonly restocked: readonly string[];
}

/** A line of the order, as far as stock is concerned. */
export type WantedLine = Pick<OrderLine, 'lineId' | 'sku' | 'quantity' | 'quantityShipped'>;

export type ReservationCommand =
  | {
      readonly type: 'reserve';
      readonly orderVersion: number;
      readonly fulfilledBy: FulfilledBy;
      readonly purchasedAt: string;
      readonly lines: readonly WantedLine[];
    }
  | { readonly type: 'follow'; readonly orderVersion: number; readonly lines: readonly WantedLine[] }
  | { readonly type: 'release' }
  /** Stock may have come: look again. */
  | { readonly type: 'retry' }
  /** What is said about one of our parcels: everything that is in it. */
  | ({ readonly type: 'parcel' } & Parcel)
  /** Units came back that can be sold again. */
  | { readonly type: 'restock'; readonly returnId: string; readonly lines: readonly LineQuantity[] };
