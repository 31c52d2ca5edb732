import {
  AmazonCancellationAccepted,
  AmazonCancellationRejected,
  AmazonOrderImported,
  AmazonOrderUpdated,
  AmazonRefundAccepted,
  CreditMemoIssued,
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
import type { FactCommand, InvoiceCommand } from '../src/domain/order.ts';
import { message } from './builders.ts';

const documentOf = ({ documentId: invoiceId, number, totalMinor }: InvoiceCommand) => ({ invoiceId, number, totalMinor, currency: 'USD' });
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
      return message(InvoiceIssued, { ...documentOf(command), orderId, ...(command.lines ? { lines: [...command.lines] } : {}) }, 1);
    case 'invoice-canceled':
      return message(InvoiceCanceled, { ...documentOf(command), orderId, reason: 'x' }, 2);
    case 'invoice-corrected': {
      const { invoiceId: creditMemoId, ...document } = documentOf(command);
      const lines = [...(command.lines ?? [])];
      return message(CreditMemoIssued, { ...document, orderId, creditMemoId, kind: 'correction', reason: 'no-inventory', lines }, 1);
    }
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
