import type { AmazonOrder, AmazonRefusal, AmazonStatus, ContactKind, FulfilledBy } from '@orderbus/contracts';
import type { CommandState } from '../lifecycle.ts';
import { isProactive, rulesOf } from './kinds.ts';

/** An order, as far as it decides about what may be said to its buyer. */
export interface ContactOrder {
  readonly orderId: string;
  readonly tenant: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly status: AmazonStatus;
  readonly fulfilledBy: FulfilledBy;
  readonly programs: readonly string[];
  /** Null when Amazon has not said. */
  readonly deliverBy: NonNullable<AmazonOrder['deliverBy']> | null;
  readonly buyerForgotten: boolean;
  /** What was asked for until now. */
  readonly said: readonly Said[];
}

export interface Said {
  readonly id: string;
  readonly contact: ContactKind;
  readonly state: CommandState;
}

/** What Amazon offers for the order at this moment; or why it does not say. */
export type Offer = readonly ContactKind[] | AmazonRefusal;

const dayMs = 86_400_000;

/**
 * Why this must not be said now; nothing when it may. Our own rules first, since their words help more; then Amazon's list, which decides.
 * `except`: the command that is about to be sent is not in its own way.
 */
export const objectionTo = (
  contact: ContactKind,
  order: ContactOrder,
  offer: Offer,
  { now, except }: { readonly now: Date; readonly except?: string },
): AmazonRefusal | undefined =>
  objectionOfOrder(order) ??
  objectionOfOthers(contact, order.said, except) ??
  objectionOfTime(contact, order, now) ??
  objectionOfAmazon(contact, offer);

const objectionOfOrder = ({ programs, status, buyerForgotten }: ContactOrder): AmazonRefusal | undefined => {
  if (programs.includes('non-amazon'))
    return { code: 'order.not-sold-on-amazon', words: 'This order was not sold on Amazon: its buyer is not reached through Amazon.' };
  if (status === 'canceled') return { code: 'order.canceled', words: 'The order is canceled.' };
  if (buyerForgotten) return { code: 'contact.buyer-forgotten', words: 'The buyer of this order has been forgotten, as the time demands.' };
  return undefined;
};

/** One message in the seller's own words, or one request for a review, for each order. What surely failed was none. */
export const objectionOfOthers = (contact: ContactKind, said: readonly Said[], except?: string): AmazonRefusal | undefined => {
  if (!isProactive(contact)) return undefined;
  const other = said.find(({ id, contact: earlier, state }) => id !== except && isProactive(earlier) && state !== 'failed');
  return (
    other && {
      code: 'contact.once-per-order',
      words: `An order gets one message or one request for a review: ${other.contact} ${stands[other.state]}.`,
      facts: { other: other.contact },
    }
  );
};

const stands: Readonly<Record<CommandState, string>> = {
  pending: 'waits to be sent',
  sending: 'is being sent',
  unknown: 'may have been sent, and a person has to find out',
  done: 'has been sent',
  failed: 'has failed',
};

const objectionOfTime = (contact: ContactKind, { deliverBy }: ContactOrder, now: Date): AmazonRefusal | undefined => {
  if (!isProactive(contact)) return undefined;
  const { opensAt, closesAt } = windowOf(contact, deliverBy);
  if (opensAt && now.toISOString() < opensAt)
    return { code: 'contact.too-early', words: `This may be asked from ${opensAt} on.`, facts: { opensAt } };
  if (closesAt && now.toISOString() > closesAt)
    return { code: 'contact.too-late', words: `This could be said until ${closesAt}, and not after.`, facts: { closesAt } };
  return undefined;
};

/** Nothing unasked more than thirty days after the order is complete; a review not before the buyer has had the product for five days. */
export const windowOf = (
  contact: ContactKind,
  deliverBy: ContactOrder['deliverBy'],
): { readonly opensAt?: string; readonly closesAt?: string } => {
  const { from, to } = deliverBy ?? {};
  if (!isProactive(contact)) return {};
  return {
    ...(from && contact === 'request-review' && { opensAt: new Date(Date.parse(from) + 5 * dayMs).toISOString() }),
    ...(to && { closesAt: new Date(Date.parse(to) + 30 * dayMs).toISOString() }),
  };
};

const objectionOfAmazon = (contact: ContactKind, offer: Offer): AmazonRefusal | undefined => {
  if ('code' in offer) return offer;
  if (offer.includes(contact)) return undefined;
  return { code: notOffered, words: `Amazon does not offer this for the order now. It does ${rulesOf(contact).offered}.` };
};

export const notOffered = 'contact.not-offered';
