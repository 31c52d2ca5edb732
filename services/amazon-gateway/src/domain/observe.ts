import {
  type AmazonOrder,
  AmazonOrderImported,
  AmazonOrderUpdated,
  type AmazonStatus,
  accept,
  type Decision,
  type NewEvent,
  refuse,
} from '@orderbus/contracts';
import { type BuyerData, buyerDataOf, mergeBuyer } from './buyer.ts';
import type { Snapshot, Translation } from './translate.ts';

/** What the gateway remembers of an order: enough to know what is new, and the people behind it, sealed. */
export interface KnownOrder extends KnownContent {
  readonly id: string;
  readonly tenant: string;
  readonly version: number;
}

interface KnownContent {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly fulfilledBy: AmazonOrder['fulfilledBy'];
  readonly status: AmazonStatus;
  readonly amazonUpdatedAt: string;
  readonly contentHash: string;
  readonly sealedBuyer: string | null;
  readonly importedAt: string;
  readonly changedAt: string;
}

/** Amazon showed the order like this. */
export type Observe = Translation & { readonly type: 'observe' };

/** What deciding needs besides the order: the time, and a way to keep secrets. */
export interface ObserveContext {
  readonly now: string;
  readonly seal: (buyer: BuyerData, orderId: string) => string;
  /** Nothing when it cannot be opened any more. */
  readonly open: (sealed: string, orderId: string) => BuyerData | undefined;
  readonly isOutdated: (sealed: string) => boolean;
  readonly fingerprint: (text: string) => string;
}

/** New to us: imported. Other than before: updated. The same, or older than what we know: nothing happens. */
export const observe = (
  known: KnownOrder | undefined,
  { snapshot, buyer: seen }: Observe,
  { id }: { readonly id: string },
  { now, seal, open, isOutdated, fingerprint }: ObserveContext,
): Decision<KnownContent> => {
  if (known && snapshot.updatedAt < known.amazonUpdatedAt) return refuse('already-done', 'older than what is known');

  const before = known?.sealedBuyer ? open(known.sealedBuyer, id) : undefined;
  const buyer = mergeBuyer(before, seen);
  const contentHash = fingerprint(contentOf(snapshot, buyer));
  if (known?.contentHash === contentHash) return refuse('already-done', 'nothing has changed');

  const kept = known?.sealedBuyer && sameText(before, buyer) && !isOutdated(known.sealedBuyer) ? known.sealedBuyer : undefined;
  const sealedBuyer = kept ?? (buyer ? seal(buyer, id) : (known?.sealedBuyer ?? null));
  const order: AmazonOrder = { ...snapshot, ...(sealedBuyer && { sealedBuyer }), buyerData: buyerDataOf(snapshot.status, buyer) };
  const { amazonOrderId, marketplaceId, fulfilledBy, status, updatedAt } = snapshot;
  return accept(
    {
      amazonOrderId,
      marketplaceId,
      fulfilledBy,
      status,
      amazonUpdatedAt: updatedAt,
      contentHash,
      sealedBuyer,
      importedAt: known?.importedAt ?? now,
      changedAt: now,
    },
    atAmazonsTime(known ? AmazonOrderUpdated.of(order) : AmazonOrderImported.of(order)),
  );
};

/** Amazon touches orders without changing what we see, and lists lines in any order: neither is a change. */
const contentOf = ({ updatedAt: _, lines, ...rest }: Snapshot, buyer: BuyerData | undefined): string =>
  JSON.stringify([rest, lines.toSorted((a, b) => (a.lineId < b.lineId ? -1 : 1)), buyer]);

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const atAmazonsTime = (event: NewEvent<AmazonOrder>): NewEvent<AmazonOrder> & { readonly occurredAt: string } => ({
  ...event,
  occurredAt: event.data.updatedAt,
});
