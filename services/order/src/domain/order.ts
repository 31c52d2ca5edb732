import type { AmazonOrder, AmazonStatus, BlockReason, FulfilledBy, OrderLine } from '@orderbus/contracts';
import type { Status } from './lifecycle.ts';

/** What Amazon shows of an order: replaced as a whole by a later snapshot. `null` is what Amazon does not tell. */
export interface Facts {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly country: string | null;
  readonly fulfilledBy: FulfilledBy;
  readonly amazonStatus: AmazonStatus;
  readonly purchasedAt: string;
  readonly amazonUpdatedAt: string;
  readonly shipFrom: string | null;
  readonly shipBy: string | null;
  readonly serviceLevel: string | null;
  readonly programs: readonly string[];
  /** The Amazon number of the order that this one replaces. */
  readonly replaces: string | null;
  /** A buyer asked to cancel; the seller decides. */
  readonly cancelRequest: { readonly reason?: string | undefined } | null;
  /** No currency: no totals, there is nothing to pay or Amazon has not said. */
  readonly currency: string | null;
  readonly grandTotalMinor: number | null;
  readonly tipMinor: number | null;
  readonly lines: readonly OrderLine[];
  /** False when Amazon's parts do not add up to its total. */
  readonly balanced: boolean;
}

/** What fulfillment said last about the units: nothing to ask for, no answer yet, and its three answers. */
type Stock = 'none' | 'waiting' | 'reserved' | 'short' | 'released';

export interface Order extends Facts {
  readonly id: string;
  /** The store, a seller account. */
  readonly tenant: string;
  readonly version: number;
  /** Ours, from the store's series. Absent as long as, or because, it never became an order. */
  readonly number: string | null;
  readonly status: Status;
  /** The gateway's version of the snapshot that the facts are from. */
  readonly amazonVersion: number;
  readonly stock: Stock;
  readonly blockReasons: readonly BlockReason[];
  /** The version of fulfillment's last answer; 0 before the first. */
  readonly stockVersion: number;
  readonly invoiceNumber: string | null;
  readonly invoiceTotalMinor: number | null;
  readonly invoiceCanceled: boolean;
  /** The version of billing's last word; 0 before the first. */
  readonly invoiceVersion: number;
}

/** The part of the row that is the domain's. */
export type OrderState = Omit<Order, 'id' | 'tenant' | 'version'>;

/** `version` is the one that the publisher gave to the event: it says which of two is the newer. */
export type Command =
  | { readonly type: 'observe'; readonly snapshot: AmazonOrder; readonly version: number }
  | { readonly type: 'stock-reserved'; readonly version: number }
  | { readonly type: 'stock-short'; readonly missing: readonly BlockReason[]; readonly version: number }
  | { readonly type: 'stock-released'; readonly version: number }
  | { readonly type: 'invoice-issued'; readonly number: string; readonly totalMinor: number; readonly version: number }
  | { readonly type: 'invoice-canceled'; readonly number: string; readonly totalMinor: number; readonly version: number };

export type ObserveCommand = Extract<Command, { type: 'observe' }>;
export type StockCommand = Extract<Command, { type: `stock-${string}` }>;
export type InvoiceCommand = Extract<Command, { type: `invoice-${string}` }>;
