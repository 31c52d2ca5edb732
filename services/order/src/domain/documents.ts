import { accept, type Decision, refuse } from '@orderbus/contracts';
import type { CommandOf, InvoiceCommand, Order, OrderState } from './order.ts';

type DocumentCommand = InvoiceCommand | CommandOf<'parcel-sent'> | CommandOf<'refund-requested'> | CommandOf<'refund-accepted'>;

/** Invoices, parcels and refunds are kept where they are made; the order remembers what they mean to its units and its money. */
export const hearOfDocument = (order: Order, command: DocumentCommand): Decision<OrderState> => {
  switch (command.type) {
    case 'invoice-issued':
    case 'invoice-canceled':
    case 'invoice-corrected':
      return noteBilled(order, command);
    case 'parcel-sent':
      return noteParcel(order, command);
    case 'refund-requested':
      return noteRefund(order, command);
    case 'refund-accepted':
      return payBack(order, command);
  }
};

/** Issued and then canceled, whichever is heard first: what is canceled stays so. */
const noteBilled = (order: Order, { type, documentId, number, totalMinor, lines }: InvoiceCommand): Decision<OrderState> => {
  const known = order.billed[documentId];
  const canceled = type === 'invoice-canceled';
  if (known !== undefined && (known.canceled || !canceled)) return refuse('already-done');
  const kind = type === 'invoice-corrected' ? 'correction' : 'invoice';
  const billed = { kind, number, totalMinor, lines: canceled ? null : lines, canceled } as const;
  return accept({ ...order, billed: { ...order.billed, [documentId]: billed } });
};

const noteParcel = (order: Order, { shipmentId, revision, lines }: CommandOf<'parcel-sent'>): Decision<OrderState> =>
  revision <= (order.parcels[shipmentId]?.revision ?? 0)
    ? refuse('already-done')
    : accept({ ...order, parcels: { ...order.parcels, [shipmentId]: { revision, lines } } });

const noteRefund = (order: Order, { refundId, totalMinor, lines, unshipped }: CommandOf<'refund-requested'>): Decision<OrderState> =>
  order.refunds[refundId] !== undefined
    ? refuse('already-done')
    : accept({ ...order, refunds: { ...order.refunds, [refundId]: { totalMinor, lines, unshipped, accepted: false } } });

const payBack = (order: Order, { refundId }: CommandOf<'refund-accepted'>): Decision<OrderState> => {
  const refund = order.refunds[refundId];
  if (refund === undefined) return refuse('too-early', 'nobody has asked for this refund yet');
  if (refund.accepted) return refuse('already-done');
  return accept({ ...order, refunds: { ...order.refunds, [refundId]: { ...refund, accepted: true } } });
};
