import { OrderCancellationRequested, PickupProgressed, RefundRequested, ShipmentCorrected, ShipmentDispatched } from '@orderbus/contracts';
import { on, type Subscription, type Target } from '@orderbus/outbox';
import type { Step } from '../domain/command.ts';
import { asks } from './asks.ts';

/** Which fact leads to which write at Amazon. */
export const subscriptionsOf = (ledger: Target<Step>): readonly Subscription[] => [
  on(ShipmentDispatched, 'amazon-gateway.confirm-shipment', ledger, asks('shipment')),
  on(ShipmentCorrected, 'amazon-gateway.correct-shipment', ledger, asks('shipment')),
  on(PickupProgressed, 'amazon-gateway.report-pickup', ledger, asks('pickup')),
  on(OrderCancellationRequested, 'amazon-gateway.cancel-order', ledger, asks('cancellation')),
  on(RefundRequested, 'amazon-gateway.refund', ledger, asks('refund')),
];
