import { mainLocation, openShelf, type Shelf, type StockLevel } from '../src/domain/shelf.ts';

type Given = number | Partial<StockLevel>;

/** A shelf with these products: units on hand, or more about them; or the same for each location, in the order of their priority. */
export const aShelf = (products: Readonly<Record<string, Given | { readonly at: Readonly<Record<string, Given>> }>>): Shelf =>
  openShelf(
    Object.entries(products).flatMap(([sku, given]) => {
      const places = typeof given === 'object' && 'at' in given ? given.at : { [mainLocation]: given };
      return Object.entries(places).map(([location, level], priority) => ({
        ...{ sku, enabled: true, manageStock: true, location, locationEnabled: true, priority, onHand: 0, reserved: 0 },
        ...(typeof level === 'number' ? { onHand: level } : level),
      }));
    }),
  );

/** `on hand / reserved` of a product, at one location or at all of them. */
export const counts = (shelf: Shelf, sku: string, location?: string): string => {
  const levels = shelf.levels(sku).filter((level) => location === undefined || level.location === location);
  const sum = (unitsOf: (level: StockLevel) => number) => levels.reduce((units, level) => units + unitsOf(level), 0);
  return `${sum((level) => level.onHand)} / ${sum((level) => level.reserved)}`;
};
