import { type Item, lockByIds, type Target } from '@orderbus/outbox';
import type { Command } from '../domain/order.ts';
import { orderEntity } from './order-entity.ts';
import { orders } from './orders.ts';

export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Sets the tags of orders by those that each has already: locked before they are looked at, so that no change of somebody else is lost. */
export const retagged = ({ add, remove }: TagChange): Target<Command> => ({
  name: orders.name,
  run: async (tx, items) => {
    const rows = await lockByIds(tx, orderEntity, [...new Set(items.map(({ key }) => key))]);
    const tagsOf = new Map(rows.map(({ id, tags }) => [id, [...new Set([...tags, ...add])].filter((tag) => !remove.includes(tag))]));
    return orders.run(
      tx,
      items.map(
        (item): Item<Command> =>
          item.command.type === 'set-tags' ? { ...item, command: { ...item.command, tags: tagsOf.get(item.key) ?? [] } } : item,
      ),
    );
  },
});
