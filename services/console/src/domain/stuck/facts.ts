import type { AmazonStatus, AmazonWriteKind, BlockReason, ToldRefusal } from '@orderbus/contracts';
import type { ServiceName } from './actions.ts';

/** What the owners of an order tell about it: as much of their answers as says why it does not go on. */

export interface OrderFacts {
  readonly id: string;
  readonly tenant: string;
  /** Null: it is no order yet. */
  readonly number: string | null;
  readonly amazonOrderId: string;
  readonly state: 'pending' | 'new' | 'blocked' | 'processing' | 'held' | 'complete' | 'closed' | 'canceled';
  readonly amazonStatus: AmazonStatus;
  readonly fulfilledBy: 'merchant' | 'amazon';
  readonly purchasedAt: string;
  readonly stock: string;
  readonly blockReasons: readonly BlockReason[];
  readonly addressIssues: readonly string[];
  readonly attention: readonly string[];
  readonly hold?: { readonly cause: 'person' | 'buyer-cancel-request'; readonly reason?: string; readonly by: { readonly name: string } };
  readonly cancellation?: {
    readonly id: string;
    readonly at: string;
    readonly reason: string;
    readonly lines?: readonly { readonly lineId: string; readonly quantity: number }[];
    readonly state: 'requested' | 'accepted' | 'refused';
    readonly refusal?: string;
    readonly said?: ToldRefusal;
  };
  /** What the buyer gave as the reason when he asked to cancel. */
  readonly cancelReason?: string;
  /** Its store does not import: where to look after it. */
  readonly sellerCentralUrl?: string;
  readonly actions: readonly { readonly action: string; readonly allowed: boolean; readonly why?: string }[];
}

/** An event of the order's own log. */
interface LoggedFact {
  readonly type: string;
  readonly occurredAt: string;
  readonly cause?: string;
}

/** Its line of the work list. */
export interface BlockerFacts {
  readonly since: string;
  readonly attempts: number;
  readonly nextTryAt: string;
  readonly blockers: readonly { readonly cause: string; readonly sku?: string }[];
}

export interface StockFacts {
  readonly sku: string;
  readonly title: string;
  readonly available: number;
  readonly locations: readonly {
    readonly location: string;
    readonly onHand: number;
    readonly reserved: number;
    readonly available: number;
  }[];
}

/** What Amazon, or our own check, said no to. */

export interface ParcelFacts {
  readonly id: string;
  readonly position: number;
  readonly state: 'packed' | 'shipped' | 'voided';
  readonly trackingNumber?: string;
  readonly amazon: {
    readonly state: 'none' | 'waiting' | 'uncertain' | 'accepted' | 'refused';
    readonly words: string;
    readonly toldAt?: string;
    readonly refusal?: ToldRefusal;
  };
  readonly actions: readonly { readonly action: string; readonly allowed: boolean }[];
}

export interface ShippingFacts {
  readonly state: 'open' | 'done' | 'canceled';
  readonly toShip: number;
  readonly shipBy?: string;
  /** May another parcel be made now? */
  readonly ship: { readonly allowed: boolean; readonly code?: string };
  readonly shipments: readonly ParcelFacts[];
  readonly pickup?: readonly {
    readonly status: 'ready' | 'picked-up' | 'refused';
    readonly at: string;
    readonly amazon: { readonly state: string; readonly words?: string; readonly refusal?: ToldRefusal };
  }[];
}

export interface BillingFacts {
  readonly status: 'open' | 'invoiced' | 'not-needed' | 'review' | 'canceled';
  readonly reason?: string;
  readonly detail?: string;
  readonly currency?: string;
  readonly dueMinor: number;
  readonly invoicedMinor: number;
  readonly totalsDiffer: boolean;
  readonly toBill: { readonly why?: string };
}

interface UploadFacts {
  readonly state: 'none' | 'requested' | 'accepted' | 'refused';
  readonly refusal?: ToldRefusal;
}

export interface InvoiceFacts {
  readonly invoiceId: string;
  readonly number: string;
  readonly status: 'issued' | 'canceled';
  readonly upload: UploadFacts;
}

export interface CreditMemoFacts {
  readonly creditMemoId: string;
  readonly kind: 'refund' | 'correction';
  readonly number?: string;
  readonly state: 'requested' | 'submitted' | 'accepted' | 'refused' | 'settled';
  readonly currency: string;
  readonly totalMinor: number;
  readonly requestedAt: string;
  readonly refusal?: ToldRefusal;
  readonly uncertain?: { readonly commandId: string; readonly since: string; readonly words: string };
  readonly upload: UploadFacts;
}

/** A line of the gateway's ledger of writes to Amazon. */
export interface CommandFacts {
  readonly id: string;
  readonly kind: AmazonWriteKind;
  readonly state: 'pending' | 'sending' | 'unknown' | 'done' | 'failed';
  readonly attempts: number;
  readonly requestedAt: string;
  readonly settledAt?: string;
  readonly nextAttemptAt?: string;
  readonly uncertainAt?: string;
  readonly behind?: string;
  readonly feedId?: string;
  /** What it is about: a parcel, a document, a refund. */
  readonly request: { readonly shipmentId?: string; readonly documentId?: string; readonly refundId?: string };
  readonly answer?: Partial<ToldRefusal>;
  readonly readBack?: Partial<ToldRefusal>;
}

export interface FeedFacts {
  readonly id: string;
  readonly amazonStatus?: string;
  readonly submittedAt?: string;
  readonly nextLookAt?: string;
  readonly stuckAt?: string;
}

type Circuit = 'closed' | 'half-open' | 'open';

export interface StoreFacts {
  readonly id: string;
  readonly name: string;
  readonly status: 'connecting' | 'running' | 'ok' | 'paused' | 'failing' | 'refused';
  readonly pausedBy?: 'person' | 'amazon';
  readonly readOnly: boolean;
  readonly lastSuccessAt?: string;
  readonly lastError?: string;
  /** The same, by code and facts. */
  readonly failure?: Omit<ToldRefusal, 'words'>;
  readonly pausedUntil?: string;
  readonly nextPollAt?: string;
  readonly degraded?: { readonly without: readonly string[]; readonly since: string };
  readonly circuits: {
    readonly login: Circuit;
    readonly reads: Circuit;
    readonly writes: Circuit;
    readonly feeds: Circuit;
    readonly contacts: Circuit;
  };
}

export interface InstallationFacts {
  readonly readOnly: boolean;
  readonly needsConfirmation: boolean;
  readonly since?: string;
  readonly by?: string;
}

/** Amazon's newest answer about the order cannot be read. */
export interface UnreadableFacts {
  readonly problems: readonly string[];
  readonly changedAt: string;
}

/** A message about the order that a service could not process. */
export interface LetterFacts {
  readonly service: ServiceName;
  readonly id: string;
  readonly topic: string;
  readonly reason: string;
  readonly deadAt: string;
}

/** Events that a service has to tell, and that the broker has not taken. */
export interface OutboxFacts {
  readonly service: string;
  readonly pending: number;
  readonly oldestAgeSeconds: number;
  readonly brokerHealthy: boolean;
}

/**
 * All that is known of one order. Absent: its owner did not answer, or may not be asked by this visitor. Null: the owner has not heard of
 * it.
 */
export interface Known {
  readonly orderId: string;
  readonly now: string;
  readonly order?: OrderFacts;
  readonly log?: readonly LoggedFact[];
  readonly blocker?: BlockerFacts | null;
  /** What its lines lack, as fulfillment has it. */
  readonly missing?: readonly BlockReason[] | null;
  readonly stock?: readonly StockFacts[];
  readonly shipping?: ShippingFacts | null;
  readonly billing?: BillingFacts | null;
  readonly invoices?: readonly InvoiceFacts[];
  readonly creditMemos?: readonly CreditMemoFacts[];
  readonly commands?: readonly CommandFacts[];
  readonly feeds?: readonly FeedFacts[];
  readonly store?: StoreFacts | null;
  readonly installation?: InstallationFacts;
  readonly unreadable?: readonly UnreadableFacts[];
  readonly letters: readonly LetterFacts[];
  readonly outboxes: readonly OutboxFacts[];
  /** The services that did not answer. */
  readonly incomplete: readonly ServiceName[];
}
