import type { Allocation, ReservedLine } from './reservation.ts';
import { freeOf, mainLocation, type Shelf, type StockLevel } from './shelf.ts';

/** Units at a location. */
export interface Share {
  readonly location: string;
  readonly units: number;
}

/** Where units for a line are set aside: all at one location if one has enough, where it has some already before the others; else at several. */
export const sharesFor = ({ sku, allocations }: ReservedLine, units: number, shelf: Shelf): readonly Share[] | undefined => {
  const open = shelf.levels(sku).filter((level) => level.locationEnabled && freeOf(level) > 0);
  const enough = open.filter((level) => freeOf(level) >= units);
  const one = enough.find(({ location }) => allocations.some((known) => known.location === location && known.reserved > 0)) ?? enough[0];
  if (one) return [{ location: one.location, units }];
  const shares = split(open.map(free), units);
  return total(shares) < units ? undefined : shares;
};

/** Units that nobody has set aside, for what went out all the same: as many as there are, at enabled locations first. */
export const sharesBeyond = ({ sku }: ReservedLine, units: number, shelf: Shelf): readonly Share[] => {
  const { yes = [], no = [] } = Object.groupBy(shelf.levels(sku), ({ locationEnabled }) => (locationEnabled ? 'yes' : 'no'));
  return split([...yes, ...no].map(free), units);
};

/** The first of these first, each as far as it reaches. */
export const split = (available: readonly Share[], units: number): readonly Share[] => {
  let left = units;
  return available.flatMap(({ location, units: there }) => {
    const taken = Math.min(left, there);
    left -= taken;
    return taken > 0 ? [{ location, units: taken }] : [];
  });
};

export const total = (shares: readonly Share[]): number => shares.reduce((sum, { units }) => sum + units, 0);

/** What of a line lies, or lay, at each location. */
export const sharesOf = ({ allocations }: ReservedLine, unitsOf: (allocation: Allocation) => number): readonly Share[] =>
  allocations.map((allocation) => ({ location: allocation.location, units: unitsOf(allocation) }));

/** The line with more, or fewer, units of a kind at these locations. */
export const allocated = (line: ReservedLine, kind: 'reserved' | 'shipped' | 'returned', shares: readonly Share[], sign: 1 | -1 = 1) => {
  const byLocation = new Map(line.allocations.map((allocation) => [allocation.location, allocation]));
  for (const { location, units } of shares) {
    const before = byLocation.get(location) ?? { location, reserved: 0, shipped: 0, returned: 0 };
    byLocation.set(location, { ...before, [kind]: before[kind] + sign * units });
  }
  const allocations = [...byLocation.values()].filter(({ reserved, shipped }) => reserved !== 0 || shipped !== 0);
  return { ...line, allocations };
};

/** Where units of a location go back to: there, or, since it has been removed, to the main one. */
export const homeOf = (sku: string, { location, units }: Share, shelf: Shelf): Share => ({
  location: shelf.at(sku, location) ? location : mainLocation,
  units,
});

const free = (level: StockLevel): Share => ({ location: level.location, units: freeOf(level) });
