import type {
  AmazonCancellationAccepted,
  AmazonCancellationRejected,
  AmazonContactRefused,
  AmazonContactSent,
  AmazonInvoiceAccepted,
  AmazonInvoiceRejected,
  AmazonPickupConfirmed,
  AmazonPickupRejected,
  AmazonRefundAccepted,
  AmazonRefundRejected,
  AmazonShipmentConfirmed,
  AmazonShipmentRejected,
  AmazonWriteUncertain,
  Event,
} from '@orderbus/contracts';
import type { Facts, FactsOf } from '../domain/facts.ts';
import type { Notice, WatchCommand } from '../domain/watch.ts';
import { type About, clears, type EventOf, notices, tells } from './notice.ts';

/**
 * What became of what Amazon was asked. The watch is the order's; the events' aggregate is the command at the gateway, and counts them
 * from the first attempt to the last. Any end of a command ends a doubt about it.
 */

export const shipmentConfirmed = (event: EventOf<typeof AmazonShipmentConfirmed>): WatchCommand =>
  notices(clears(event, 'shipment-rejected', parcel(event.data)), ended(event));

export const shipmentRejected = (event: EventOf<typeof AmazonShipmentRejected>): WatchCommand => {
  const { amazonOrderId, shipmentId, revision, refusal } = event.data;
  return rejected(
    event,
    { kind: 'shipment-rejected', ...command(event), amazonOrderId, shipmentId, revision, refusal },
    parcel(event.data),
  );
};

export const pickupConfirmed = (event: EventOf<typeof AmazonPickupConfirmed>): WatchCommand =>
  notices(clears(event, 'pickup-rejected', stage(event.data)), ended(event));

export const pickupRejected = (event: EventOf<typeof AmazonPickupRejected>): WatchCommand => {
  const { amazonOrderId, status, refusal } = event.data;
  return rejected(event, { kind: 'pickup-rejected', ...command(event), amazonOrderId, status, refusal }, stage(event.data));
};

export const cancellationAccepted = (event: EventOf<typeof AmazonCancellationAccepted>): WatchCommand =>
  notices(clears(event, 'cancellation-rejected', itself(event)), ended(event));

export const cancellationRejected = (event: EventOf<typeof AmazonCancellationRejected>): WatchCommand => {
  const { amazonOrderId, cancellationId, refusal } = event.data;
  return rejected(event, { kind: 'cancellation-rejected', ...command(event), amazonOrderId, cancellationId, refusal }, itself(event));
};

export const refundAccepted = (event: EventOf<typeof AmazonRefundAccepted>): WatchCommand =>
  notices(clears(event, 'refund-rejected', money(event)), ended(event));

export const refundRejected = (event: EventOf<typeof AmazonRefundRejected>): WatchCommand => {
  const { amazonOrderId, refundId, refusal } = event.data;
  return rejected(event, { kind: 'refund-rejected', ...command(event), amazonOrderId, refundId, refusal }, money(event));
};

export const invoiceAccepted = (event: EventOf<typeof AmazonInvoiceAccepted>): WatchCommand =>
  notices(clears(event, 'invoice-rejected', paper(event.data)), ended(event));

export const invoiceRejected = (event: EventOf<typeof AmazonInvoiceRejected>): WatchCommand => {
  const { amazonOrderId, documentId, attempt, refusal } = event.data;
  return rejected(event, { kind: 'invoice-rejected', ...command(event), amazonOrderId, documentId, attempt, refusal }, paper(event.data));
};

/** Whoever asked for it sees what came of it; only a doubt about it was told. */
export const contactEnded = (event: EventOf<typeof AmazonContactSent> | EventOf<typeof AmazonContactRefused>): WatchCommand =>
  notices(ended(event));

export const uncertain = (event: EventOf<typeof AmazonWriteUncertain>): WatchCommand => {
  const { amazonOrderId, kind: write, since, words } = event.data;
  return notices(tells(event, { kind: 'write-uncertain', ...command(event), amazonOrderId, write, since, words }, itself(event)));
};

type Rejection = Extract<Facts, { refusal: unknown; commandId: string }>;

/** Who gave a command up by hand knows of it, and need not be told. */
const rejected = (event: Event, facts: Rejection, about: About): WatchCommand =>
  notices(facts.refusal.code === settledByHand ? clears(event, facts.kind, about) : tells(event, facts, about), ended(event));

const settledByHand = 'ledger.settled-by-hand';

const ended = (event: Event): Notice => clears(event, 'write-uncertain', itself(event));

const command = ({ aggregateId }: Event) => ({ commandId: aggregateId });

const itself = ({ aggregateId }: Event): About => ({ subject: aggregateId });

/** A correction is a command of its own about the same parcel: its answer is newer than any to what was corrected. */
const parcel = ({ shipmentId, revision }: { readonly shipmentId: string; readonly revision: number }): About => ({
  subject: shipmentId,
  revision,
});

/** A document that is handed in again, too. */
const paper = ({ documentId, attempt }: { readonly documentId: string; readonly attempt: number }): About => ({
  subject: documentId,
  revision: attempt,
});

/** And a refund that is asked for again, but its answers do not say which time it was: they are in the order of their time. */
const money = ({ data, occurredAt }: Event<{ readonly refundId: string }>): About => ({
  subject: data.refundId,
  revision: Date.parse(occurredAt),
});

/** So is a later stage of a pickup, of which an order has one. */
const stage = ({ status }: { readonly status: keyof typeof stages }): About => ({ revision: stages[status] });

const stages = { ready: 1, 'picked-up': 2, refused: 3 } as const satisfies Record<FactsOf<'pickup-rejected'>['status'], number>;
