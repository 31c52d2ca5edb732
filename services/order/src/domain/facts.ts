import { isDeepStrictEqual } from 'node:util';
import type { AmazonOrder } from '@orderbus/contracts';
import { updateOf } from './events.ts';
import type { Facts, Order, OrderState } from './order.ts';

/** Times are written in one way, as the database gives them back: otherwise a snapshot would seem to differ from itself. */
export const factsOf = (snapshot: AmazonOrder): Facts => ({
  amazonOrderId: snapshot.amazonOrderId,
  marketplaceId: snapshot.marketplaceId,
  country: snapshot.country ?? null,
  fulfilledBy: snapshot.fulfilledBy,
  amazonStatus: snapshot.status,
  purchasedAt: instant(snapshot.purchasedAt),
  amazonUpdatedAt: instant(snapshot.updatedAt),
  shipFrom: instantOrNull(snapshot.shipBy?.from),
  shipBy: instantOrNull(snapshot.shipBy?.to),
  deliverFrom: instantOrNull(snapshot.deliverBy?.from),
  deliverBy: instantOrNull(snapshot.deliverBy?.to),
  serviceLevel: snapshot.serviceLevel ?? null,
  programs: snapshot.programs,
  replaces: snapshot.replaces ?? null,
  cancelRequest: snapshot.cancelRequested ?? null,
  currency: snapshot.totals?.currency ?? null,
  grandTotalMinor: snapshot.totals?.grandTotalMinor ?? null,
  tipMinor: snapshot.totals?.tipMinor ?? null,
  lines: snapshot.lines,
  balanced: snapshot.balanced,
});

/** Would others be told anything new? */
export const looksDifferent = (before: Order, after: OrderState): boolean =>
  !isDeepStrictEqual(updateOf(before.id, before), updateOf(before.id, after));

const instant = (time: string): string => new Date(time).toISOString();
const instantOrNull = (time: string | undefined): string | null => (time === undefined ? null : instant(time));
