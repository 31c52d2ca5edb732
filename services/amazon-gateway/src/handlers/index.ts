import {
  InvoiceUploadRequested,
  OrderBuyerPurged,
  OrderCancellationRequested,
  PickupProgressed,
  RefundRequested,
  ShipmentCorrected,
  ShipmentDispatched,
  ShipmentVoided,
} from '@orderbus/contracts';
import { on, type Subscription, type Target } from '@orderbus/outbox';
import type { Step } from '../domain/command.ts';
import { forgottenBuyers } from '../store/forgotten-buyers.ts';
import { voidedShipments } from '../store/voided-shipments.ts';
import { asks } from './asks.ts';

/** Which fact leads to which write at Amazon; and whom it has to forget. */
export const subscriptionsOf = (ledger: Target<Step>): readonly Subscription[] => [
  on(ShipmentDispatched, 'amazon-gateway.confirm-shipment', ledger, asks('shipment')),
  on(ShipmentCorrected, 'amazon-gateway.correct-shipment', ledger, asks('shipment')),
  on(ShipmentVoided, 'amazon-gateway.forget-shipment', voidedShipments(ledger), {
    key: ({ data }) => data.shipmentId,
    command: ({ data: { orderId, revision } }) => ({ orderId, revision }),
  }),
  on(PickupProgressed, 'amazon-gateway.report-pickup', ledger, asks('pickup')),
  on(OrderCancellationRequested, 'amazon-gateway.cancel-order', ledger, asks('cancellation')),
  on(RefundRequested, 'amazon-gateway.refund', ledger, asks('refund')),
  on(InvoiceUploadRequested, 'amazon-gateway.upload-invoice', ledger, asks('invoice')),
  on(OrderBuyerPurged, 'amazon-gateway.forget-buyer', forgottenBuyers, {
    key: ({ data }) => data.orderId,
    command: ({ data: { purgedAt } }) => ({ purgedAt }),
  }),
];
