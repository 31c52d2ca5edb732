import type { AmazonOrder, AmazonRefusal, accept } from '@orderbus/contracts';
import type { Booking } from './booking.ts';
import type { Command } from './command.ts';
import type { Facts } from './facts.ts';
import type { Told } from './told.ts';
import type { WriteRequest } from './write-request.ts';

/** The order as we last saw it, and all that was asked about it so far. */
export interface Picture {
  readonly tenant: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly status: AmazonOrder['status'];
  readonly fulfilledBy: AmazonOrder['fulfilledBy'];
  /** Null for an order that was imported before facts were kept; its next change brings them. */
  readonly facts: Facts | null;
  /** Null when the order's first event has been purged. */
  readonly purchasedAt: string | null;
  readonly earlier: readonly Command[];
  /** Parcels of it that are none any more, as of a revision. */
  readonly voided: readonly { readonly shipmentId: string; readonly revision: number }[];
}

/** What our own check says before anything is sent. */
export type Verdict =
  /** `obstacle`: only a picture that may be out of date speaks against it. The order is read afresh before it is sent or refused. */
  | { readonly verdict: 'send'; readonly obstacle?: AmazonRefusal }
  | { readonly verdict: 'refused'; readonly refusal: AmazonRefusal }
  /** The order shows already what is asked for. */
  | ({ readonly verdict: 'done' } & Told)
  /** Amazon is not to be told at all. */
  | { readonly verdict: 'nothing'; readonly why: string };

export interface Naming {
  /** The parcel's number within its order, the same whenever it is asked for. */
  packageReference(orderId: string, shipmentId: string): string;
}

/** One kind of write to Amazon, as the ledger needs it. */
export interface WriteKind<Data = unknown, Request = unknown> {
  /** Asking twice under one key is asking once. */
  naturalKey(data: Data): string;
  /** Commands with one subject go one after the other, in the order in which they were asked. */
  subject(data: Data): string;
  check(data: Data, picture: Picture): Verdict;
  /** Before this moment it is not true yet, and is not sent. */
  notBefore?(data: Data): string;
  request(data: Data, picture: Picture, naming: Naming): WriteRequest;
  /** Why a command that has failed, or is in doubt, must not be sent again by hand. */
  superseded?(request: Request, picture: Picture): string | undefined;
  /** Said when Amazon has taken it in, and before it has answered. Absent: nobody waits for that. */
  submitted?(request: Request, order: NamedOrder, submittedAt: string): AnyEvent;
  confirmed(request: Request, order: NamedOrder, acceptedAt: string): AnyEvent;
  rejected(request: Request, order: NamedOrder, refusal: AmazonRefusal): AnyEvent;
  /** Said when Amazon's books show it. Absent: they do not. */
  booked?(request: Request, order: NamedOrder, booking: Booking): AnyEvent;
}

/** An event, whatever it says. */
export type AnyEvent = Parameters<typeof accept>[1];

interface NamedOrder {
  readonly orderId: string;
  readonly amazonOrderId: string;
}
