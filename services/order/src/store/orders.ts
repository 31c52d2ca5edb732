import { aggregates, type Item, openNumberSeries, type Transaction } from '@orderbus/outbox';
import { decide, mayCreate } from '../domain/decide.ts';
import type { Command } from '../domain/order.ts';
import { seriesOf } from '../domain/settings.ts';
import type { Stores } from '../domain/surroundings.ts';
import { noteBlockers } from './blockers.ts';
import { orderEntity } from './order-entity.ts';
import { settingsBook } from './order-settings.ts';
import { skuBook } from './sku-map.ts';
import { statusBook } from './statuses.ts';

/** The orders as the target of commands. The series are locked only when something may need a number, since that makes others wait. */
export const orders = aggregates({
  name: 'orders',
  entity: orderEntity,
  decide,
  context: async (tx, items) => {
    const stores = await storesOf(tx, items);
    const statuses = await statusBook(tx, stores.settingsOf);
    const creating = items.filter(({ command, cause }) => mayCreate(command, stores.settingsOf(cause.tenant)));
    const series = await openNumberSeries(
      tx,
      creating.map(({ cause: { tenant } }) => seriesOf(tenant, stores.settingsOf(tenant))),
    );
    const finish = async (): Promise<void> => {
      await series.finish();
      await noteBlockers(tx, keysOf(items), keysOf(items.filter(isTry)));
    };
    return { context: { numbers: series.context, statuses, stores }, finish };
  },
});

const storesOf = async (tx: Transaction, items: readonly Item<Command>[]): Promise<Stores> => ({
  settingsOf: await settingsBook(
    tx,
    items.map(({ cause }) => cause.tenant),
  ),
  skuOf: await skuBook(tx, items),
});

const isTry = ({ command }: Item<Command>): boolean => command.type === 'retry' || command.type === 'reconsider';

const keysOf = (items: readonly Item<Command>[]): string[] => [...new Set(items.map(({ key }) => key))].sort();
