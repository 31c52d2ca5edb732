import type { BlockReason } from '@orderbus/contracts';
import type { ReservedLine, WantedLine } from './reservation.ts';
import type { MovementReason, Shelf } from './shelf.ts';

/** A line that has not been looked at yet. Units shipped before we knew the order were never part of our stock. */
export const newLine = ({ lineId, sku, quantity, quantityShipped }: WantedLine): ReservedLine => ({
  lineId,
  sku,
  ordered: quantity,
  shipped: quantityShipped,
  reserved: 0,
  fromStock: false,
  short: false,
});

/** Units still to be shipped. */
const outstanding = ({ ordered, shipped }: ReservedLine): number => Math.max(ordered - shipped, 0);

/** Brings a line to what the order now says: shipped units leave the shelf, and what is no longer wanted goes back onto it. */
export const follow = (orderId: string, line: ReservedLine, wanted: WantedLine | undefined, shelf: Shelf): ReservedLine => {
  // A line that is gone wants nothing any more.
  const { sku, quantity, quantityShipped } = wanted ?? { sku: line.sku, quantity: 0, quantityShipped: line.shipped };
  const sameProduct = sku === line.sku ? line : { ...emptied(orderId, line, shelf), sku };
  const shipped = { ...ship(orderId, sameProduct, quantityShipped - line.shipped, shelf), ordered: quantity, shipped: quantityShipped };
  return giveBack(orderId, shipped, shipped.reserved - outstanding(shipped), shelf);
};

export interface Filled {
  readonly line: ReservedLine;
  readonly missing?: BlockReason;
}

/** Sets aside all units that are still to be shipped, or says what is missing. Never some of them. */
export const fill = (orderId: string, line: ReservedLine, shelf: Shelf): Filled => {
  const wanted = outstanding(line);
  if (line.reserved >= wanted) return { line: { ...line, short: false } };
  const level = shelf.find(line.sku);
  if (!level?.enabled) return missing(line, level ? 'disabled' : 'unknown-sku', wanted, shelf);
  if (!level.manageStock) return { line: { ...emptied(orderId, line, shelf), reserved: wanted, short: false } };
  // A promise made while the stock was not managed does not hold units.
  const held = line.fromStock ? line.reserved : 0;
  const own = { ...line, reserved: held, fromStock: true };
  if (shelf.available(line.sku) < wanted - held) return missing(own, 'out-of-stock', wanted, shelf);
  move(orderId, own, shelf, 'reserved', 0, wanted - held);
  return { line: { ...own, reserved: wanted, short: false } };
};

/** The line without any units: they are back on the shelf. */
export const emptied = (orderId: string, line: ReservedLine, shelf: Shelf): ReservedLine => ({
  ...giveBack(orderId, line, line.reserved, shelf),
  fromStock: false,
  short: false,
});

const giveBack = (orderId: string, line: ReservedLine, units: number, shelf: Shelf): ReservedLine => {
  if (units <= 0) return line;
  if (line.fromStock) move(orderId, line, shelf, 'given-back', 0, -units);
  return { ...line, reserved: line.reserved - units };
};

/**
 * Units that went out leave the shelf: those set aside first, then free ones. When more went out than the shelf is said to hold,
 * the count was wrong before, and stays at zero. Fewer than before is Amazon's correction: the difference returns.
 */
const ship = (orderId: string, line: ReservedLine, units: number, shelf: Shelf): ReservedLine => {
  if (units === 0) return line;
  const managed = shelf.find(line.sku)?.manageStock ?? false;
  if (units < 0) {
    if (managed) move(orderId, line, shelf, 'shipped', -units, 0);
    return line;
  }
  const set = Math.min(units, line.reserved);
  if (line.fromStock) move(orderId, line, shelf, 'shipped', -set, -set);
  if (managed) move(orderId, line, shelf, 'shipped', -Math.min(units - set, shelf.available(line.sku)), 0);
  return { ...line, reserved: line.reserved - set };
};

const missing = (line: ReservedLine, cause: BlockReason['cause'], wanted: number, shelf: Shelf): Filled => ({
  line: { ...line, short: true },
  missing: { sku: line.sku, cause, wanted, available: shelf.available(line.sku) + (line.fromStock ? line.reserved : 0) },
});

const move = (
  orderId: string,
  { sku, lineId }: ReservedLine,
  shelf: Shelf,
  reason: MovementReason,
  onHand: number,
  reserved: number,
): void => shelf.move({ sku, deltaOnHand: onHand, deltaReserved: reserved, reason, orderId, lineId });
