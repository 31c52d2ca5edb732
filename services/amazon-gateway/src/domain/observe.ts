import {
  type AmazonOrder,
  AmazonOrderImported,
  AmazonOrderUpdated,
  type AmazonStatus,
  accept,
  type BuyerData,
  type Decision,
  type NewEvent,
  refuse,
} from '@orderbus/contracts';
import { buyerDataOf, mergeBuyer } from './buyer.ts';
import { complete, isUnderstood, lacksMoney } from './complete.ts';
import type { Dataset } from './datasets.ts';
import { type Facts, factsIn } from './facts.ts';
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
  /** Since then nothing of the buyer is kept or passed on, whatever Amazon still shows. */
  readonly buyerPurgedAt: string | null;
  /** Null in rows of an earlier version. */
  readonly facts: Facts | null;
  readonly importedAt: string;
  readonly changedAt: string;
}

/** Amazon showed the order like this. */
export type Observe = Translation & {
  readonly type: 'observe';
  /** What Amazon refused to show this time; nothing is known about it. */
  readonly without?: readonly Dataset[];
  /** An order that was created before is not imported; one that is known is kept up to date whatever its age. */
  readonly notBefore?: string;
};

/** Why an order that nobody knew was not imported. */
export const notImported = {
  tooOld: 'older than the start of the store',
  waits: 'cannot be understood without what Amazon refuses',
} as const;

/** What deciding needs besides the order: the time, and a way to keep secrets. */
export interface ObserveContext {
  readonly now: string;
  readonly seal: (buyer: BuyerData, orderId: string) => string;
  /** Nothing when it cannot be opened any more. */
  readonly open: (sealed: string, orderId: string) => BuyerData | undefined;
  readonly isOutdated: (sealed: string) => boolean;
  readonly fingerprint: (text: string) => string;
  /** As it was last published; nothing when that is not known any more. */
  readonly lastShown: (orderId: string) => Snapshot | undefined;
}

/** New to us: imported. Other than before: updated. The same, or older than what we know: nothing happens. */
export const observe = (
  known: KnownOrder | undefined,
  command: Observe,
  { id }: { readonly id: string },
  context: ObserveContext,
): Decision<KnownContent> => {
  if (known && command.snapshot.updatedAt < known.amazonUpdatedAt) return refuse('already-done', 'older than what is known');
  if (!known && isTooOld(command)) return refuse('already-done', notImported.tooOld);
  const snapshot = known ? completed(command, context.lastShown) : understood(command);
  if (!snapshot) return refuse('too-early', notImported.waits);

  const { open, fingerprint, now } = context;
  const before = known?.sealedBuyer ? open(known.sealedBuyer, id) : undefined;
  const buyer = known?.buyerPurgedAt ? undefined : mergeBuyer(before, command.buyer);
  const contentHash = fingerprint(contentOf(snapshot, buyer));
  if (known?.contentHash === contentHash) return refuse('already-done', 'nothing has changed');

  const sealedBuyer = keptSeal(known, before, buyer, context) ?? (buyer ? context.seal(buyer, id) : null);
  const buyerData = buyerDataOf(snapshot.status, buyer, command.without);
  const order: AmazonOrder = { ...snapshot, ...(sealedBuyer && { sealedBuyer }), buyerData };
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
      buyerPurgedAt: known?.buyerPurgedAt ?? null,
      facts: factsIn(snapshot),
      importedAt: known?.importedAt ?? now,
      changedAt: now,
    },
    atAmazonsTime(known ? AmazonOrderUpdated.of(order) : AmazonOrderImported.of(order)),
  );
};

/** What was sealed before, if it still says all: also what nobody can open any more, as long as there is nothing better. */
const keptSeal = (
  known: KnownOrder | undefined,
  before: BuyerData | undefined,
  buyer: BuyerData | undefined,
  { isOutdated }: ObserveContext,
): string | undefined => {
  if (!known?.sealedBuyer) return undefined;
  if (!buyer) return known.sealedBuyer;
  return sameText(before, buyer) && !isOutdated(known.sealedBuyer) ? known.sealedBuyer : undefined;
};

const isTooOld = ({ snapshot, notBefore }: Observe): boolean => notBefore !== undefined && snapshot.purchasedAt < notBefore;

/** What Amazon refused to show is as it was. Nothing when it is not known any more how it was. */
const completed = ({ snapshot, without = [] }: Observe, lastShown: ObserveContext['lastShown']): Snapshot | undefined => {
  if (without.length === 0) return snapshot;
  const known = lastShown(snapshot.orderId);
  return known && complete(snapshot, known, without);
};

/** A new order of which Amazon refused to show something. Nothing when the rest alone cannot be understood. */
const understood = ({ snapshot, without = [] }: Observe): Snapshot | undefined => {
  if (!isUnderstood(without)) return undefined;
  return lacksMoney(without) ? { ...snapshot, balanced: false } : snapshot;
};

/** Amazon touches orders without changing what we see, and lists fields, lines and packages in any order: none of it is a change. */
const contentOf = ({ updatedAt: _, lines, packages, ...rest }: Snapshot, buyer: BuyerData | undefined): string => {
  const parcels = packages?.map((parcel) => ({
    ...parcel,
    lines: parcel.lines.toSorted((a, b) => compare(a.lineId, b.lineId) || a.quantity - b.quantity),
  }));
  const sorted = [lines.toSorted((a, b) => compare(a.lineId, b.lineId)), parcels?.sort((a, b) => compare(a.reference, b.reference))];
  return JSON.stringify([rest, ...sorted, buyer], withSortedKeys);
};

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const withSortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compare(a, b)))
    : value;

const sameText = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const atAmazonsTime = (event: NewEvent<AmazonOrder>): NewEvent<AmazonOrder> & { readonly occurredAt: string } => ({
  ...event,
  occurredAt: event.data.updatedAt,
});
