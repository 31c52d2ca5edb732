import { buildService, type Service, type Surroundings } from '@orderbus/service-kit';
import type { FulfillmentConfig } from './config.ts';
import { subscriptions } from './handlers/index.ts';
import { productRoutes } from './http/product-routes.ts';
import { reservationRoutes } from './http/reservation-routes.ts';
import { stockRoutes } from './http/stock-routes.ts';
import { reserveWaiting } from './jobs/reserve-waiting.ts';
import { measureStock } from './metrics/stock.ts';
import { entities } from './store/entities.ts';
import { migrations } from './store/migrations/index.ts';

export { FulfillmentConfig } from './config.ts';
export { subscriptions } from './handlers/index.ts';

/** The Postgres schema that this service owns. */
export const schema = 'fulfillment';

export const buildFulfillmentApp = (config: FulfillmentConfig, surroundings?: Surroundings): Service =>
  buildService(
    {
      name: 'fulfillment',
      description: 'Products and their stock. Sets units aside for each order the seller ships, and says which orders wait for what.',
      schema,
      entities,
      migrations,
      subscriptions,
      routes: (kit) => [...productRoutes(kit), ...stockRoutes(kit), ...reservationRoutes(kit)],
      jobs: (kit) => {
        measureStock(kit);
        return [reserveWaiting(kit, config.RESERVE_WAITING_EVERY)];
      },
    },
    config,
    surroundings,
  );
