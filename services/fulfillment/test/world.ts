import { openShelf, type Shelf, type StockLevel } from '../src/domain/shelf.ts';

/** A shelf with these products: units on hand, or more about them. */
export const aShelf = (products: Readonly<Record<string, number | Partial<StockLevel>>>): Shelf =>
  openShelf(
    Object.entries(products).map(([sku, given]) => ({
      ...{ sku, enabled: true, manageStock: true, onHand: 0, reserved: 0 },
      ...(typeof given === 'number' ? { onHand: given } : given),
    })),
  );

/** `on hand / reserved` of a product. */
export const counts = (shelf: Shelf, sku: string): string => {
  const level = shelf.find(sku);
  return `${level?.onHand} / ${level?.reserved}`;
};
