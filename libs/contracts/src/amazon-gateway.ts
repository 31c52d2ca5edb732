import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { Currency, FulfilledBy, LineQuantity, Minor, OrderId, OrderLine, TimeWindow, Totals } from './shapes.ts';

/** Where Amazon stands with the order, in our words. `unknown` is a value that Amazon introduced after us: it is shown, and changes nothing. */
export const AmazonStatus = z.enum(['pending', 'unshipped', 'partially-shipped', 'shipped', 'canceled', 'unfulfillable', 'unknown']);
export type AmazonStatus = z.infer<typeof AmazonStatus>;

/** A parcel as Amazon knows it, whoever told it. */
export const AmazonPackage = z.object({
  /** Amazon's name of the parcel within the order. */
  reference: z.string().min(1),
  carrier: z.string().optional(),
  service: z.string().optional(),
  trackingNumber: z.string().optional(),
  shippedAt: z.iso.datetime().optional(),
  /** `shipped`, `in-transit`, `delivered`, ...; new ones pass through in lower case. */
  status: z.string().optional(),
  lines: z.array(LineQuantity),
});
export type AmazonPackage = z.infer<typeof AmazonPackage>;

/** The whole order as Amazon shows it, each time. A later snapshot replaces an earlier one. */
export const AmazonOrder = z.object({
  orderId: OrderId,
  /** Amazon's number, 3-7-7 digits. */
  amazonOrderId: z.string().min(1),
  marketplaceId: z.string(),
  /** ISO country of the marketplace; absent when it is one we do not know. */
  country: z.string().length(2).optional(),
  status: AmazonStatus,
  fulfilledBy: FulfilledBy,
  serviceLevel: z.string().optional(),
  purchasedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  shipBy: TimeWindow.optional(),
  deliverBy: TimeWindow.optional(),
  /** `prime`, `premium`, `business`, `in-store-pickup`, `invoice-by-amazon`, ...; new ones pass through in lower case. */
  programs: z.array(z.string()),
  /** The Amazon number of the order that this one replaces or exchanges. */
  replaces: z.string().optional(),
  /** A buyer asked to cancel; the seller decides. */
  cancelRequested: z.object({ reason: z.string().optional() }).optional(),
  /** Who canceled, and why, once it is canceled: `buyer`, `merchant`, `amazon`. */
  cancellation: z.object({ by: z.string().optional(), reason: z.string().optional() }).optional(),
  totals: Totals.optional(),
  lines: z.array(OrderLine),
  /** Parcels of an order that the seller ships. */
  packages: z.array(AmazonPackage).optional(),
  /** False when Amazon's parts do not add up to its total: a person should look before money moves. */
  balanced: z.boolean(),
  /** Buyer and recipient, sealed for the order service. Nobody else can read it. */
  sealedBuyer: z.string().optional(),
  /** Why there is no buyer data: Amazon does not show it yet, or not to us. */
  buyerData: z.enum(['present', 'not-yet', 'withheld']),
  shipToCountry: z.string().length(2).optional(),
});
export type AmazonOrder = z.infer<typeof AmazonOrder>;

export const AmazonOrderImported = defineEvent('amazon.order.imported', 1, AmazonOrder);
export const AmazonOrderUpdated = defineEvent('amazon.order.updated', 1, AmazonOrder);

/** Amazon answered with something that its own model does not allow. The raw answer is kept at the gateway under `rawId`. */
export const AmazonOrderUnreadable = defineEvent(
  'amazon.order.unreadable',
  1,
  z.object({ rawId: z.uuid(), amazonOrderId: z.string().optional(), problems: z.array(z.string()) }),
);

/** The answer can be read after all: what was said about it no longer matters. */
export const AmazonOrderReadable = defineEvent(
  'amazon.order.readable',
  1,
  z.object({ rawId: z.uuid(), amazonOrderId: z.string().optional() }),
);

/** What Amazon said no to, or what kept us from asking: a code to sort by, and words to read. */
export const AmazonRefusal = z.object({
  code: z.string().min(1),
  words: z.string().min(1),
  /** What the words tell, by name: who says it in another language says it by the code. `amazonSays`: Amazon's own words. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Amazon's name of the call, for its support. */
  requestId: z.string().optional(),
});
export type AmazonRefusal = z.infer<typeof AmazonRefusal>;

/** What a refusal says, for whoever tells it on: Amazon's name of the call is for Amazon alone. `parse` takes it out of a whole one. */
export const ToldRefusal = AmazonRefusal.omit({ requestId: true });
export type ToldRefusal = z.infer<typeof ToldRefusal>;

/** Why nobody can tell what came of something, for whoever tells it on: like a refusal, but there may be no code for it. */
export const ToldDoubt = ToldRefusal.partial({ code: true });
export type ToldDoubt = z.infer<typeof ToldDoubt>;

const order = { orderId: OrderId, amazonOrderId: z.string().min(1) };
const shipment = { ...order, shipmentId: z.uuid(), revision: z.int().positive() };
const pickup = { ...order, status: z.enum(['ready', 'picked-up', 'refused']) };
const cancellation = { ...order, cancellationId: z.uuid() };
const refund = { ...order, refundId: z.uuid() };
const invoice = { ...order, documentId: z.uuid(), attempt: z.int().positive() };
const acceptedAt = z.iso.datetime();

/** Amazon knows of the parcel. `packageReference` is its name there. */
export const AmazonShipmentConfirmed = defineEvent(
  'amazon.shipment.confirmed',
  1,
  z.object({ ...shipment, packageReference: z.string().min(1), acceptedAt }),
);
export const AmazonShipmentRejected = defineEvent('amazon.shipment.rejected', 1, z.object({ ...shipment, refusal: AmazonRefusal }));

export const AmazonPickupConfirmed = defineEvent('amazon.pickup.confirmed', 1, z.object({ ...pickup, acceptedAt }));
export const AmazonPickupRejected = defineEvent('amazon.pickup.rejected', 1, z.object({ ...pickup, refusal: AmazonRefusal }));

/** Amazon has canceled the order, or those of its units. */
export const AmazonCancellationAccepted = defineEvent('amazon.cancellation.accepted', 1, z.object({ ...cancellation, acceptedAt }));
export const AmazonCancellationRejected = defineEvent(
  'amazon.cancellation.rejected',
  1,
  z.object({ ...cancellation, refusal: AmazonRefusal }),
);

/** Amazon has been asked to pay back, and has not answered yet. */
export const AmazonRefundSubmitted = defineEvent('amazon.refund.submitted', 1, z.object({ ...refund, submittedAt: z.iso.datetime() }));

/** Amazon will pay the buyer back. */
export const AmazonRefundAccepted = defineEvent('amazon.refund.accepted', 1, z.object({ ...refund, acceptedAt }));
export const AmazonRefundRejected = defineEvent('amazon.refund.rejected', 1, z.object({ ...refund, refusal: AmazonRefusal }));

/** The money has left the seller's account at Amazon: its books show it. */
export const AmazonRefundSettled = defineEvent(
  'amazon.refund.settled',
  1,
  z.object({
    ...refund,
    currency: Currency,
    amountMinor: Minor,
    /** Amazon's name of the booking. */
    transactionId: z.string().min(1),
    settledAt: z.iso.datetime(),
  }),
);

/** Amazon has taken the document in, or has not. */
export const AmazonInvoiceAccepted = defineEvent('amazon.invoice.accepted', 1, z.object({ ...invoice, acceptedAt }));
export const AmazonInvoiceRejected = defineEvent('amazon.invoice.rejected', 1, z.object({ ...invoice, refusal: AmazonRefusal }));

/**
 * What a seller may say to a buyer, and only through Amazon. That an order was received, or has been shipped, is not among it: Amazon tells
 * buyers that itself, and forbids everybody else to.
 */
export const ContactKind = z.enum([
  'confirm-customization',
  'confirm-delivery',
  'confirm-order-details',
  'confirm-service',
  'digital-access-key',
  'unexpected-problem',
  'legal-disclosure',
  'warranty',
  'invoice',
  'request-review',
]);
export type ContactKind = z.infer<typeof ContactKind>;

const contact = { ...order, contactId: z.uuid(), contact: ContactKind };

/** Amazon has passed it on to the buyer. What was said is in no event. */
export const AmazonContactSent = defineEvent('amazon.contact.sent', 1, z.object({ ...contact, sentAt: z.iso.datetime() }));
/** The buyer has not heard of it: Amazon does not allow it, or not now. */
export const AmazonContactRefused = defineEvent('amazon.contact.refused', 1, z.object({ ...contact, refusal: AmazonRefusal }));

export const AmazonWriteKind = z.enum(['shipment', 'pickup', 'cancellation', 'refund', 'invoice', 'contact']);
export type AmazonWriteKind = z.infer<typeof AmazonWriteKind>;

/**
 * Nobody can tell when this will be done, or whether it is: Amazon was asked and reading back does not tell, or it waits for longer than it
 * should. What Amazon may have done already is not asked again before a person says so.
 * `commandId`: where the gateway keeps all that is known about it.
 */
export const AmazonWriteUncertain = defineEvent(
  'amazon.write.uncertain',
  1,
  z.object({
    ...order,
    kind: AmazonWriteKind,
    commandId: z.uuid(),
    since: z.iso.datetime(),
    ...ToldDoubt.shape,
  }),
);

/** A store is no longer kept in step. Told once, until it has recovered. */
export const AmazonSyncStalled = defineEvent(
  'amazon.sync.stalled',
  1,
  z.object({
    storeId: z.string().min(1),
    storeName: z.string(),
    since: z.iso.datetime().optional(),
    refusal: AmazonRefusal,
    /** Amazon refuses access: it does not pass by itself. */
    needsPerson: z.boolean(),
  }),
);
export const AmazonSyncRecovered = defineEvent('amazon.sync.recovered', 1, z.object({ storeId: z.string().min(1), storeName: z.string() }));

/** Orders that Amazon had, and that its list of changes never showed us. They have been imported. */
export const AmazonGapFound = defineEvent(
  'amazon.gap.found',
  1,
  z.object({
    storeId: z.string().min(1),
    storeName: z.string(),
    sweepId: z.uuid(),
    /** The window in which orders were created. */
    from: z.iso.datetime(),
    until: z.iso.datetime(),
    seen: z.int().nonnegative(),
    missing: z.int().positive(),
    /** The first hundred of them. */
    amazonOrderIds: z.array(z.string()).max(100),
  }),
);

/** What opens a store at Amazon, and does so for a limited time only. */
export const AmazonSecret = z.enum(['client-secret', 'authorization']);
export type AmazonSecret = z.infer<typeof AmazonSecret>;

const secret = { storeId: z.string().min(1), storeName: z.string(), secret: AmazonSecret };

/** It has to be renewed by then: afterwards Amazon lets nobody in. Told 30, 7 and 1 days before, and when the time is up. */
export const AmazonSecretExpiring = defineEvent(
  'amazon.secret.expiring',
  1,
  z.object({
    ...secret,
    expiresAt: z.iso.datetime(),
    /** Which of the warnings it is. 0: the time is up. */
    daysBefore: z.int().nonnegative(),
  }),
);
/** What was said about it no longer matters: there is another one, or it is no longer watched. */
export const AmazonSecretRenewed = defineEvent('amazon.secret.renewed', 1, z.object(secret));

/** Nothing is sent to Amazon any more, or everything again. Without a store: all of them. */
export const AmazonReadOnlySwitched = defineEvent(
  'amazon.read_only.switched',
  1,
  z.object({ storeId: z.string().min(1).optional(), readOnly: z.boolean(), reason: z.enum(['person', 'copied-database']) }),
);

/** A feed that Amazon does not finish. Everything of its kind waits behind it. */
export const AmazonFeedStuck = defineEvent(
  'amazon.feed.stuck',
  1,
  z.object({ feedId: z.string().min(1), feedType: z.string().min(1), submittedAt: z.iso.datetime(), commands: z.int().positive() }),
);
export const AmazonFeedFinished = defineEvent(
  'amazon.feed.finished',
  1,
  z.object({ feedId: z.string().min(1), feedType: z.string().min(1), accepted: z.int().nonnegative(), rejected: z.int().nonnegative() }),
);

export const amazonGatewayEvents = [
  AmazonOrderImported,
  AmazonOrderUpdated,
  AmazonOrderUnreadable,
  AmazonOrderReadable,
  AmazonShipmentConfirmed,
  AmazonShipmentRejected,
  AmazonPickupConfirmed,
  AmazonPickupRejected,
  AmazonCancellationAccepted,
  AmazonCancellationRejected,
  AmazonRefundSubmitted,
  AmazonRefundAccepted,
  AmazonRefundRejected,
  AmazonRefundSettled,
  AmazonInvoiceAccepted,
  AmazonInvoiceRejected,
  AmazonContactSent,
  AmazonContactRefused,
  AmazonWriteUncertain,
  AmazonSyncStalled,
  AmazonSyncRecovered,
  AmazonGapFound,
  AmazonSecretExpiring,
  AmazonSecretRenewed,
  AmazonReadOnlySwitched,
  AmazonFeedStuck,
  AmazonFeedFinished,
] as const;
