import type { Refusal } from '@orderbus/contracts';
import type { FieldIssue } from '@orderbus/kernel';
import {
  type Item,
  insertMissing,
  insertNew,
  lockByIds,
  type Outcome,
  type RecordedEvent,
  type Target,
  type Transaction,
  updateExisting,
  upsert,
} from '@orderbus/outbox';
import type { ReservationCommand, ReservedLine } from '../domain/reservation.ts';
import { decide } from '../domain/reserve.ts';
import { openShelf, type Shelf } from '../domain/shelf.ts';
import { applyStockCommand, placesOf, type StockCommand } from '../domain/stock-command.ts';
import { LineEntity, type LineRow, MovementEntity, ReservationEntity, type ReservationRow, StockEntity } from './entities.ts';
import { linesOf, lockLevels, openPlaces } from './loading.ts';

export type Command = ReservationCommand | StockCommand;

/** A reservation row with its lines, as the batch sees it. */
type Kept = ReservationRow & { readonly lines: readonly ReservedLine[] };

/**
 * Orders and the stock they share. Reservations are locked first, in id order, then stock, in the order of sku and location: whoever
 * needs both waits in the same direction. Between the locks and the commit only memory is looked at, command after command.
 */
export const reservations: Target<Command> = {
  name: 'reservations',
  run: async (tx, items) => {
    const orderIds = [...new Set(items.filter((item) => !isAboutStock(item)).map((item) => item.key))].sort();
    const rows = await lockByIds(tx, ReservationEntity, orderIds);
    const lines = await linesOf(tx, orderIds);
    await openPlaces(
      tx,
      items.filter(isAboutStock).flatMap(({ command }) => placesOf(command)),
    );
    const shelf = openShelf(await lockLevels(tx, skusOf(items, lines)));
    const loaded = new Map<string, Kept>(rows.map((row) => [row.id, { ...row, lines: lines.get(row.id) ?? [] }]));
    const world: World = { shelf, kept: new Map(loaded) };

    const outcomes = items.map((item) =>
      isAboutStock(item) ? decideStock(item, world) : decideOrder(item as Item<ReservationCommand>, world),
    );
    await save(tx, world, loaded);
    return outcomes;
  },
};

interface World {
  readonly shelf: Shelf;
  readonly kept: Map<string, Kept>;
}

const decideOrder = ({ key: id, command, cause }: Item<ReservationCommand>, { shelf, kept }: World): Outcome => {
  const before = kept.get(id);
  const decision = decide(before, command, id, shelf);
  if ('refused' in decision) return decision;
  const version = before?.version ?? 0;
  kept.set(id, { ...decision.state, id, tenant: before?.tenant ?? cause.tenant, version: version + decision.events.length });
  return { events: decision.events.map((event, n): RecordedEvent => ({ ...event, aggregateId: id, aggregateVersion: version + n + 1 })) };
};

/** Of a command about stock: why it is refused, by its field. */
export type StockOutcome = Outcome | { readonly refused: Refusal; readonly detail: string; readonly problem: FieldIssue };

const decideStock = ({ command }: Item<StockCommand>, { shelf }: World): StockOutcome => {
  const applied = applyStockCommand(command, shelf);
  if (applied === 'unchanged') return { refused: 'already-done' };
  if (applied === 'changed') return { events: [] };
  const { problem } = applied;
  return { refused: 'not-allowed', detail: problem.message, problem };
};

const save = async (tx: Transaction, { shelf, kept }: World, loaded: ReadonlyMap<string, Kept>): Promise<void> => {
  const changed = [...kept.values()].filter((row) => row !== loaded.get(row.id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  await insertNew(
    tx,
    ReservationEntity,
    changed.filter((row) => !loaded.has(row.id)),
  );
  await updateExisting(
    tx,
    ReservationEntity,
    changed.filter((row) => loaded.has(row.id)),
  );
  await upsert(
    tx,
    LineEntity,
    changed.flatMap((row) => row.lines.map((line, position): LineRow => ({ ...line, orderId: row.id, position }))),
  );
  await updateExisting(tx, StockEntity, shelf.changed());
  await insertMissing(tx, MovementEntity, shelf.movements);
};

const stockCommands: readonly string[] = ['adjust', 'count', 'set', 'transfer'] satisfies StockCommand['type'][];

const isAboutStock = (item: Item<Command>): item is Item<StockCommand> => stockCommands.includes(item.command.type);

const skusOf = (items: readonly Item<Command>[], lines: ReadonlyMap<string, readonly ReservedLine[]>): string[] => {
  const wanted = items.flatMap(({ command }) => skusIn(command));
  const known = [...lines.values()].flat().map(({ sku }) => sku);
  return [...new Set([...wanted, ...known])].sort();
};

const skusIn = (command: Command): readonly string[] => {
  if ('orderVersion' in command) return command.lines.map(({ sku }) => sku);
  return 'actor' in command ? placesOf(command).map(({ sku }) => sku) : [];
};
