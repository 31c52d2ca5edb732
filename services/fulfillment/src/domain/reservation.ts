import type { BlockReason, FulfilledBy, OrderLine } from '@orderbus/contracts';

/**
 * `reserved`: nothing is missing. `short`: some line waits for units. `released`: the order was canceled and holds nothing, for good.
 * `not-needed`: Amazon ships it from its own warehouses.
 */
export type ReservationStatus = 'reserved' | 'short' | 'released' | 'not-needed';

export interface ReservedLine {
  readonly lineId: string;
  readonly sku: string;
  readonly ordered: number;
  readonly shipped: number;
  /** Units set aside; all that are still to be shipped, or (while the line is short) those it had before more were ordered. */
  readonly reserved: number;
  /** Whether the reserved units are taken from stock, or merely promised: a product without managed stock never runs out. */
  readonly fromStock: boolean;
  readonly short: boolean;
}

/** What is set aside for one order. The id is the order's. */
export interface Reservation {
  readonly status: ReservationStatus;
  /** The version of the newest snapshot of the order that has been applied. */
  readonly orderVersion: number;
  readonly purchasedAt: string;
  readonly missing: readonly BlockReason[];
  readonly lines: readonly ReservedLine[];
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
  | { readonly type: 'retry' };
