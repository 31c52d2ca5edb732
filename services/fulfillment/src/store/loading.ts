import type { Transaction } from '@orderbus/outbox';
import type { ReservedLine } from '../domain/reservation.ts';
import type { StockLevel } from '../domain/shelf.ts';

/** The lines of these orders. They are guarded by their reservations, which are expected to be locked. */
export const linesOf = async (tx: Transaction, orderIds: readonly string[]): Promise<Map<string, ReservedLine[]>> => {
  if (orderIds.length === 0) return new Map();
  const rows: (ReservedLine & { orderId: string })[] = await tx.query(
    `select order_id as "orderId", line_id as "lineId", sku, ordered, shipped, told, reserved, from_stock as "fromStock", short, allocations
     from reservation_line where order_id = any($1::uuid[]) order by order_id, position`,
    [orderIds],
  );
  const byOrder = new Map<string, ReservedLine[]>();
  for (const { orderId, ...line } of rows) byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), line]);
  return byOrder;
};

/** Loads and locks the stock of these products, in the order of sku and location. */
export const lockLevels = async (tx: Transaction, skus: readonly string[]): Promise<StockLevel[]> => {
  if (skus.length === 0) return [];
  return tx.query(
    `select sku, product.enabled, manage_stock as "manageStock", location, place.enabled as "locationEnabled", priority,
       on_hand as "onHand", reserved
     from stock join product using (sku) join location place on place.code = stock.location
     where sku = any($1::text[]) order by sku, location for update of stock`,
    [skus],
  );
};

/** Makes room for these products at these locations, in the order of sku and location, before stock is locked. What is unknown is left out. */
export const openPlaces = async (
  tx: Transaction,
  places: readonly { readonly sku: string; readonly location: string }[],
): Promise<void> => {
  if (places.length === 0) return;
  await tx.query(
    `insert into stock (sku, location) select sku, code
     from unnest($1::text[], $2::text[]) as wanted (sku, code) join product using (sku) join location using (code)
     order by sku, code on conflict do nothing`,
    [places.map(({ sku }) => sku), places.map(({ location }) => location)],
  );
};
