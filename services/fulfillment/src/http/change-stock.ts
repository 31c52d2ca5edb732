import { allStores } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import { execute, type Item, type Transaction } from '@orderbus/outbox';
import { context, type ServiceKit } from '@orderbus/service-kit';
import type { StockCommand } from '../domain/stock-command.ts';
import { type Command, reservations, type StockOutcome } from '../store/reservations.ts';
import { retryOf, waitingFor } from '../store/waiting.ts';

export interface StockChange {
  /** The products that there may be more of afterwards. */
  readonly skus: readonly string[];
  readonly commands?: readonly StockCommand[];
  readonly alongside?: (tx: Transaction) => Promise<void>;
}

/**
 * Changes stock or products, and in the same transaction reserves for the orders that waited for them, oldest purchase first.
 * Answers with what became of each command.
 */
export const changeStock = async (
  { database, execution }: ServiceKit,
  { skus, commands = [], alongside }: StockChange,
): Promise<readonly StockOutcome[]> => {
  const cause = { correlationId: context().correlationId ?? newId() };
  const waiting = await waitingFor(database, skus);
  const items: Item<Command>[] = [...commands.map(itemOf), ...waiting.map((order) => retryOf(order, cause))];
  return (await execute(execution, reservations, items, alongside)).slice(0, commands.length) as StockOutcome[];
};

/** Finds out what would become of it. Nothing is kept. */
export const rehearseChange = async (
  { database }: ServiceKit,
  { commands = [], alongside }: StockChange,
): Promise<readonly StockOutcome[]> => {
  let outcomes: readonly StockOutcome[] = [];
  const undo = new Error('rehearsed');
  const rehearsal = database.transaction(async (tx) => {
    await alongside?.(tx);
    outcomes = (await reservations.run(tx, commands.map(itemOf))) as StockOutcome[];
    throw undo;
  });
  await rehearsal.catch((error) => {
    if (error !== undo) throw error;
  });
  return outcomes;
};

const itemOf = (command: StockCommand): Item<StockCommand> => ({
  key: 'stock',
  command,
  cause: { correlationId: context().correlationId ?? newId(), tenant: allStores },
});
