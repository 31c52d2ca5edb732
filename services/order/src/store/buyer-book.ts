import type { Item, Transaction } from '@orderbus/outbox';
import type { Command } from '../domain/order.ts';
import type { Buyers } from '../domain/surroundings.ts';

/** What the vault has found of the addresses of those whom Amazon shows in this batch: without opening anything. */
export const addressBook = async (tx: Transaction, items: readonly Item<Command>[]): Promise<Buyers['addressIssuesOf']> => {
  const shown = items.filter(({ command }) => command.type === 'observe').map(({ key }) => key);
  if (shown.length === 0) return () => undefined;
  const rows: { orderId: string; issues: string[] }[] = await tx.query(
    `select order_id as "orderId", address_issues as issues from buyer_vault where order_id = any($1::uuid[]) and address_issues is not null`,
    [shown],
  );
  const known = new Map(rows.map(({ orderId, issues }) => [orderId, issues]));
  return (orderId) => known.get(orderId);
};
