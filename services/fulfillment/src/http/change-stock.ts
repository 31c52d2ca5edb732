import { newId } from '@orderbus/kernel';
import { execute, type Transaction } from '@orderbus/outbox';
import { context, type ServiceKit } from '@orderbus/service-kit';
import type { StockCommand } from '../domain/stock-command.ts';
import { type Command, reservations } from '../store/reservations.ts';
import { retryOf, waitingFor } from '../store/waiting.ts';

export interface StockChange {
  /** The products that there may be more of afterwards. */
  readonly skus: readonly string[];
  readonly command?: StockCommand;
  readonly alongside?: (tx: Transaction) => Promise<void>;
}

/** Changes stock or products, and in the same transaction reserves for the orders that waited for them, oldest purchase first. */
export const changeStock = async ({ database, execution }: ServiceKit, { skus, command, alongside }: StockChange): Promise<void> => {
  const cause = { correlationId: context().correlationId ?? newId() };
  const waiting = await waitingFor(database, skus);
  await execute<Command>(
    execution,
    reservations,
    [
      ...(command ? [{ key: 'stock', command, cause: { ...cause, tenant: 'installation' } }] : []),
      ...waiting.map((order) => retryOf(order, cause)),
    ],
    alongside,
  );
};
