import { AmazonShipmentConfirmed, AmazonShipmentRejected } from '@orderbus/contracts';
import { checkShipment } from './shipment-check.ts';
import { cashOnDelivery } from './translate-line.ts';
import type { Picture, WriteKind } from './write-kind.ts';
import type { ShipmentData, ShipmentRequest } from './write-request.ts';

/** A parcel that Amazon is told of. A later revision goes out under the same number, and thereby corrects what was said. */
export const shipmentKind: WriteKind<ShipmentData, ShipmentRequest> = {
  naturalKey: ({ shipmentId, revision }) => `${shipmentId}:${revision}`,
  // The parcels of an order follow each other: each call meets what the one before has left to ship.
  subject: ({ orderId }) => `shipment:${orderId}`,
  check: (data, picture) => {
    if (data.labelFrom === 'channel')
      return { verdict: 'nothing', why: 'the label was bought at Amazon, which knows of the parcel thereby' };
    const why = voided(data, picture) ?? newerRevision(data, picture);
    return why === undefined ? checkShipment(data, picture) : { verdict: 'nothing', why };
  },
  notBefore: ({ shippedAt }) => new Date(Date.parse(shippedAt) - clockToleranceMs).toISOString(),
  request: (data, picture, { packageReference }) => ({
    kind: 'shipment',
    ...data,
    packageReference: packageReference(data.orderId, data.shipmentId),
    ...(isCashOnDelivery(picture) && { cashOnDelivery: true }),
  }),
  superseded: (request, picture) => voided(request, picture) ?? newerRevision(request, picture),
  confirmed: ({ shipmentId, revision, packageReference }, { orderId, amazonOrderId }, acceptedAt) =>
    AmazonShipmentConfirmed.of({ orderId, amazonOrderId, shipmentId, revision, packageReference, acceptedAt }),
  rejected: ({ shipmentId, revision }, { orderId, amazonOrderId }, refusal) =>
    AmazonShipmentRejected.of({ orderId, amazonOrderId, shipmentId, revision, refusal }),
};

export const voidedWords = 'The parcel was voided: Amazon is not told of it.';

const voided = ({ shipmentId, revision }: ShipmentData, picture: Picture): string | undefined =>
  picture.voided.some((each) => each.shipmentId === shipmentId && each.revision >= revision) ? voidedWords : undefined;

/** A warehouse's clock may be ahead by this much: the parcel is told as shipped now. What is said to leave later is told when it does. */
const clockToleranceMs = 5 * 60_000;

const isCashOnDelivery = ({ facts }: Picture): boolean =>
  [facts?.programs, ...(facts?.lines ?? []).map(({ programs }) => programs)].some((programs) => programs?.includes(cashOnDelivery));

const newerRevision = ({ shipmentId, revision }: ShipmentData, { earlier }: Picture): string | undefined => {
  const newer = earlier.flatMap(({ request }) =>
    request.kind === 'shipment' && request.shipmentId === shipmentId && request.revision > revision ? [request.revision] : [],
  );
  return newer.length > 0 ? `revision ${Math.max(...newer)} of this parcel has been asked since` : undefined;
};
