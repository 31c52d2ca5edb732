import { buildService, type Service, type Surroundings } from '@orderbus/service-kit';
import type { FulfillmentConfig } from './config.ts';
import { subscriptions } from './handlers/index.ts';
import { documentJobs, documentRoutes } from './http/document-routes.ts';
import { importRoutes } from './http/import-routes.ts';
import { locationRoutes } from './http/location-routes.ts';
import { productRoutes } from './http/product-routes.ts';
import { reservationRoutes } from './http/reservation-routes.ts';
import { returnRoutes } from './http/return-routes.ts';
import { shipByRoutes } from './http/ship-by-routes.ts';
import { shipmentRoutes } from './http/shipment-routes.ts';
import { shippingRoutes } from './http/shipping-routes.ts';
import { stockRoutes } from './http/stock-routes.ts';
import { trackingImportRoutes } from './http/tracking-import.ts';
import { checkStock } from './jobs/check-stock.ts';
import { reserveWaiting } from './jobs/reserve-waiting.ts';
import { watchDeadlines } from './jobs/watch-deadlines.ts';
import { watchStock } from './jobs/watch-stock.ts';
import { measureShipments } from './metrics/shipments.ts';
import { measureStock } from './metrics/stock.ts';
import { entities } from './store/entities.ts';
import { migrations } from './store/migrations/index.ts';

export { FulfillmentConfig } from './config.ts';
export { subscriptions } from './handlers/index.ts';
export { migrations } from './store/migrations/index.ts';

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
      routes: (kit) => [
        ...productRoutes(kit),
        ...locationRoutes(kit),
        ...stockRoutes(kit),
        ...importRoutes(kit),
        ...reservationRoutes(kit),
        ...shipmentRoutes(kit),
        ...shippingRoutes(kit),
        ...trackingImportRoutes(kit),
        ...shipByRoutes(kit, { alertMs: alertMsOf(config) }),
        ...returnRoutes(kit),
        ...documentRoutes(kit, config.ORDER_URL),
      ],
      jobs: (kit) => {
        measureStock(kit);
        return [
          measureShipments(kit),
          reserveWaiting(kit, config.RESERVE_WAITING_EVERY),
          checkStock(kit, config.CHECK_STOCK_EVERY),
          ...documentJobs(kit),
          watchDeadlines(kit, { everyMs: config.WATCH_DEADLINES_EVERY, alertMs: alertMsOf(config) }),
          watchStock(kit, { everyMs: config.WATCH_STOCK_EVERY, lowAt: config.LOW_STOCK_AT ?? null }),
        ];
      },
    },
    config,
    surroundings,
  );

const alertMsOf = ({ SHIP_BY_ALERT_HOURS: hours }: FulfillmentConfig): number => hours * 3_600_000;
