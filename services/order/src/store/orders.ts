import { aggregates, type Item, openNumberSeries, type Transaction } from '@orderbus/outbox';
import { decide, mayTakeNumber } from '../domain/decide.ts';
import type { Command } from '../domain/order.ts';
import { seriesOf } from '../domain/settings.ts';
import type { Stores } from '../domain/surroundings.ts';
import { openAccounts } from './accounts.ts';
import { noteBlockers } from './blockers.ts';
import { addressBook } from './buyer-book.ts';
import { orderEntity } from './order-entity.ts';
import { orderSettings } from './order-settings.ts';
import { findByBothNumbers } from './renumbered.ts';
import { skuBook } from './sku-map.ts';
import { statusBook } from './statuses.ts';

/**
 * The orders as the target of commands. The series are locked only when something may need a number, since that makes others wait. Locks are
 * taken in one sequence everywhere: buyers, orders, series, accounts.
 */
export const orders = aggregates({
  name: 'orders',
  entity: orderEntity,
  decide,
  context: async (tx, items) => {
    const stores = await storesOf(tx, items);
    const statuses = await statusBook(tx, stores.settingsOf);
    const numbering = items.filter(({ command, cause }) => mayTakeNumber(command, stores.settingsOf(cause.tenant)));
    const series = await openNumberSeries(
      tx,
      numbering.map(({ cause: { tenant } }) => seriesOf(tenant, stores.settingsOf(tenant))),
    );
    const accounts = await openAccounts(tx, items, stores);
    const buyers = { addressIssuesOf: await addressBook(tx, items), accountOf: accounts.accountOf };
    const finish = async (): Promise<void> => {
      await series.finish();
      await accounts.finish();
      await noteBlockers(tx, keysOf(items), keysOf(items.filter(isTry)));
      await findByBothNumbers(tx, keysOf(items.filter(({ command }) => command.type === 'renumber')));
    };
    return { context: { numbers: series.context, statuses, stores, buyers }, finish };
  },
});

const storesOf = async (tx: Transaction, items: readonly Item<Command>[]): Promise<Stores> => ({
  settingsOf: await orderSettings.book(
    tx,
    items.map(({ cause }) => cause.tenant),
  ),
  skuOf: await skuBook(tx, items),
});

const isTry = ({ command }: Item<Command>): boolean => command.type === 'retry' || command.type === 'reconsider';

const keysOf = (items: readonly Item<Command>[]): string[] => [...new Set(items.map(({ key }) => key))].sort();
