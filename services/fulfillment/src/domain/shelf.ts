import { AppError } from '@orderbus/kernel';

/** A product with its stock, as loaded and locked for a batch. */
export interface StockLevel {
  readonly sku: string;
  readonly enabled: boolean;
  readonly manageStock: boolean;
  readonly onHand: number;
  /** Set aside for orders; never more than on hand. */
  readonly reserved: number;
}

export type MovementReason = 'reserved' | 'given-back' | 'shipped' | 'adjusted' | 'counted';

/** One change of one stock. Their sums are the stock: on hand and reserved start at zero. */
export interface Movement {
  readonly sku: string;
  readonly deltaOnHand: number;
  readonly deltaReserved: number;
  readonly reason: MovementReason;
  readonly orderId?: string;
  readonly lineId?: string;
  /** What a person said about it. */
  readonly note?: string;
}

/** The stock of a batch in memory. Every change goes through `move`, and is kept. */
export interface Shelf {
  find(sku: string): StockLevel | undefined;
  /** On hand and not set aside; none of an unknown product. */
  available(sku: string): number;
  /** @throws AppError `bug` when stock would fall below zero, or below what is set aside. */
  move(movement: Movement): void;
  readonly movements: readonly Movement[];
  /** What is not as it was loaded. */
  changed(): StockLevel[];
}

export const openShelf = (levels: readonly StockLevel[]): Shelf => {
  const current = new Map(levels.map((level) => [level.sku, level]));
  const changed = new Set<string>();
  const movements: Movement[] = [];
  return {
    find: (sku) => current.get(sku),
    available: (sku) => {
      const level = current.get(sku);
      return level ? level.onHand - level.reserved : 0;
    },
    move: (movement) => {
      const { sku, deltaOnHand, deltaReserved } = movement;
      if (deltaOnHand === 0 && deltaReserved === 0) return;
      const level = current.get(sku);
      const onHand = (level?.onHand ?? 0) + deltaOnHand;
      const reserved = (level?.reserved ?? 0) + deltaReserved;
      if (!level || reserved < 0 || reserved > onHand) throw new AppError('bug', 'stock.impossible', { ...movement });
      current.set(sku, { ...level, onHand, reserved });
      changed.add(sku);
      movements.push(movement);
    },
    movements,
    changed: () => [...changed].map((sku) => current.get(sku) as StockLevel),
  };
};
