import type { AmazonRefusal, AmazonSecret, AmazonWriteKind, BlockReason, ShippingObstacle } from '@orderbus/contracts';
import type { Money } from '@orderbus/kernel';

/** What an alert is about: kept beside its text, for programs. Nothing of the buyer. */
export type Facts =
  | (NamedOrder & { readonly kind: 'order-new'; readonly units: number; readonly country?: string; readonly total?: Money })
  | (NamedOrder & { readonly kind: 'order-blocked'; readonly reasons: readonly BlockReason[] })
  | (NamedOrder & { readonly kind: 'order-canceled'; readonly reason?: string })
  | (NamedOrder & { readonly kind: 'cancel-requested' })
  | (NamedOrder & { readonly kind: 'address-unacceptable' })
  | (NamedDeadline & { readonly kind: 'ship-by-at-risk' })
  | (NamedDeadline & { readonly kind: 'ship-by-missed' })
  | { readonly kind: 'order-unreadable'; readonly rawId: string; readonly amazonOrderId?: string; readonly problems: readonly string[] }
  | (Rejected & { readonly kind: 'shipment-rejected'; readonly shipmentId: string; readonly revision: number })
  | (Rejected & { readonly kind: 'pickup-rejected'; readonly status: 'ready' | 'picked-up' | 'refused' })
  | (Rejected & { readonly kind: 'cancellation-rejected'; readonly cancellationId: string })
  | (Rejected & { readonly kind: 'refund-rejected'; readonly refundId: string })
  | (Rejected & { readonly kind: 'invoice-rejected'; readonly documentId: string; readonly attempt: number })
  | (NamedWrite & { readonly kind: 'write-uncertain'; readonly write: AmazonWriteKind; readonly since: string; readonly words: string })
  | (NamedStore & {
      readonly kind: 'sync-stalled';
      readonly since?: string;
      readonly refusal: AmazonRefusal;
      readonly needsPerson: boolean;
    })
  | (NamedStore & { readonly kind: 'sync-recovered' })
  | (NamedStore & {
      readonly kind: 'gap-found';
      readonly sweepId: string;
      readonly from: string;
      readonly until: string;
      readonly seen: number;
      readonly missing: number;
      readonly amazonOrderIds: readonly string[];
    })
  | (NamedStore & {
      readonly kind: 'secret-expiring';
      readonly secret: AmazonSecret;
      readonly expiresAt: string;
      readonly daysBefore: number;
    })
  | { readonly kind: 'read-only'; readonly storeId?: string; readonly reason: 'person' | 'copied-database' }
  | {
      readonly kind: 'feed-stuck';
      readonly feedId: string;
      readonly feedType: string;
      readonly submittedAt: string;
      readonly commands: number;
    }
  | { readonly kind: 'stock-low'; readonly sku: string; readonly title: string; readonly available: number; readonly lowAt: number }
  | {
      readonly kind: 'dead-letter';
      readonly service: string;
      readonly topic: string;
      readonly reason: string;
      readonly errorClass?: string | undefined;
      readonly open: number;
      readonly since: string;
      readonly letterIds: readonly string[];
      readonly orderIds: readonly string[];
    }
  | {
      readonly kind: 'circuit-open';
      readonly service: string;
      readonly system: string;
      readonly circuits: readonly string[];
      readonly since: string;
    }
  | {
      readonly kind: 'webhook-paused';
      readonly webhookId: string;
      readonly description: string;
      /** Its host: the rest of the URL may hold a token. */
      readonly target: string;
      readonly reason: 'failing' | 'gone';
      readonly since: string;
      readonly failures: number;
    };

export type FactsOf<Kind extends Facts['kind']> = Extract<Facts, { kind: Kind }>;

interface NamedOrder {
  readonly number: string;
  readonly amazonOrderId: string;
}

interface NamedDeadline extends NamedOrder {
  /** The last moment at which it ships in time. */
  readonly shipBy: string;
  /** What keeps it from being shipped. */
  readonly obstacles: readonly ShippingObstacle[];
}

/** What Amazon was asked, and where the gateway keeps it. */
interface NamedWrite {
  readonly amazonOrderId: string;
  readonly commandId: string;
}

interface Rejected extends NamedWrite {
  readonly refusal: AmazonRefusal;
}

interface NamedStore {
  readonly storeId: string;
  readonly storeName: string;
}
