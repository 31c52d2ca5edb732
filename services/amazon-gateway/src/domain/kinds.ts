import type { AmazonWriteKind } from '@orderbus/contracts';
import { cancellationKind } from './cancellation-kind.ts';
import { contactKind } from './contact/contact-kind.ts';
import { invoiceKind } from './invoice-kind.ts';
import { pickupKind } from './pickup.ts';
import { refundKind } from './refund-kind.ts';
import { shipmentKind } from './shipment.ts';
import type { WriteKind } from './write-kind.ts';

/** Everything that can be asked of Amazon. */
export const kinds: Readonly<Record<AmazonWriteKind, WriteKind>> = {
  shipment: shipmentKind,
  pickup: pickupKind,
  cancellation: cancellationKind,
  refund: refundKind,
  invoice: invoiceKind,
  contact: contactKind,
};
