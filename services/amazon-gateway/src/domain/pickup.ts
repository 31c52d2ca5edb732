import { AmazonPickupConfirmed, AmazonPickupRejected } from '@orderbus/contracts';
import { objectionToLines, objectionToOrder, obstacleOfOrder } from './order-check.ts';
import type { Snapshot } from './translate.ts';
import type { Picture, Verdict, WriteKind } from './write-kind.ts';
import type { PickupData, PickupRequest } from './write-request.ts';

/** An order that the buyer fetches at the shop: Amazon is told where it stands, instead of a parcel. */
export const pickupKind: WriteKind<PickupData, PickupRequest> = {
  naturalKey: ({ orderId, status }) => `${orderId}:${status}`,
  subject: ({ orderId }) => `pickup:${orderId}`,
  check: (data, picture) => checkPickup(data, picture),
  request: (data) => ({ kind: 'pickup', ...data }),
  confirmed: ({ status }, { orderId, amazonOrderId }, acceptedAt) =>
    AmazonPickupConfirmed.of({ orderId, amazonOrderId, status, acceptedAt }),
  rejected: ({ status }, { orderId, amazonOrderId }, refusal) => AmazonPickupRejected.of({ orderId, amazonOrderId, status, refusal }),
};

const checkPickup = ({ lines = [] }: PickupData, picture: Picture): Verdict => {
  const { facts } = picture;
  const refusal = objectionToOrder(picture) ?? objectionToLines(lines, facts);
  if (refusal) return { verdict: 'refused', refusal };
  if (facts && !facts.programs.includes('in-store-pickup'))
    return {
      verdict: 'refused',
      refusal: {
        code: 'pickup.not-in-store',
        words: 'The buyer does not fetch this order at the shop: send it, and tell the parcel instead.',
      },
    };
  const obstacle = obstacleOfOrder(picture);
  return { verdict: 'send', ...(obstacle && { obstacle }) };
};

/** Does the order show it? That it is ready to be fetched, no order shows. */
export const isPickupShown = ({ status, lines }: PickupRequest, { status: shown, lines: ordered }: Snapshot): boolean => {
  if (status === 'refused') return shown === 'canceled' || shown === 'unfulfillable';
  const isFetched = (lines ?? ordered).every(
    ({ lineId, quantity }) => (ordered.find((line) => line.lineId === lineId)?.quantityShipped ?? 0) >= quantity,
  );
  return shown === 'shipped' || (status === 'picked-up' && shown !== 'canceled' && isFetched);
};
