import {
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
  type Event,
  InvoiceUploadRequested,
  PickupProgressed,
  RefundRequested,
  ShipmentCorrected,
  ShipmentDispatched,
  ShipmentVoided,
} from '@orderbus/contracts';
import type { Notice } from './need.ts';
import { atTime, firstOf, forGood, inRound, lastOf, type Meaning, opens, refused, settles, when } from './notice.ts';

/** A parcel is told of anew with each revision: the answer to a later one counts more than any to an earlier one. */
const toldOfParcel = (event: Event<Parcel>): readonly Notice[] => {
  const { shipmentId, revision, labelFrom } = event.data;
  const settled = settles('shipment-refused', event, shipmentId, firstOf(revision));
  const told = opens('waiting-at-amazon', event, `shipment:${shipmentId}`, { write: 'shipment', shipmentId }, firstOf(revision));
  // The label was bought at Amazon, which is not told.
  return labelFrom === 'channel' ? [settled] : [settled, told];
};
interface Parcel {
  readonly shipmentId: string;
  readonly revision: number;
  readonly labelFrom: 'seller' | 'channel';
}

/** A pickup goes through these, in this order. */
const stages = { ready: 1, 'picked-up': 2, refused: 3 } as const;

/** Any end of a command ends a doubt about it. The aggregate of the gateway's answers is the command. */
const certain = (event: Event): Notice => settles('write-uncertain', event, event.aggregateId);

export const ofWrites: readonly Meaning[] = [
  when(ShipmentDispatched, toldOfParcel),
  when(ShipmentCorrected, toldOfParcel),
  when(ShipmentVoided, (e) => [
    settles('waiting-at-amazon', e, `shipment:${e.data.shipmentId}`, lastOf(e.data.revision)),
    settles('shipment-refused', e, e.data.shipmentId, lastOf(e.data.revision)),
  ]),
  when(AmazonShipmentConfirmed, (e) => [
    settles('waiting-at-amazon', e, `shipment:${e.data.shipmentId}`, inRound(e.data.revision, e)),
    settles('shipment-refused', e, e.data.shipmentId, inRound(e.data.revision, e)),
    certain(e),
  ]),
  when(AmazonShipmentRejected, (e) => [
    settles('waiting-at-amazon', e, `shipment:${e.data.shipmentId}`, inRound(e.data.revision, e)),
    refused('shipment-refused', e, e.data.shipmentId, inRound(e.data.revision, e), { shipmentId: e.data.shipmentId }),
    certain(e),
  ]),

  when(PickupProgressed, (e) => [
    opens('waiting-at-amazon', e, `pickup:${e.data.orderId}`, { write: 'pickup', status: e.data.status }, firstOf(stages[e.data.status])),
    settles('pickup-refused', e, e.data.orderId, firstOf(stages[e.data.status])),
  ]),
  when(AmazonPickupConfirmed, (e) => [
    settles('waiting-at-amazon', e, `pickup:${e.data.orderId}`, inRound(stages[e.data.status], e)),
    settles('pickup-refused', e, e.data.orderId, inRound(stages[e.data.status], e)),
    certain(e),
  ]),
  when(AmazonPickupRejected, (e) => [
    settles('waiting-at-amazon', e, `pickup:${e.data.orderId}`, inRound(stages[e.data.status], e)),
    refused('pickup-refused', e, e.data.orderId, inRound(stages[e.data.status], e), { status: e.data.status }),
    certain(e),
  ]),

  // Answers about a refund do not say which time it was asked for. Once Amazon pays, it stays so.
  when(RefundRequested, (e) => [
    opens('waiting-at-amazon', e, `refund:${e.data.refundId}`, { write: 'refund', refundId: e.data.refundId }, atTime(e)),
    settles('refund-refused', e, e.data.refundId, atTime(e)),
  ]),
  when(AmazonRefundAccepted, (e) => [
    settles('waiting-at-amazon', e, `refund:${e.data.refundId}`, forGood),
    settles('refund-refused', e, e.data.refundId, forGood),
    certain(e),
  ]),
  when(AmazonRefundRejected, (e) => [
    settles('waiting-at-amazon', e, `refund:${e.data.refundId}`, atTime(e)),
    refused('refund-refused', e, e.data.refundId, atTime(e), { refundId: e.data.refundId }),
    certain(e),
  ]),

  // A document that is handed in again is another attempt.
  when(InvoiceUploadRequested, (e) => [
    opens(
      'waiting-at-amazon',
      e,
      `invoice:${e.data.documentId}`,
      { write: 'invoice', documentId: e.data.documentId, number: e.data.number },
      firstOf(e.data.attempt),
    ),
    settles('invoice-refused', e, e.data.documentId, firstOf(e.data.attempt)),
  ]),
  when(AmazonInvoiceAccepted, (e) => [
    settles('waiting-at-amazon', e, `invoice:${e.data.documentId}`, inRound(e.data.attempt, e)),
    settles('invoice-refused', e, e.data.documentId, inRound(e.data.attempt, e)),
    certain(e),
  ]),
  when(AmazonInvoiceRejected, (e) => [
    settles('waiting-at-amazon', e, `invoice:${e.data.documentId}`, inRound(e.data.attempt, e)),
    refused('invoice-refused', e, e.data.documentId, inRound(e.data.attempt, e), { documentId: e.data.documentId }),
    certain(e),
  ]),

  // What the order service makes of the answer to a cancellation is among the orders' needs.
  when(AmazonCancellationAccepted, (e) => [certain(e)]),
  when(AmazonCancellationRejected, (e) => [certain(e)]),
  when(AmazonContactSent, (e) => [certain(e)]),
  when(AmazonContactRefused, (e) => [certain(e)]),

  when(AmazonWriteUncertain, (e) => [
    opens('write-uncertain', e, e.aggregateId, {
      ...e.data.facts,
      ...(e.data.code !== undefined && { code: e.data.code }),
      ...{ write: e.data.kind, commandId: e.data.commandId, amazonOrderId: e.data.amazonOrderId },
      ...{ since: e.data.since, words: e.data.words },
    }),
  ]),
];
