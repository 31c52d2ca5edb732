import { AppError } from '@orderbus/kernel';

/** Where the units of those lie who know of no locations. It is always there. */
export const mainLocation = 'main';

/** The stock of a product at one location, as loaded and locked for a batch. */
export interface StockLevel {
  readonly sku: string;
  readonly enabled: boolean;
  readonly manageStock: boolean;
  readonly location: string;
  /** Units at a location that is not enabled are not set aside for orders. */
  readonly locationEnabled: boolean;
  /** Units are taken from the lowest first. */
  readonly priority: number;
  readonly onHand: number;
  /** Set aside for orders; never more than on hand. */
  readonly reserved: number;
}

/** Where the sums did not tell the truth, a person has said so: `reconciled`. */
export type MovementReason = 'reserved' | 'given-back' | 'shipped' | 'voided' | 'returned' | 'adjusted' | 'counted' | 'transferred';

/** One change of one stock. Their sums are the stock: on hand and reserved start at zero. */
export interface Movement {
  readonly sku: string;
  readonly location: string;
  readonly deltaOnHand: number;
  readonly deltaReserved: number;
  readonly reason: MovementReason;
  readonly orderId?: string;
  readonly lineId?: string;
  /** What a person said about it, and who it was. */
  readonly note?: string | undefined;
  readonly actor?: string | undefined;
}

/** The stock of a batch in memory. Every change goes through `move`, and is kept. */
export interface Shelf {
  find(sku: string): Pick<StockLevel, 'sku' | 'enabled' | 'manageStock'> | undefined;
  /** All locations where it has a stock, the one to take from first before the others. */
  levels(sku: string): readonly StockLevel[];
  at(sku: string, location: string): StockLevel | undefined;
  /** On hand and not set aside, where units may be taken; none of an unknown product. */
  available(sku: string): number;
  /** @throws AppError `bug` when stock would fall below zero, or below what is set aside. */
  move(movement: Movement): void;
  readonly movements: readonly Movement[];
  /** What is not as it was loaded. */
  changed(): StockLevel[];
}

export const freeOf = ({ onHand, reserved }: StockLevel): number => onHand - reserved;

export const openShelf = (loaded: readonly StockLevel[]): Shelf => {
  const current = Map.groupBy(loaded.toSorted(byPriority), ({ sku }) => sku);
  const before = new Set(loaded);
  const movements: Movement[] = [];
  const levels = (sku: string): StockLevel[] => current.get(sku) ?? [];
  return {
    find: (sku) => levels(sku)[0],
    levels,
    at: (sku, location) => levels(sku).find((level) => level.location === location),
    available: (sku) => levels(sku).reduce((sum, level) => sum + (level.locationEnabled ? freeOf(level) : 0), 0),
    move: (movement) => {
      const { sku, location, deltaOnHand, deltaReserved } = movement;
      if (deltaOnHand === 0 && deltaReserved === 0) return;
      const all = levels(sku);
      const n = all.findIndex((level) => level.location === location);
      const level = all[n];
      const onHand = (level?.onHand ?? 0) + deltaOnHand;
      const reserved = (level?.reserved ?? 0) + deltaReserved;
      if (!level || reserved < 0 || reserved > onHand) throw new AppError('bug', 'stock.impossible', { ...movement });
      all[n] = { ...level, onHand, reserved };
      movements.push(movement);
    },
    movements,
    changed: () => [...current.values()].flat().filter((level) => !before.has(level)),
  };
};

const byPriority = (a: StockLevel, b: StockLevel): number => a.priority - b.priority || (a.location < b.location ? -1 : 1);
