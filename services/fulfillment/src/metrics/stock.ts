import type { ServiceKit } from '@orderbus/service-kit';

/** What the shelves look like when the metrics are read. While the database is away these gauges are left out. */
export const measureStock = ({ metrics, database }: ServiceKit): void => {
  const counted = (sql: string) => async (): Promise<number | undefined> => (await database.query<{ count: number }>(sql))[0]?.count;
  metrics.observed(
    { name: 'fulfillment_orders_short', help: 'Orders that wait for units' },
    counted(`select count(*)::int as count from reservation where status = 'short'`),
  );
  metrics.observed(
    { name: 'fulfillment_products_sold_out', help: 'Enabled products with managed stock and no unit to sell' },
    counted(
      `select count(*)::int as count from product where enabled and manage_stock and not exists (
         select from stock join location on code = location where stock.sku = product.sku and location.enabled and on_hand > reserved)`,
    ),
  );
};
