import { AppError, type FieldIssue } from '@orderbus/kernel';
import { freeOf, mainLocation, type Shelf, type StockLevel } from './shelf.ts';

/** Units as counted at one location. */
interface Count {
  readonly sku: string;
  readonly location?: string | undefined;
  readonly onHand: number;
}

/** What a person does to stock. It works as a whole or not at all; to set one count of many is such a whole. */
export type StockCommand = { readonly actor: string } & (
  | {
      readonly type: 'adjust';
      readonly sku: string;
      readonly location?: string | undefined;
      readonly delta: number;
      readonly reason: string;
    }
  | { readonly type: 'count'; readonly counts: readonly Count[] }
  | ({ readonly type: 'set' } & Count)
  | {
      readonly type: 'transfer';
      readonly sku: string;
      readonly from: string;
      readonly to: string;
      readonly units: number;
      readonly reason?: string | undefined;
    }
);

/** More of a product is a typing error, and would not fit into its column after a few more. */
export const mostUnits = 1_000_000_000;

/** The places that a command is about. A product has a stock at each location that it was ever put to. */
export const placesOf = (command: StockCommand): readonly { readonly sku: string; readonly location: string }[] => {
  if (command.type === 'count') return command.counts.map(({ sku, location = mainLocation }) => ({ sku, location }));
  const { sku } = command;
  const locations = command.type === 'transfer' ? [command.from, command.to] : [command.location ?? mainLocation];
  return locations.map((location) => ({ sku, location }));
};

/** What became of it. `problem`: why it is refused, and nothing has changed. */
export type Applied = 'changed' | 'unchanged' | { readonly problem: FieldIssue };

/** @throws AppError that names the fields: a product or location that we do not have, or fewer units than are set aside for orders. */
export const applyStockCommand = (command: StockCommand, shelf: Shelf): Applied => {
  if (command.type === 'set') return set(command, shelf);
  if (command.type === 'adjust') adjust(command, shelf);
  else if (command.type === 'transfer') transfer(command, shelf);
  else count(command, shelf);
  return 'changed';
};

const set = ({ sku, location = mainLocation, onHand, actor }: StockCommand & { type: 'set' }, shelf: Shelf): Applied => {
  if (!shelf.find(sku)) return { problem: { field: 'sku', ...noProduct } };
  const level = shelf.at(sku, location);
  if (!level) return { problem: { field: 'location', ...noLocation, message: `No such location: ${location}` } };
  if (onHand < level.reserved) return { problem: { field: 'onHand', ...tooFew(level) } };
  if (onHand === level.onHand) return 'unchanged';
  shelf.move({ sku, location, deltaOnHand: onHand - level.onHand, deltaReserved: 0, reason: 'counted', actor });
  return 'changed';
};

const adjust = ({ sku, location, delta, reason, actor }: StockCommand & { type: 'adjust' }, shelf: Shelf): void => {
  const level = levelAt(shelf, sku, location, 'location');
  if (level.onHand + delta < level.reserved) throw belowReserved([{ field: 'delta', ...tooFew(level) }]);
  checkRoom(level, delta, 'delta');
  shelf.move({ sku, location: level.location, deltaOnHand: delta, deltaReserved: 0, reason: 'adjusted', note: reason, actor });
};

/** Only free units travel: what is set aside for an order stays where its packer was told to look for it. */
const transfer = ({ sku, from, to, units, reason, actor }: StockCommand & { type: 'transfer' }, shelf: Shelf): void => {
  const [source, target] = [levelAt(shelf, sku, from, 'from'), levelAt(shelf, sku, to, 'to')];
  if (freeOf(source) < units) throw belowReserved([{ field: 'units', ...tooFew(source) }]);
  checkRoom(target, units, 'units');
  const movement = { sku, deltaReserved: 0, reason: 'transferred', note: reason, actor } as const;
  shelf.move({ ...movement, location: from, deltaOnHand: -units });
  shelf.move({ ...movement, location: to, deltaOnHand: units });
};

const count = ({ counts, actor }: StockCommand & { type: 'count' }, shelf: Shelf): void => {
  const located = counts.map(({ sku, location = mainLocation, onHand }) => ({ sku, location, onHand, level: shelf.at(sku, location) }));
  const unknown = located.flatMap(({ sku, level }, n): FieldIssue[] => {
    if (level) return [];
    return [shelf.find(sku) ? { field: `${n}.location`, ...noLocation } : { field: `${n}.sku`, ...noProduct }];
  });
  if (unknown.length > 0) throw new AppError('invalid', 'request.invalid', { errors: unknown });
  const low = located.flatMap(({ onHand, level }, n) =>
    level && onHand < level.reserved ? [{ field: `${n}.onHand`, ...tooFew(level) }] : [],
  );
  if (low.length > 0) throw belowReserved(low);
  for (const { sku, location, onHand, level } of located)
    shelf.move({ sku, location, deltaOnHand: onHand - (level?.onHand ?? 0), deltaReserved: 0, reason: 'counted', actor });
};

const levelAt = (shelf: Shelf, sku: string, location = mainLocation, field: string): StockLevel => {
  if (!shelf.find(sku)) throw new AppError('not-found', 'product.unknown', { sku });
  const level = shelf.at(sku, location);
  if (!level) throw new AppError('invalid', 'request.invalid', { errors: [{ field, ...noLocation }] });
  return level;
};

const checkRoom = (level: StockLevel, units: number, field: string): void => {
  if (level.onHand + units > mostUnits) throw new AppError('conflict', 'stock.too-many', { errors: [{ field, ...tooMany(level) }] });
};

const belowReserved = (errors: readonly FieldIssue[]): AppError => new AppError('conflict', 'stock.below-reserved', { errors });

const noProduct = { message: 'No such product', code: 'product.unknown' };
const noLocation = { message: 'No such location', code: 'location.unknown' };

const tooFew = ({ onHand, reserved }: StockLevel) => ({
  message: `${onHand} on hand, ${reserved} of them set aside for orders${reserved > 0 ? ': cancel or ship those first' : ''}`,
  code: reserved > 0 ? 'stock.too-few-free' : 'stock.too-few',
  facts: { onHand, reserved },
});

const tooMany = ({ onHand }: StockLevel) => ({
  message: `${onHand} on hand: there can be ${mostUnits} at most`,
  code: 'stock.no-room',
  facts: { onHand, most: mostUnits },
});
