import {
  AmazonCancellationAccepted,
  AmazonCancellationRejected,
  AmazonOrderImported,
  AmazonOrderUpdated,
  AmazonRefundAccepted,
  type Event,
  type EventDefinition,
  InvoiceCanceled,
  InvoiceIssued,
  RefundRequested,
  ShipmentDispatched,
  StockReleased,
  StockReserved,
  StockShort,
} from '@orderbus/contracts';
import type { FactCommand } from '../src/domain/order.ts';
import { message } from './builders.ts';

const invoice = { invoiceId: '0190a5a0-0000-7000-8000-000000000001', currency: 'USD' };
const at = '2026-03-02T10:00:00Z';

/** The message that leads to this command, for this order. */
export const messageOf = (command: FactCommand, orderId: string, amazonOrderId: string): { definition: EventDefinition; event: Event } => {
  switch (command.type) {
    case 'observe':
      return message(
        command.version === 1 ? AmazonOrderImported : AmazonOrderUpdated,
        { ...command.snapshot, orderId, amazonOrderId },
        command.version,
      );
    case 'stock-reserved':
      return message(StockReserved, { orderId, lines: [] }, command.version);
    case 'stock-short':
      return message(StockShort, { orderId, lines: [], missing: [...command.missing] }, command.version);
    case 'stock-released':
      return message(StockReleased, { orderId, lines: [] }, command.version);
    case 'invoice-issued':
      return message(InvoiceIssued, { ...invoice, orderId, number: command.number, totalMinor: command.totalMinor }, command.version);
    case 'invoice-canceled':
      return message(
        InvoiceCanceled,
        { ...invoice, orderId, number: command.number, totalMinor: command.totalMinor, reason: 'x' },
        command.version,
      );
    case 'parcel-sent': {
      const { shipmentId, revision, lines } = command;
      return message(
        ShipmentDispatched,
        { orderId, shipmentId, revision, shippedAt: at, carrier: 'dhl', labelFrom: 'seller', lines: [...lines] },
        revision,
      );
    }
    case 'refund-requested': {
      const { refundId, totalMinor, lines, unshipped } = command;
      const components = [{ kind: 'item' as const, amountMinor: totalMinor }];
      const asked = lines.map((line) => ({ ...line, components }));
      return message(
        RefundRequested,
        { orderId, refundId, currency: 'USD', reason: unshipped ? 'could-not-ship' : 'customer-return', lines: asked },
        1,
      );
    }
    case 'refund-accepted':
      return message(AmazonRefundAccepted, { orderId, amazonOrderId, refundId: command.refundId, acceptedAt: at }, 1);
    case 'cancellation-accepted':
      return message(AmazonCancellationAccepted, { orderId, amazonOrderId, cancellationId: command.cancellationId, acceptedAt: at }, 1);
    case 'cancellation-refused': {
      const refusal = { code: 'amazon.invalid-state', words: command.words };
      return message(AmazonCancellationRejected, { orderId, amazonOrderId, cancellationId: command.cancellationId, refusal }, 1);
    }
  }
};
