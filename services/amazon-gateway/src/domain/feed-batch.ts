import type { AmazonRefusal, CancelReason, LineQuantity, RefundReason } from '@orderbus/contracts';
import { planCancellation } from './cancellation.ts';
import type { Command } from './command.ts';
import type { FeedMessage, FeedType } from './feed.ts';
import type { Check } from './feed-check.ts';
import { type InvoicePlan, planInvoice } from './invoice.ts';
import { planRefund, type RefundPlan } from './refund.ts';
import type { Told } from './told.ts';
import type { Picture } from './write-kind.ts';

/** What a message of a feed says, in our words. */
export type FeedWish = OrderCancel | UnitsCancel | OrderRefund | InvoiceUpload;

/** A whole order, with all of its lines. */
export interface OrderCancel {
  readonly way: 'cancel-order';
  readonly amazonOrderId: string;
  readonly lineIds: readonly string[];
  readonly reason: CancelReason;
}

/** Units of an order that has more. */
export interface UnitsCancel {
  readonly way: 'cancel-units';
  readonly amazonOrderId: string;
  readonly lines: readonly LineQuantity[];
  readonly reason: CancelReason;
}

export interface OrderRefund {
  readonly way: 'refund';
  readonly amazonOrderId: string;
  readonly currency: string;
  readonly lines: RefundPlan;
  readonly reason: RefundReason;
}

/** A document about an order, and what Amazon has to know about it. */
export interface InvoiceUpload {
  readonly way: 'upload-invoice';
  readonly amazonOrderId: string;
  readonly plan: InvoicePlan;
}

/** What is to be done with a command whose turn it is. */
export type Fate =
  | { readonly fate: 'send'; readonly feedType: FeedType; readonly wish: FeedWish; readonly before: FeedMessage['before'] }
  | { readonly fate: 'refuse'; readonly refusal: AmazonRefusal }
  /** Amazon shows that it is so already. */
  | { readonly fate: 'found'; readonly told: Told }
  /** The order has to be read again first. `feedType`: how it would go as things stand. */
  | { readonly fate: 'read'; readonly feedType?: FeedType }
  | { readonly fate: 'wait' };

/**
 * `isFresh`: the order has been read a moment ago. Nothing is refused for what may have changed since, and no whole order is canceled by
 * an older picture: had a unit been shipped meanwhile, Amazon would pay everything back.
 */
export const fateOf = (command: Command, picture: Picture, isFresh: boolean): Fate => {
  const check = wishOf(command, { ...picture, earlier: before(command, picture) });
  if ('done' in check) return { fate: 'found', told: check.done };
  if ('wait' in check) return { fate: 'wait' };
  if (!isFresh && needsReading(command, check)) return { fate: 'read', ...('plan' in check && { feedType: feedTypeOf(check.plan) }) };
  if ('obstacle' in check) {
    const { maybeStale: _, ...refusal } = check.obstacle;
    return { fate: 'refuse', refusal };
  }
  return { fate: 'send', feedType: feedTypeOf(check.plan), wish: check.plan, before: quantitiesBefore(check.plan, picture) };
};

const wishOf = ({ request, amazonOrderId }: Command, picture: Picture): Check<FeedWish> => {
  if (request.kind === 'refund') {
    const { reason, currency } = request;
    const check = planRefund(request, picture);
    return 'plan' in check ? { plan: { way: 'refund', amazonOrderId, currency, lines: check.plan, reason } } : check;
  }
  if (request.kind === 'invoice') {
    const check = planInvoice(request, picture);
    return 'plan' in check ? { plan: { way: 'upload-invoice', amazonOrderId, plan: check.plan } } : check;
  }
  if (request.kind !== 'cancellation') return { wait: 'it does not travel by feed' };
  const { reason } = request;
  const check = planCancellation(request, picture);
  if (!('plan' in check)) return check;
  const { plan } = check;
  if (plan.way === 'order') return { plan: { way: 'cancel-order', amazonOrderId, lineIds: plan.lineIds, reason } };
  return { plan: { way: 'cancel-units', amazonOrderId, lines: plan.lines, reason } };
};

/** What was asked after it, and waits behind it, does not count against it. */
const before = ({ id, subject, turn }: Command, { earlier }: Picture): Command[] =>
  earlier.filter((other) => other.id !== id && !(other.subject === subject && other.turn > turn && other.state === 'pending'));

const needsReading = ({ obstacle }: Command, check: Check<FeedWish>): boolean => {
  if ('obstacle' in check) return check.obstacle.maybeStale;
  return obstacle !== null || ('plan' in check && check.plan.way === 'cancel-order');
};

const quantitiesBefore = (wish: FeedWish, { facts }: Picture): FeedMessage['before'] =>
  wish.way === 'cancel-units' ? facts?.lines.map(({ lineId, quantity }) => ({ lineId, quantity })) : undefined;

const feedTypes: Readonly<Record<FeedWish['way'], FeedType>> = {
  'cancel-order': 'POST_ORDER_ACKNOWLEDGEMENT_DATA',
  'cancel-units': 'POST_PAYMENT_ADJUSTMENT_DATA',
  refund: 'POST_PAYMENT_ADJUSTMENT_DATA',
  'upload-invoice': 'UPLOAD_VAT_INVOICE',
};

const feedTypeOf = ({ way }: FeedWish): FeedType => feedTypes[way];
