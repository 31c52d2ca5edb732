import { remembered, type ServiceKit } from '@orderbus/service-kit';
import { countAttention } from '../store/billing-queries.ts';

/** Gauges of the orders that a person should look at. While the database is away they are left out. */
export const measureAttention = ({ metrics, database }: ServiceKit): void => {
  const counted = remembered(() => countAttention(database));
  metrics.observed(
    { name: 'billing_totals_differ', help: 'Orders whose amount due is not the amount invoiced' },
    async () => (await counted()).differing,
  );
  metrics.observed(
    { name: 'billing_refunds_refused', help: 'Orders with a refund that Amazon did not accept' },
    async () => (await counted()).refused,
  );
  metrics.observed(
    { name: 'billing_review', help: 'Orders without an invoice because their money does not add up' },
    async () => (await counted()).review,
  );
};
