import type { Item, Outcome, Target } from '@orderbus/outbox';
import type { Command } from '../domain/order.ts';
import type { VaultCommand } from '../vault/commands.ts';
import { orders } from './orders.ts';

/**
 * The vault, and in the same transaction the order that hears of its new address: one that waits outside for it comes in at once. Snapshots
 * need no such thing, since the order observes them after the vault has kept their buyers.
 */
export const correctedAddresses = (vault: Target<VaultCommand>): Target<VaultCommand> => ({
  name: vault.name,
  run: async (tx, items) => {
    const outcomes = await vault.run(tx, items);
    const isDone = (n: number): boolean => items[n]?.command.type === 'correct-address' && 'events' in (outcomes[n] as Outcome);
    const keys = items.filter((_, n) => isDone(n)).map(({ key }) => key);
    if (keys.length === 0) return outcomes;
    const rows: { id: string; orderId: string; issues: string[] | null }[] = await tx.query(
      'select id, order_id as "orderId", address_issues as issues from buyer_vault where id = any($1::uuid[])',
      [keys],
    );
    const corrected = new Map(rows.map((row) => [row.id, row]));
    const told = items.flatMap((item, n): { n: number; item: Item<Command> }[] => {
      const row = isDone(n) ? corrected.get(item.key) : undefined;
      return row === undefined
        ? []
        : [{ n, item: { ...item, key: row.orderId, command: { type: 'address-checked', issues: row.issues ?? [] } } }];
    });
    const heard = await orders.run(
      tx,
      told.map(({ item }) => item),
    );
    return outcomes.map((outcome, n) => withEvents(outcome, heard[told.findIndex((one) => one.n === n)]));
  },
});

const withEvents = (outcome: Outcome, further: Outcome | undefined): Outcome =>
  'events' in outcome && further !== undefined && 'events' in further ? { events: [...outcome.events, ...further.events] } : outcome;
