import type {
  Actor,
  AmazonOrder,
  AmazonStatus,
  BlockReason,
  CancelReason,
  FulfilledBy,
  LineQuantity,
  OrderLine,
  ToldRefusal,
} from '@orderbus/contracts';
import type { State } from './lifecycle.ts';
import type { Units } from './quantities.ts';

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
  readonly deliverFrom: string | null;
  readonly deliverBy: string | null;
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

/** Why an order is on hold, and where it goes when it is released. */
export interface Hold {
  readonly cause: 'person' | 'buyer-cancel-request';
  /** In the words of whoever stopped it. */
  readonly reason: string | null;
  readonly by: Actor;
  /** What goes on beneath the hold: Amazon and the stock do not wait for it. */
  readonly state: State;
  readonly status: string;
}

/** What we asked Amazon to cancel, and what became of it. Without `lines`, the whole order. */
export interface Cancellation {
  readonly id: string;
  readonly at: string;
  readonly by: Actor;
  readonly reason: CancelReason;
  readonly lines: readonly LineQuantity[] | null;
  readonly state: 'requested' | 'accepted' | 'refused';
  /** Why Amazon said no. */
  readonly refusal: string | null;
  /** The same with its code, to be said in another language. */
  readonly said?: ToldRefusal | undefined;
}

/** An invoice, or a correction of what was billed, as billing issued it. A canceled one counts for nothing; no lines: all that was ordered. */
export interface BilledDocument {
  readonly kind: 'invoice' | 'correction';
  readonly number: string;
  readonly totalMinor: number;
  readonly lines: readonly LineQuantity[] | null;
  readonly canceled: boolean;
}

/** A parcel of ours, as it was last said to be. */
interface Parcel {
  readonly revision: number;
  readonly lines: readonly LineQuantity[];
}

/** Money that is to go back. It counts once Amazon has accepted to pay it. */
export interface Refund {
  readonly totalMinor: number;
  readonly lines: readonly LineQuantity[];
  /** The units never left us. */
  readonly unshipped: boolean;
  readonly accepted: boolean;
}

/** Why a person should look at an order. */
export const attentionCauses = ['buyer-cancel-request', 'cancellation-refused', 'stock-missing', 'address'] as const;
export type AttentionCause = (typeof attentionCauses)[number];

export interface Order extends Facts {
  readonly id: string;
  /** The store, a seller account. */
  readonly tenant: string;
  readonly version: number;
  /** Ours, from the store's series. Absent as long as, or because, it never became an order. */
  readonly number: string | null;
  /** The one of its own that it bore before it got Amazon's: it is found by that still, and may get it again. */
  readonly formerNumber: string | null;
  /** The buyer's account, in a store that keeps accounts. */
  readonly customerId: string | null;
  /** The fields of its address with which no parcel arrives. None where the address is not known. */
  readonly addressIssues: readonly string[];
  readonly state: State;
  /** The code of its label: the default one of its state, or another of that state that a person chose. */
  readonly status: string;
  /** The gateway's version of the snapshot that the facts are from. */
  readonly amazonVersion: number;
  /** Some snapshot said so; Amazon never takes it back. */
  readonly shippedAtAmazon: boolean;
  /** Some snapshot let it become an order; Amazon never takes that back. */
  readonly cleared: boolean;
  /** Its store does not import: it is shown, and others are not told. */
  readonly viewOnly: boolean;
  readonly stock: Stock;
  readonly blockReasons: readonly BlockReason[];
  /** The version of fulfillment's last answer; 0 before the first. */
  readonly stockVersion: number;
  /** A person lets it be processed although stock is missing, or its address is not acceptable. */
  readonly admitted: boolean;
  /** By document. */
  readonly billed: Readonly<Record<string, BilledDocument>>;
  /** By line: what became of its units. */
  readonly ledger: Readonly<Record<string, Units>>;
  /** By shipment. */
  readonly parcels: Readonly<Record<string, Parcel>>;
  /** By refund. */
  readonly refunds: Readonly<Record<string, Refund>>;
  /** There exactly as long as its state is `held`. */
  readonly hold: Hold | null;
  /** The last one; never more than one is open. */
  readonly cancellation: Cancellation | null;
  /** What the seller answered to the buyer who asked to cancel. */
  readonly buyerRequest: 'accepted' | 'declined' | null;
  readonly attention: readonly AttentionCause[];
  readonly note: string | null;
  readonly tags: readonly string[];
}

/** The part of the row that is the domain's. */
export type OrderState = Omit<Order, 'id' | 'tenant' | 'version'>;

type Billed = { readonly documentId: string } & Pick<BilledDocument, 'number' | 'totalMinor' | 'lines'>;

/** What happened elsewhere. `version` is the one that the publisher gave to the event: it says which of two is the newer. */
type Fact =
  | { readonly type: 'observe'; readonly snapshot: AmazonOrder; readonly version: number }
  | { readonly type: 'stock-reserved'; readonly version: number }
  | { readonly type: 'stock-short'; readonly missing: readonly BlockReason[]; readonly version: number }
  | { readonly type: 'stock-released'; readonly version: number }
  | ({ readonly type: 'invoice-issued' } & Billed)
  | ({ readonly type: 'invoice-canceled' } & Billed)
  | ({ readonly type: 'invoice-corrected' } & Billed)
  | { readonly type: 'parcel-sent'; readonly shipmentId: string; readonly revision: number; readonly lines: readonly LineQuantity[] }
  | ({ readonly type: 'refund-requested'; readonly refundId: string } & Omit<Refund, 'accepted'>)
  | { readonly type: 'refund-accepted'; readonly refundId: string }
  | { readonly type: 'cancellation-accepted'; readonly cancellationId: string }
  | { readonly type: 'cancellation-refused'; readonly cancellationId: string; readonly words: string; readonly said?: ToldRefusal };

/** What somebody wants. */
type Wish =
  | { readonly type: 'hold'; readonly reason?: string | undefined }
  | { readonly type: 'release' }
  | {
      readonly type: 'request-cancel';
      readonly cancellationId: string;
      readonly reason: CancelReason;
      readonly lines?: readonly LineQuantity[] | undefined;
    }
  | { readonly type: 'accept-buyer-cancel'; readonly cancellationId: string }
  | { readonly type: 'decline-buyer-cancel' }
  | {
      readonly type: 'comment';
      readonly commentId: string;
      readonly text: string;
      readonly notify: boolean;
      readonly visible: boolean;
    }
  | { readonly type: 'set-status'; readonly status: string }
  | { readonly type: 'set-note'; readonly note: string | null }
  | { readonly type: 'set-tags'; readonly tags: readonly string[] }
  | { readonly type: 'renumber'; readonly source: 'own' | 'amazon' }
  | { readonly type: 'retry' }
  | { readonly type: 'admit' };

/** The rules of its store may have changed, or it is time to try again what is in its way. */
interface Reconsider {
  readonly type: 'reconsider';
}

/** A person has put another address in the place of Amazon's: what is wrong with that one. */
interface AddressChecked {
  readonly type: 'address-checked';
  readonly issues: readonly string[];
}

export type FactCommand = Fact;
export type WishCommand = Wish & { readonly actor: Actor; readonly at: string };
export type Command = FactCommand | Reconsider | AddressChecked | WishCommand;

export type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>;
export type StockCommand = Extract<Command, { type: `stock-${string}` }>;
export type InvoiceCommand = Extract<Command, { type: `invoice-${string}` }>;
