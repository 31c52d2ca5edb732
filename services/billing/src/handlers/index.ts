import {
  AmazonInvoiceAccepted,
  AmazonInvoiceRejected,
  AmazonRefundAccepted,
  AmazonRefundRejected,
  AmazonRefundSettled,
  AmazonRefundSubmitted,
  AmazonWriteUncertain,
  type Event,
  OrderCanceled,
  OrderCreated,
  OrderRenumbered,
  OrderUnitsCanceled,
  OrderUpdated,
  ReturnReceived,
  ShipmentCorrected,
  ShipmentDispatched,
  ShipmentVoided,
  ToldRefusal,
} from '@orderbus/contracts';
import { on } from '@orderbus/outbox';
import { orderBillings } from '../store/order-billing.ts';
import { doubted, heard, returned, shipped, unshipped } from './documents.ts';

const key = ({ data }: Event<{ orderId: string }>): string => data.orderId;

/** What billing listens to. */
export const subscriptions = [
  on(OrderCreated, 'billing.invoice', orderBillings, {
    key,
    command: ({ data, aggregateVersion }) => ({ type: 'open', orderVersion: aggregateVersion, order: data }),
  }),
  on(OrderUpdated, 'billing.compare', orderBillings, {
    key,
    command: ({ data: { totals, lines, status }, aggregateVersion }) => ({
      ...{ type: 'update', orderVersion: aggregateVersion, totals, lines },
      complete: status === 'complete',
    }),
  }),
  on(OrderCanceled, 'billing.cancel', orderBillings, {
    key,
    command: ({ data: { reason }, aggregateVersion, occurredAt: at }) => ({ type: 'cancel', orderVersion: aggregateVersion, reason, at }),
  }),
  on(OrderUnitsCanceled, 'billing.correct', orderBillings, {
    key,
    command: ({ data: { cancellationId, reason, lines }, occurredAt: at }) => ({ type: 'cancel-units', cancellationId, reason, lines, at }),
  }),
  on(OrderRenumbered, 'billing.rename', orderBillings, {
    key,
    command: ({ data: { number }, aggregateVersion }) => ({ type: 'rename', orderVersion: aggregateVersion, number }),
  }),

  on(ShipmentDispatched, 'billing.invoice-parcel', orderBillings, shipped),
  on(ShipmentCorrected, 'billing.correct-parcel', orderBillings, shipped),
  on(ShipmentVoided, 'billing.void-parcel', orderBillings, unshipped),
  on(ReturnReceived, 'billing.refund-return', orderBillings, returned),

  on(AmazonRefundSubmitted, 'billing.note-refund', orderBillings, heard('submit')),
  on(AmazonRefundAccepted, 'billing.issue-credit-memo', orderBillings, heard('accept')),
  on(AmazonRefundRejected, 'billing.refuse-refund', orderBillings, heard('refuse')),
  on(AmazonRefundSettled, 'billing.settle-refund', orderBillings, heard('settle')),
  on(AmazonWriteUncertain, 'billing.doubt-refund', orderBillings, doubted),

  on(AmazonInvoiceAccepted, 'billing.note-upload', orderBillings, {
    key,
    command: ({ data: { documentId, attempt } }) => ({ type: 'hear-upload', documentId, attempt }),
  }),
  on(AmazonInvoiceRejected, 'billing.refuse-upload', orderBillings, {
    key,
    command: ({ data: { documentId, attempt, refusal } }) => ({
      ...{ type: 'hear-upload', documentId, attempt },
      refusal: ToldRefusal.parse(refusal),
    }),
  }),
];
