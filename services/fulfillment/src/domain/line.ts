import type { BlockReason } from '@orderbus/contracts';
import { allocated, homeOf, type Share, sharesBeyond, sharesFor, sharesOf, split, total } from './allocate.ts';
import type { ReservedLine, WantedLine } from './reservation.ts';
import { type MovementReason, mainLocation, type Shelf } from './shelf.ts';

/** A line that has not been looked at yet. Units shipped before we knew the order were never part of our stock. */
export const newLine = ({ lineId, sku, quantity, quantityShipped }: WantedLine): ReservedLine => ({
  lineId,
  sku,
  ordered: quantity,
  shipped: quantityShipped,
  told: quantityShipped,
  reserved: 0,
  fromStock: false,
  short: false,
  allocations: [],
});

/** Units still to be shipped. */
const outstanding = ({ ordered, shipped }: ReservedLine): number => Math.max(ordered - shipped, 0);

/** What a line is brought in step with. */
export interface Surroundings {
  readonly orderId: string;
  readonly shelf: Shelf;
  /** Units of the line in our parcels. */
  readonly sent: (lineId: string) => number;
  /** Whether units that come back may stay set aside for it. */
  readonly open: boolean;
}

/** Brings a line to what the order now says: shipped units leave the shelf, and what is no longer wanted goes back onto it. */
export const follow = (line: ReservedLine, wanted: WantedLine | undefined, around: Surroundings): ReservedLine => {
  // A line that is gone wants nothing any more.
  const { sku, quantity, quantityShipped } = wanted ?? { sku: line.sku, quantity: 0, quantityShipped: line.told };
  const sameProduct = sku === line.sku ? line : { ...emptied(around.orderId, line, around.shelf), sku, allocations: [] };
  return settle({ ...sameProduct, ordered: quantity, told: quantityShipped }, 'shipped', around);
};

/** Moves what has to be moved, after Amazon or one of our parcels told something else about what left the house. */
export const settle = (line: ReservedLine, cameBackAs: MovementReason, around: Surroundings): ReservedLine => {
  const { orderId, shelf, sent, open } = around;
  const shipped = Math.max(line.told, sent(line.lineId));
  const units = shipped - line.shipped;
  const after = { ...line, shipped };
  const moved = units < 0 ? takeBack(orderId, after, -units, { reason: cameBackAs, open }, shelf) : ship(orderId, after, units, shelf);
  return giveBack(orderId, moved, moved.reserved - outstanding(moved), shelf);
};

export interface Filled {
  readonly line: ReservedLine;
  readonly missing?: BlockReason;
}

/** Sets aside all units that are still to be shipped, or says what is missing. Never some of them. */
export const fill = (orderId: string, line: ReservedLine, shelf: Shelf): Filled => {
  const wanted = outstanding(line);
  if (line.reserved >= wanted) return { line: { ...line, short: false } };
  const product = shelf.find(line.sku);
  if (!product?.enabled) return missing(line, product ? 'disabled' : 'unknown-sku', wanted, shelf);
  if (!product.manageStock) return { line: { ...emptied(orderId, line, shelf), reserved: wanted, short: false } };
  // A promise made while the stock was not managed does not hold units.
  const held = line.fromStock ? line.reserved : 0;
  const own = { ...line, reserved: held, fromStock: true };
  const shares = sharesFor(own, wanted - held, shelf);
  if (!shares) return missing(own, 'out-of-stock', wanted, shelf);
  move(orderId, own, shelf, 'reserved', shares, { reserved: 1 });
  return { line: { ...allocated(own, 'reserved', shares), reserved: wanted, short: false } };
};

/** The line without any units: they are back on the shelf. */
export const emptied = (orderId: string, line: ReservedLine, shelf: Shelf): ReservedLine => ({
  ...giveBack(orderId, line, line.reserved, shelf),
  fromStock: false,
  short: false,
});

/** Units that came back and can be sold again go to where they left from; what did not leave from a shelf of ours, to the main one. */
export const restock = (orderId: string, line: ReservedLine, units: number, shelf: Shelf): ReservedLine => {
  if (!shelf.find(line.sku)?.manageStock) return line;
  const left = split(
    sharesOf(line, ({ shipped, returned }) => Math.max(shipped - returned, 0)),
    units,
  );
  const home = left.map((share) => homeOf(line.sku, share, shelf));
  move(orderId, line, shelf, 'returned', [...home, { location: mainLocation, units: units - total(left) }], { onHand: 1 });
  return allocated(line, 'returned', left);
};

/** Those set aside last go first. */
const giveBack = (orderId: string, line: ReservedLine, units: number, shelf: Shelf): ReservedLine => {
  if (units <= 0) return line;
  const shares = split(sharesOf(line, ({ reserved }) => reserved).toReversed(), units);
  move(orderId, line, shelf, 'given-back', shares, { reserved: -1 });
  return { ...allocated(line, 'reserved', shares, -1), reserved: line.reserved - units };
};

/**
 * Units that went out leave the shelf: those set aside first, then free ones. When more went out than the shelf is said to hold,
 * the count was wrong before, and stays at zero.
 */
const ship = (orderId: string, line: ReservedLine, units: number, shelf: Shelf): ReservedLine => {
  if (units === 0) return line;
  const set = Math.min(units, line.reserved);
  const own = split(
    sharesOf(line, ({ reserved }) => reserved),
    set,
  );
  move(orderId, line, shelf, 'shipped', own, { onHand: -1, reserved: -1 });
  const beyond = shelf.find(line.sku)?.manageStock ? sharesBeyond(line, units - set, shelf) : [];
  move(orderId, line, shelf, 'shipped', beyond, { onHand: -1 });
  const taken = allocated(allocated(line, 'reserved', own, -1), 'shipped', [...own, ...beyond]);
  return { ...taken, reserved: line.reserved - set };
};

/** What did not go out after all returns, as far as it had left a shelf of ours; and stays set aside for the line while it is wanted. */
const takeBack = (
  orderId: string,
  line: ReservedLine,
  units: number,
  { reason, open }: { readonly reason: MovementReason; readonly open: boolean },
  shelf: Shelf,
): ReservedLine => {
  const back = split(sharesOf(line, ({ shipped }) => shipped).toReversed(), units);
  const promised = line.reserved > 0 && !line.fromStock;
  const room = open && !promised && shelf.find(line.sku)?.manageStock ? outstanding(line) - line.reserved : 0;
  const home = back.map((share) => homeOf(line.sku, share, shelf));
  const kept = split(home, Math.max(room, 0));
  move(orderId, line, shelf, reason, home, { onHand: 1 });
  move(orderId, line, shelf, 'reserved', kept, { reserved: 1 });
  const after = allocated(allocated(line, 'shipped', back, -1), 'reserved', kept);
  return { ...after, reserved: line.reserved + total(kept), fromStock: line.fromStock || kept.length > 0 };
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
  shares: readonly Share[],
  { onHand = 0, reserved = 0 }: { readonly onHand?: 1 | 0 | -1; readonly reserved?: 1 | 0 | -1 },
): void => {
  for (const { location, units } of shares)
    shelf.move({ sku, location, deltaOnHand: onHand * units, deltaReserved: reserved * units, reason, orderId, lineId });
};
