import type { Transaction } from '@orderbus/outbox';
import type { ReservedLine } from '../domain/reservation.ts';
import type { StockLevel } from '../domain/shelf.ts';

/** The lines of these orders. They are guarded by their reservations, which are expected to be locked. */
export const linesOf = async (tx: Transaction, orderIds: readonly string[]): Promise<Map<string, ReservedLine[]>> => {
  if (orderIds.length === 0) return new Map();
  const rows: (ReservedLine & { orderId: string })[] = await tx.query(
    `select order_id as "orderId", line_id as "lineId", sku, ordered, shipped, reserved, from_stock as "fromStock", short
     from reservation_line where order_id = any($1::uuid[]) order by order_id, position`,
    [orderIds],
  );
  const byOrder = new Map<string, ReservedLine[]>();
  for (const { orderId, ...line } of rows) byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), line]);
  return byOrder;
};

/** Loads and locks the stock of these products, in sku order. */
export const lockLevels = async (tx: Transaction, skus: readonly string[]): Promise<StockLevel[]> => {
  if (skus.length === 0) return [];
  return tx.query(
    `select sku, enabled, manage_stock as "manageStock", on_hand as "onHand", reserved
     from stock join product using (sku) where sku = any($1::text[]) order by sku for update of stock`,
    [skus],
  );
};
