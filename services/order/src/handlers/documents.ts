import type { Event, RefundRequested, ShipmentDispatched, ShipmentVoided } from '@orderbus/contracts';
import type { z } from 'zod';
import type { Command, Refund } from '../domain/order.ts';

type Shipment = z.infer<typeof ShipmentDispatched.schema>;
type Voided = z.infer<typeof ShipmentVoided.schema>;
type AskedRefund = z.infer<typeof RefundRequested.schema>;

/** A parcel, when it left and when what was said about it is corrected: only what is in it matters here. */
export const noteParcel = {
  key: ({ data }: Event<Shipment>): string => data.orderId,
  command: ({ data: { shipmentId, revision, lines } }: Event<Shipment>): Command => ({
    ...{ type: 'parcel-sent', shipmentId, revision },
    lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
  }),
};

/** The parcel is none any more: it has nothing in it. */
export const emptyParcel = {
  key: ({ data }: Event<Voided>): string => data.orderId,
  command: ({ data: { shipmentId, revision } }: Event<Voided>): Command => ({ type: 'parcel-sent', shipmentId, revision, lines: [] }),
};

/** Under which number its parcel is found; untracked mail has none. */
export const trackingOf = {
  key: ({ data }: Event<Shipment>): string => data.orderId,
  command: ({ data: { trackingNumber } }: Event<Shipment>) => (trackingNumber === undefined ? undefined : { trackingNumber }),
};

/** What a refund means to the order's units and its money. */
export const refundOf = ({ reason, lines }: AskedRefund): Omit<Refund, 'accepted'> => ({
  totalMinor: lines.flatMap((line) => line.components).reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  lines: lines.flatMap(({ lineId, quantity }) => (quantity === undefined ? [] : [{ lineId, quantity }])),
  unshipped: neverLeft.includes(reason),
});

/** Refunds for these reasons are for units that were never sent. */
const neverLeft: readonly AskedRefund['reason'][] = ['no-inventory', 'could-not-ship', 'customer-cancel', 'pricing-error'];
