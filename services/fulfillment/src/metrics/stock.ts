import type { ServiceKit } from '@orderbus/service-kit';

/** What the shelves look like when the metrics are read. While the database is away these gauges are left out. */
export const measureStock = ({ metrics, database }: ServiceKit): void => {
  metrics.gauge({
    name: 'fulfillment_orders_short',
    help: 'Orders that wait for units',
    async collect() {
      const rows = await database
        .query<{ short: number }>(`select count(*)::int as short from reservation where status = 'short'`)
        .catch(() => []);
      if (rows[0]) this.set(rows[0].short);
      else this.reset();
    },
  });
  metrics.gauge({
    name: 'fulfillment_products_sold_out',
    help: 'Enabled products with managed stock and no unit to sell',
    async collect() {
      const rows = await database
        .query<{ soldOut: number }>(
          `select count(*)::int as "soldOut" from product where enabled and manage_stock and not exists (
             select from stock join location on code = location where stock.sku = product.sku and location.enabled and on_hand > reserved)`,
        )
        .catch(() => []);
      if (rows[0]) this.set(rows[0].soldOut);
      else this.reset();
    },
  });
};
