import {
  AmazonCancellationAccepted,
  AmazonCancellationRejected,
  type AmazonOrder,
  AmazonOrderImported,
  AmazonOrderUpdated,
  AmazonRefundAccepted,
  CreditMemoIssued,
  type Event,
  InvoiceCanceled,
  InvoiceIssued,
  RefundRequested,
  ShipmentCorrected,
  ShipmentDispatched,
  ShipmentVoided,
  StockReleased,
  StockReserved,
  StockShort,
  ToldRefusal,
} from '@orderbus/contracts';
import { on, type Subscription } from '@orderbus/outbox';
import type { Command } from '../domain/order.ts';
import { orders } from '../store/orders.ts';
import { searchIndex } from '../store/search-index.ts';
import { searchParcels } from '../store/search-parcels.ts';
import { emptyParcel, noteParcel, refundOf, trackingOf } from './documents.ts';

/** A snapshot is the order; the buyer in it is for the vault only: see buyers.ts. */
const observe = {
  key: ({ data }: Event<AmazonOrder>) => data.orderId,
  command: ({ data, aggregateVersion }: Event<AmazonOrder>): Command => ({ type: 'observe', snapshot: data, version: aggregateVersion }),
};

/** What the list of orders searches. */
const index = {
  key: ({ data }: Event<AmazonOrder>) => data.orderId,
  command: ({ data, aggregateVersion }: Event<AmazonOrder>) => ({ snapshot: data, version: aggregateVersion }),
};

/** Which fact leads to which command, and for whom. */
export const subscriptions: readonly Subscription[] = [
  on(AmazonOrderImported, 'order.observe', orders, observe),
  on(AmazonOrderUpdated, 'order.observe', orders, observe),

  on(AmazonOrderImported, 'order.index', searchIndex, index),
  on(AmazonOrderUpdated, 'order.index', searchIndex, index),

  on(StockReserved, 'order.start', orders, {
    key: ({ data }) => data.orderId,
    command: ({ aggregateVersion }) => ({ type: 'stock-reserved', version: aggregateVersion }),
  }),
  on(StockShort, 'order.block', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data, aggregateVersion }) => ({ type: 'stock-short', missing: data.missing, version: aggregateVersion }),
  }),
  on(StockReleased, 'order.wait', orders, {
    key: ({ data }) => data.orderId,
    command: ({ aggregateVersion }) => ({ type: 'stock-released', version: aggregateVersion }),
  }),

  on(InvoiceIssued, 'order.note-invoice', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data: { invoiceId: documentId, number, totalMinor, lines = null } }) => ({
      ...{ type: 'invoice-issued', documentId, number, totalMinor, lines },
    }),
  }),
  on(InvoiceCanceled, 'order.cancel-invoice', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data: { invoiceId: documentId, number, totalMinor } }) => ({
      ...{ type: 'invoice-canceled', documentId, number, totalMinor, lines: null },
    }),
  }),
  on(CreditMemoIssued, 'order.correct-invoice', orders, {
    key: ({ data }) => data.orderId,
    // What Amazon pays back is heard of from the gateway.
    command: ({ data: { kind, creditMemoId: documentId, number, totalMinor, lines } }) =>
      kind === 'correction' ? { type: 'invoice-corrected', documentId, number, totalMinor, lines } : undefined,
  }),

  on(ShipmentDispatched, 'order.note-parcel', orders, noteParcel),
  on(ShipmentCorrected, 'order.note-parcel', orders, noteParcel),
  on(ShipmentVoided, 'order.empty-parcel', orders, emptyParcel),
  on(ShipmentDispatched, 'order.index-parcel', searchParcels, trackingOf),
  on(ShipmentCorrected, 'order.index-parcel', searchParcels, trackingOf),

  on(RefundRequested, 'order.note-refund', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data }) => ({ type: 'refund-requested', refundId: data.refundId, ...refundOf(data) }),
  }),
  on(AmazonRefundAccepted, 'order.pay-back', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data: { refundId } }) => ({ type: 'refund-accepted', refundId }),
  }),

  on(AmazonCancellationAccepted, 'order.accept-cancellation', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data: { cancellationId } }) => ({ type: 'cancellation-accepted', cancellationId }),
  }),
  on(AmazonCancellationRejected, 'order.refuse-cancellation', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data: { cancellationId, refusal } }) => ({
      ...{ type: 'cancellation-refused', cancellationId },
      ...{ words: refusal.words, said: ToldRefusal.parse(refusal) },
    }),
  }),
];
