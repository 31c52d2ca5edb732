import type { LineQuantity } from '@orderbus/contracts';
import type { OrderedLine, PickupStep, ShippingLine, ShippingOrder } from './order.ts';
import { counts, isKnownToAmazon, type Parcel } from './parcel.ts';

/** Units of a line in these. */
export const unitsIn = (lineId: string, parts: readonly { readonly lines: readonly LineQuantity[] }[]): number =>
  parts.flatMap(({ lines }) => lines).reduce((sum, line) => sum + (line.lineId === lineId ? line.quantity : 0), 0);

/** What is packed nobody has told Amazon. Of what has left, it may count all, some or none: the higher number holds. */
const taken = ({ lineId, elsewhere }: ShippingLine, atAmazon: number, parcels: readonly Parcel[]): number => {
  const shipped = parcels.filter(({ state }) => state === 'shipped');
  const packed = parcels.filter(({ state }) => state === 'packed');
  return unitsIn(lineId, packed) + Math.max(atAmazon, unitsIn(lineId, shipped) + elsewhere);
};

/** Units of a line that may go into another parcel. */
export const leftOf = (line: ShippingLine, parcels: readonly Parcel[]): number =>
  Math.max(0, line.quantity - taken(line, line.quantityShipped, parcels));

/** Units of a line that this parcel may hold at most, beside all others. */
export const roomIn = (parcel: Parcel, line: ShippingLine, parcels: readonly Parcel[]): number => {
  const others = parcels.filter(({ id }) => id !== parcel.id);
  const own = isKnownToAmazon(parcel) ? unitsIn(line.lineId, [parcel]) : 0;
  return Math.max(0, line.quantity - taken(line, Math.max(0, line.quantityShipped - own), others));
};

/** Units that went out without us, by a newer snapshot: what Amazon counts beyond all that we have told it. Once seen, they stay. */
export const elsewhereOf = ({ lineId, quantityShipped }: OrderedLine, before: number, parcels: readonly Parcel[]): number => {
  const ours = parcels.filter(counts).map(({ told }) => ({ lines: told }));
  return Math.min(quantityShipped, Math.max(before, quantityShipped - unitsIn(lineId, ours)));
};

/** Units that somebody still has to do something about. */
export const toShip = ({ lines, pickup }: Pick<ShippingOrder, 'lines' | 'pickup'>, parcels: readonly Parcel[]): number =>
  lines.reduce((sum, line) => sum + Math.max(0, line.quantity - gone(line, pickup, parcels)), 0);

const gone = (
  { lineId, quantity, quantityShipped, elsewhere }: ShippingLine,
  pickup: readonly PickupStep[],
  parcels: readonly Parcel[],
): number => {
  const ended = pickup.filter(({ status, refusal }) => status !== 'ready' && refusal === null);
  if (ended.some(({ lines }) => lines === null)) return quantity;
  const fetched = unitsIn(
    lineId,
    ended.map(({ lines }) => ({ lines: lines ?? [] })),
  );
  return Math.max(quantityShipped, unitsIn(lineId, parcels.filter(counts)) + elsewhere, fetched);
};
