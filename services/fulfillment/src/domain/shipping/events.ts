import { type Actor, ShipmentCorrected, ShipmentDispatched, ShipmentPacked, ShipmentVoided } from '@orderbus/contracts';
import type { Parcel } from './parcel.ts';

/** What others are told: built from the parcel as it is after the change. */
export const packed = (orderId: string, parcel: Parcel, actor: Actor) => ShipmentPacked.of({ ...contentOf(orderId, parcel), actor });

export const dispatched = (orderId: string, parcel: Parcel, actor: Actor) =>
  ShipmentDispatched.of({ ...shipmentOf(orderId, parcel), actor });

export const corrected = (orderId: string, parcel: Parcel, actor: Actor) => ShipmentCorrected.of({ ...shipmentOf(orderId, parcel), actor });

export const voided = (orderId: string, { id, revision, voidReason }: Parcel, actor: Actor) =>
  ShipmentVoided.of({ orderId, shipmentId: id, revision, ...(voidReason === null ? {} : { reason: voidReason }), actor });

/** A parcel that was handed over has a carrier and a moment: `content.ts` sees to that. */
const shipmentOf = (orderId: string, parcel: Parcel) => ({
  ...contentOf(orderId, parcel),
  carrier: parcel.carrier as string,
  shippedAt: parcel.shippedAt as string,
  ...(parcel.service === null ? {} : { service: parcel.service }),
  labelFrom: parcel.labelFrom,
});

const contentOf = (orderId: string, { id, revision, carrier, trackingNumber, lines }: Parcel) => ({
  orderId,
  shipmentId: id,
  revision,
  ...(carrier === null ? {} : { carrier }),
  ...(trackingNumber === null ? {} : { trackingNumber }),
  lines: [...lines],
});
