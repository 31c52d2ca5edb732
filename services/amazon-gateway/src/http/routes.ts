import type { Route, ServiceKit } from '@orderbus/service-kit';
import type { InstallationGuard } from '../installation.ts';
import type { OrderReading } from '../reading.ts';
import { budgetRoutes } from './budget-routes.ts';
import { errorRoutes } from './error-routes.ts';
import { installationRoutes } from './installation-routes.ts';
import { ordersRoutes } from './orders-routes.ts';
import { type StoreRoutesOptions, storesRoutes } from './stores-routes.ts';
import { sweepRoutes } from './sweep-routes.ts';
import { syncRoutes } from './sync-routes.ts';

export interface RoutesOptions extends StoreRoutesOptions {
  readonly guard: InstallationGuard;
  readonly reading: OrderReading;
}

export const routes = (kit: ServiceKit, options: RoutesOptions): readonly Route[] => [
  ...storesRoutes(kit, options),
  ...syncRoutes(kit, options.stores),
  ...sweepRoutes(kit, options.stores, { gapWindowMs: options.config.AMAZON_GAP_WINDOW }),
  ...ordersRoutes(options.reading, options.stores),
  ...budgetRoutes(kit, options.stores),
  ...errorRoutes(kit.database),
  ...installationRoutes(options.guard),
];
