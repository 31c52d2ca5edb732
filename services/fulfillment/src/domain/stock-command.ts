import { AppError, type FieldIssue } from '@orderbus/kernel';
import type { Shelf } from './shelf.ts';

/** What a person does to stock. It works as a whole or not at all. */
export type StockCommand =
  | { readonly type: 'adjust'; readonly sku: string; readonly delta: number; readonly reason: string }
  | { readonly type: 'count'; readonly counts: readonly { readonly sku: string; readonly onHand: number }[] };

/** More of a product is a typing error, and would not fit into its column after a few more. */
export const mostUnits = 1_000_000_000;

/** @throws AppError that names the fields: a product that we do not have, or fewer units than are set aside for orders. */
export const applyStockCommand = (command: StockCommand, shelf: Shelf): void => {
  if (command.type === 'adjust') adjust(command, shelf);
  else count(command, shelf);
};

const adjust = ({ sku, delta, reason }: StockCommand & { type: 'adjust' }, shelf: Shelf): void => {
  const level = shelf.find(sku);
  if (!level) throw new AppError('not-found', 'product.unknown', { sku });
  if (level.onHand + delta < level.reserved) throw belowReserved([{ field: 'delta', message: tooFew(level) }]);
  if (level.onHand + delta > mostUnits)
    throw new AppError('conflict', 'stock.too-many', { errors: [{ field: 'delta', message: tooMany(level) }] });
  shelf.move({ sku, deltaOnHand: delta, deltaReserved: 0, reason: 'adjusted', note: reason });
};

const count = ({ counts }: StockCommand & { type: 'count' }, shelf: Shelf): void => {
  const unknown = counts.flatMap(({ sku }, n) => (shelf.find(sku) ? [] : [{ field: `${n}.sku`, message: 'No such product' }]));
  if (unknown.length > 0) throw new AppError('invalid', 'request.invalid', { errors: unknown });
  const levels = counts.map(({ sku, onHand }) => ({ onHand, level: shelf.find(sku) as NonNullable<ReturnType<Shelf['find']>> }));
  const low = levels.flatMap(({ onHand, level }, n) => (onHand < level.reserved ? [{ field: `${n}.onHand`, message: tooFew(level) }] : []));
  if (low.length > 0) throw belowReserved(low);
  for (const { onHand, level } of levels)
    shelf.move({ sku: level.sku, deltaOnHand: onHand - level.onHand, deltaReserved: 0, reason: 'counted' });
};

const belowReserved = (errors: readonly FieldIssue[]): AppError => new AppError('conflict', 'stock.below-reserved', { errors });

const tooFew = ({ onHand, reserved }: { onHand: number; reserved: number }): string =>
  `${onHand} on hand, ${reserved} of them set aside for orders: cancel or ship those first`;

const tooMany = ({ onHand }: { onHand: number }): string => `${onHand} on hand: there can be ${mostUnits} at most`;
