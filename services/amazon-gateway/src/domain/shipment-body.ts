import type { AmazonPackage, LineQuantity } from '@orderbus/contracts';
import { carrierOf } from './carriers.ts';
import { countryOf } from './marketplaces.ts';
import type { PickupRequest, ShipmentRequest } from './write-request.ts';

/** What Amazon is told of mail that nobody can follow: it demands a number, of any kind, and sellers give it a word. */
const untracked = 'NOTRACKING';

/** A parcel in Amazon's words. */
export const confirmShipmentBody = (shipment: ShipmentRequest, marketplaceId: string, now: Date): object => {
  const country = countryOf(marketplaceId);
  return {
    marketplaceId,
    // Japan alone knows cash on delivery, and one way of collecting it.
    ...(country === 'JP' && shipment.cashOnDelivery && { codCollectionMethod: 'DirectPayment' }),
    packageDetail: {
      packageReferenceId: shipment.packageReference,
      ...carrierOf(shipment.carrier, country),
      ...(shipment.service !== undefined && { shippingMethod: shipment.service }),
      trackingNumber: shipment.trackingNumber ?? untracked,
      shipDate: new Date(Math.min(Date.parse(shipment.shippedAt), now.getTime())).toISOString(),
      orderItems: shipment.lines.map(({ lineId, quantity, transparencyCodes }) => ({
        orderItemId: lineId,
        quantity,
        ...(transparencyCodes && { transparencyCodes }),
      })),
    },
  };
};

const pickupWords = { ready: 'ReadyForPickup', 'picked-up': 'PickedUp', refused: 'RefusedPickup' } as const;

export const shipmentStatusBody = ({ status, lines }: PickupRequest, marketplaceId: string): object => ({
  marketplaceId,
  shipmentStatus: pickupWords[status],
  ...(lines && { orderItems: lines.map(({ lineId, quantity }) => ({ orderItemId: lineId, quantity })) }),
});

/** Is this the parcel that was asked for? The carrier is compared as far as Amazon shows one. */
export const isAsAsked = (shipment: ShipmentRequest, shown: AmazonPackage, marketplaceId: string): boolean => {
  const country = countryOf(marketplaceId);
  return (
    shown.reference === shipment.packageReference &&
    (shown.trackingNumber ?? untracked) === (shipment.trackingNumber ?? untracked) &&
    (shown.carrier === undefined || sameCarrier(shown.carrier, shipment.carrier, country)) &&
    contentOf(shown.lines) === contentOf(shipment.lines)
  );
};

const sameCarrier = (shown: string, asked: string, country: string | undefined): boolean => {
  const [a, b] = [carrierOf(shown, country), carrierOf(asked, country)];
  return a.carrierCode === b.carrierCode && a.carrierName?.toLowerCase() === b.carrierName?.toLowerCase();
};

const contentOf = (lines: readonly LineQuantity[]): string =>
  lines
    .map(({ lineId, quantity }) => `${lineId}:${quantity}`)
    .sort()
    .join();
