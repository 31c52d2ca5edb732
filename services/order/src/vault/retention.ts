import type { AmazonOrder } from '@orderbus/contracts';

/** How long buyers are kept. */
export interface RetentionRules {
  /** After delivery, or after the cancellation. */
  readonly keptMs: number;
  /** From the last moment to ship to the delivery, where Amazon promises no day. */
  readonly transitMs: number;
  /** After the purchase, whatever is known of the delivery. */
  readonly longestMs: number;
}

/** What tells when a buyer has to be forgotten. */
export interface RetentionFacts {
  readonly purchasedAt: string;
  readonly shipBy: string | null;
  readonly deliverBy: string | null;
  /** When Amazon first showed all parcels as delivered, or the order as canceled. */
  readonly deliveredAt: string | null;
  readonly canceledAt: string | null;
}

export const retentionFactsOf = (snapshot: AmazonOrder): RetentionFacts => {
  const updatedAt = instant(snapshot.updatedAt);
  return {
    purchasedAt: instant(snapshot.purchasedAt),
    shipBy: snapshot.shipBy?.to === undefined ? null : instant(snapshot.shipBy.to),
    deliverBy: snapshot.deliverBy?.to === undefined ? null : instant(snapshot.deliverBy.to),
    deliveredAt: isDelivered(snapshot) ? updatedAt : null,
    canceledAt: snapshot.status === 'canceled' ? updatedAt : null,
  };
};

/** Dates are those of the newer snapshot; what happened, happened when it was first seen, in whatever order the snapshots arrive. */
export const mergeRetentionFacts = (known: RetentionFacts, seen: RetentionFacts, isNewer: boolean): RetentionFacts => ({
  ...(isNewer ? seen : known),
  deliveredAt: earlier(known.deliveredAt, seen.deliveredAt),
  canceledAt: earlier(known.canceledAt, seen.canceledAt),
});

const isDelivered = ({ status, packages = [] }: AmazonOrder): boolean =>
  status === 'shipped' && packages.length > 0 && packages.every((parcel) => parcel.status === 'delivered');

const earlier = (a: string | null, b: string | null): string | null => (a === null || b === null ? (a ?? b) : a < b ? a : b);

/** In one way of writing, so that the same moment is the same text. */
const instant = (time: string): string => new Date(time).toISOString();
