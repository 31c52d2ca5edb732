import {
  AmazonCancellationAccepted,
  AmazonCancellationRejected,
  AmazonFeedFinished,
  AmazonFeedStuck,
  AmazonGapFound,
  AmazonInvoiceAccepted,
  AmazonInvoiceRejected,
  AmazonOrderReadable,
  AmazonOrderUnreadable,
  AmazonPickupConfirmed,
  AmazonPickupRejected,
  AmazonReadOnlySwitched,
  AmazonRefundAccepted,
  AmazonRefundRejected,
  AmazonSecretExpiring,
  AmazonSecretRenewed,
  AmazonShipmentConfirmed,
  AmazonShipmentRejected,
  AmazonSyncRecovered,
  AmazonSyncStalled,
  AmazonWriteUncertain,
  CircuitClosed,
  CircuitOpened,
  DeadLettersOpened,
  DeadLettersSettled,
  type Event,
  OrderAttentionCleared,
  OrderAttentionRaised,
  OrderBlocked,
  OrderCanceled,
  OrderCreated,
  OrderProcessingStarted,
  OrderUpdated,
  ShipByAtRisk,
  ShipByMissed,
  ShipBySettled,
  ShipmentVoided,
  StockLow,
  StockReplenished,
} from '@orderbus/contracts';
import { on, type Subscription, type Target } from '@orderbus/outbox';
import type { WatchCommand } from '../domain/watch.ts';
import { circuitClosed, circuitOpened, lettersOpened, lettersSettled } from './operation-notices.ts';
import {
  attentionCleared,
  attentionRaised,
  blocked,
  canceled,
  created,
  processingStarted,
  readable,
  unreadable,
  updated,
} from './order-notices.ts';
import { atRisk, missed, settled, voided } from './shipping-notices.ts';
import { low, replenished } from './stock-notices.ts';
import { feedFinished, feedStuck, gapFound, readOnlySwitched, recovered, secretExpiring, secretRenewed, stalled } from './store-notices.ts';
import {
  cancellationAccepted,
  cancellationRejected,
  invoiceAccepted,
  invoiceRejected,
  pickupConfirmed,
  pickupRejected,
  refundAccepted,
  refundRejected,
  shipmentConfirmed,
  shipmentRejected,
  uncertain,
} from './write-notices.ts';

const order = ({ data }: Event<{ readonly orderId: string }>): string => data.orderId;
const itself = ({ aggregateId }: Event): string => aggregateId;

/** The table of contents: which facts the staff hears about, and which fact takes an alert back. */
export const subscriptionsOf = (watches: Target<WatchCommand>): readonly Subscription[] => [
  on(OrderCreated, 'notification.tell-new', watches, { key: order, command: created }),
  on(OrderBlocked, 'notification.tell-blocked', watches, { key: order, command: blocked }),
  on(OrderProcessingStarted, 'notification.resolve-blocked', watches, { key: order, command: processingStarted }),
  on(OrderUpdated, 'notification.resolve-shipped', watches, { key: order, command: updated }),
  on(OrderCanceled, 'notification.tell-canceled', watches, { key: order, command: canceled }),
  on(OrderAttentionRaised, 'notification.tell-cancel-requested', watches, { key: order, command: attentionRaised }),
  on(OrderAttentionCleared, 'notification.resolve-cancel-requested', watches, { key: order, command: attentionCleared }),
  on(AmazonOrderUnreadable, 'notification.tell-unreadable', watches, { key: itself, command: unreadable }),
  on(AmazonOrderReadable, 'notification.resolve-unreadable', watches, { key: itself, command: readable }),

  on(ShipByAtRisk, 'notification.tell-at-risk', watches, { key: order, command: atRisk }),
  on(ShipByMissed, 'notification.tell-missed', watches, { key: order, command: missed }),
  on(ShipBySettled, 'notification.resolve-deadline', watches, { key: order, command: settled }),
  on(ShipmentVoided, 'notification.resolve-voided', watches, { key: order, command: voided }),

  on(AmazonShipmentRejected, 'notification.tell-shipment-rejected', watches, { key: order, command: shipmentRejected }),
  on(AmazonShipmentConfirmed, 'notification.resolve-shipment', watches, { key: order, command: shipmentConfirmed }),
  on(AmazonPickupRejected, 'notification.tell-pickup-rejected', watches, { key: order, command: pickupRejected }),
  on(AmazonPickupConfirmed, 'notification.resolve-pickup', watches, { key: order, command: pickupConfirmed }),
  on(AmazonCancellationRejected, 'notification.tell-cancellation-rejected', watches, { key: order, command: cancellationRejected }),
  on(AmazonCancellationAccepted, 'notification.resolve-cancellation', watches, { key: order, command: cancellationAccepted }),
  on(AmazonRefundRejected, 'notification.tell-refund-rejected', watches, { key: order, command: refundRejected }),
  on(AmazonRefundAccepted, 'notification.resolve-refund', watches, { key: order, command: refundAccepted }),
  on(AmazonInvoiceRejected, 'notification.tell-invoice-rejected', watches, { key: order, command: invoiceRejected }),
  on(AmazonInvoiceAccepted, 'notification.resolve-invoice', watches, { key: order, command: invoiceAccepted }),
  on(AmazonWriteUncertain, 'notification.tell-uncertain', watches, { key: order, command: uncertain }),

  on(AmazonSyncStalled, 'notification.tell-stalled', watches, { key: itself, command: stalled }),
  on(AmazonSyncRecovered, 'notification.resolve-stalled', watches, { key: itself, command: recovered }),
  on(AmazonGapFound, 'notification.tell-gap', watches, { key: itself, command: gapFound }),
  on(AmazonSecretExpiring, 'notification.tell-secret-expiring', watches, { key: itself, command: secretExpiring }),
  on(AmazonSecretRenewed, 'notification.resolve-secret', watches, { key: itself, command: secretRenewed }),
  on(AmazonReadOnlySwitched, 'notification.tell-read-only', watches, { key: itself, command: readOnlySwitched }),
  on(AmazonFeedStuck, 'notification.tell-feed-stuck', watches, { key: itself, command: feedStuck }),
  on(AmazonFeedFinished, 'notification.resolve-feed', watches, { key: itself, command: feedFinished }),

  on(StockLow, 'notification.tell-low-stock', watches, { key: itself, command: low }),
  on(StockReplenished, 'notification.resolve-low-stock', watches, { key: itself, command: replenished }),

  on(DeadLettersOpened, 'notification.tell-dead-letters', watches, { key: itself, command: lettersOpened }),
  on(DeadLettersSettled, 'notification.resolve-dead-letters', watches, { key: itself, command: lettersSettled }),
  on(CircuitOpened, 'notification.tell-circuit', watches, { key: itself, command: circuitOpened }),
  on(CircuitClosed, 'notification.resolve-circuit', watches, { key: itself, command: circuitClosed }),
];
