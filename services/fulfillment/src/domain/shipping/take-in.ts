import { refuse } from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import type { CommandOf } from './command.ts';
import { objectTo, type Step } from './decision.ts';
import type { Shipping } from './order.ts';
import { pack } from './pack.ts';
import { isThere, type Parcel } from './parcel.ts';
import { unitsIn } from './quantities.ts';

/**
 * A parcel as a file of tracking numbers has it. The number names it within its order: the same file again changes nothing,
 * and says where it differs from what is known.
 */
export const takeIn = (shipping: Shipping, command: CommandOf<'take-in'>, orderId: string): Step => {
  const { trackingNumber, actor, at } = command;
  const namesakes = shipping.parcels.filter((parcel) => parcel.trackingNumber === trackingNumber);
  const known = namesakes.find(isThere);
  if (known) return compared(shipping, known, command);
  const shipmentId = documentIdOf(orderId, `tracking:${trackingNumber}:${namesakes.length}`);
  const { carrier, service, shippedAt, lines } = command;
  const parcel = { shipmentId, labelFrom: 'seller' as const, path: '', carrier, service, trackingNumber, shippedAt, lines };
  return pack(shipping, { type: 'pack', packages: [parcel], handedOver: true, actor, at }, orderId);
};

const compared = ({ order }: Shipping, known: Parcel, { carrier, lines }: CommandOf<'take-in'>): Step => {
  if (known.state === 'packed')
    return objectTo('shipment.not-handed-over', [
      { field: 'tracking', message: 'A parcel with this number is packed: hand it over.', code: 'shipment.packed' },
    ]);
  if (known.carrier?.toLowerCase() !== carrier.toLowerCase())
    return objectTo('shipment.differs', [
      {
        ...{ field: 'carrier', message: `The parcel with this number is with ${known.carrier}: edit it instead.` },
        ...{ code: 'shipment.other-carrier', facts: { carrier: known.carrier ?? '' } },
      },
    ]);
  const skus = new Set([...lines.map(({ sku }) => sku), ...known.lines.map(({ lineId }) => skuOf(order, lineId))]);
  const differs = [...skus].find((sku) => unitsOf(sku, lines) !== unitsKnown(order, sku, known));
  if (differs === undefined) return refuse('already-done');
  const units = unitsKnown(order, differs, known);
  return objectTo('shipment.differs', [
    {
      ...{ field: 'quantity', message: `The parcel with this number holds ${units} of ${differs}: edit it instead.` },
      ...{ code: 'shipment.other-units', facts: { units, sku: differs } },
    },
  ]);
};

const skuOf = (order: Shipping['order'], id: string): string | undefined => order.lines.find(({ lineId }) => lineId === id)?.sku;

const unitsOf = (wanted: string | undefined, lines: CommandOf<'take-in'>['lines']): number =>
  lines.reduce((sum, { sku, quantity }) => sum + (sku === wanted ? quantity : 0), 0);

const unitsKnown = (order: Shipping['order'], wanted: string | undefined, parcel: Parcel): number =>
  order.lines.filter(({ sku }) => sku === wanted).reduce((sum, { lineId }) => sum + unitsIn(lineId, [parcel]), 0);
