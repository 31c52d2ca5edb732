import { buildService, type Service, type Surroundings } from '@orderbus/service-kit';
import type { BillingConfig } from './config.ts';
import { subscriptions } from './handlers/index.ts';
import { routes } from './http/routes.ts';
import { measureAttention } from './metrics/attention.ts';
import { migrations } from './store/migrations/index.ts';
import { OrderBillingEntity } from './store/order-billing.ts';

export { BillingConfig } from './config.ts';
export { subscriptions } from './handlers/index.ts';

/** The Postgres schema that this service owns. */
export const schema = 'billing';

export const buildBillingApp = (config: BillingConfig, surroundings?: Surroundings): Service =>
  buildService(
    {
      name: 'billing',
      description:
        'Issues one invoice for each order, with a gapless number, and cancels it with the order. Never issues one that does not add up.',
      schema,
      entities: [OrderBillingEntity as never],
      migrations,
      subscriptions,
      routes,
      jobs: (kit) => {
        measureAttention(kit);
        return [];
      },
    },
    config,
    surroundings,
  );
