import type { ServiceKit } from '@orderbus/service-kit';
import { countAttention } from '../store/billing-queries.ts';

/** Gauges of the orders that a person should look at. While the database is away they are left out. */
export const measureAttention = ({ metrics, database }: ServiceKit): void => {
  const differing = metrics.gauge({
    name: 'billing_totals_differ',
    help: 'Orders whose amount due is not the amount invoiced',
  });
  const refused = metrics.gauge({
    name: 'billing_refunds_refused',
    help: 'Orders with a refund that Amazon did not accept',
  });
  metrics.gauge({
    name: 'billing_review',
    help: 'Orders without an invoice because their money does not add up',
    async collect() {
      const count = await countAttention(database).catch(() => undefined);
      if (!count) {
        this.reset();
        differing.reset();
        refused.reset();
        return;
      }
      differing.set(count.differing);
      refused.set(count.refused);
      this.set(count.review);
    },
  });
};
