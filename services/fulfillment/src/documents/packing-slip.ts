import type { PackingSlip, ShownBuyer } from '@orderbus/documents';
import type { DocumentSettings } from '../domain/printing.ts';
import { isThere, type Parcel } from '../domain/shipping/parcel.ts';
import type { FoundOrder } from '../store/shipping-loading.ts';

/** The packing slip of an order, or of one of its parcels. */
export const slipOf = (
  { order, parcels }: FoundOrder,
  settings: DocumentSettings,
  { recipient, buyer }: ShownBuyer,
  only?: Parcel,
): PackingSlip => ({
  seller: { name: settings.sellerName, address: settings.sellerAddress, footer: settings.footer },
  country: order.country,
  language: settings.locale,
  orderNumber: order.number,
  channelOrderId: order.amazonOrderId,
  orderedAt: order.purchasedAt,
  shipBy: order.state === 'open' ? order.shipBy : undefined,
  recipient,
  instruction: buyer.delivery?.instruction,
  lines: order.lines.flatMap(({ lineId, sku, title, asin, quantity }) => {
    const units = only === undefined ? quantity : unitsIn(only, lineId);
    const gift = buyer.gifts?.find((each) => each.lineId === lineId);
    return units === 0 ? [] : [{ sku, title, asin, quantity: units, giftMessage: gift?.message, giftWrap: gift?.wrapLevel }];
  }),
  parcels: (only === undefined ? parcels.filter(isThere) : [only]).map(({ carrier, service, trackingNumber }) => ({
    ...{ carrier: carrier ?? undefined, service: service ?? undefined, trackingNumber: trackingNumber ?? undefined },
  })),
});

const unitsIn = ({ lines }: Parcel, lineId: string): number =>
  lines.reduce((sum, line) => sum + (line.lineId === lineId ? line.quantity : 0), 0);
