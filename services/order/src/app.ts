import { buildService, type Service, type Surroundings } from '@orderbus/service-kit';
import type { OrderConfig } from './config.ts';
import { subscriptions } from './handlers/index.ts';
import { orderRoutes } from './http/orders.ts';
import { timelineRoutes } from './http/timeline.ts';
import { migrations } from './store/migrations.ts';
import { orderEntity } from './store/order-entity.ts';

export { OrderConfig } from './config.ts';
export { subscriptions };

/** The schema that holds this service's tables. */
export const schema = 'orders';

export const buildOrderApp = (config: OrderConfig, surroundings?: Surroundings): Service =>
  buildService(
    {
      name: 'order',
      description: "The order's lifecycle: what Amazon shows becomes an order, waits for its stock, is processed, completed or canceled.",
      schema,
      entities: [orderEntity as never],
      migrations,
      subscriptions,
      routes: (kit) => [...orderRoutes(kit), ...timelineRoutes(kit, config.EVENT_SOURCES)],
    },
    config,
    surroundings,
  );
