import { OrderCommented } from '@orderbus/contracts';
import { buildService, generateKey, keyRing, type Service, type Surroundings } from '@orderbus/service-kit';
import { buyersOf } from './buyers.ts';
import type { OrderConfig } from './config.ts';
import { buyerSubscriptions } from './handlers/buyers.ts';
import { subscriptions as orderSubscriptions } from './handlers/index.ts';
import { actionRoutes } from './http/actions.ts';
import { blockersRoutes } from './http/blockers-routes.ts';
import { commentRoutes } from './http/comments.ts';
import { customerRoutes } from './http/customer-routes.ts';
import { exportRoutes, exportWorkers } from './http/exports.ts';
import { massActionRoutes } from './http/mass-actions.ts';
import { orderSettingsRoutes } from './http/order-settings-routes.ts';
import { orderRoutes } from './http/orders.ts';
import { savedViewRoutes } from './http/saved-views.ts';
import { skuMapRoutes } from './http/sku-map-routes.ts';
import { statusRoutes } from './http/statuses.ts';
import { timelineRoutes } from './http/timeline.ts';
import { retryBlockers } from './jobs/retry-blockers.ts';
import { nameIndex } from './store/buyer-names.ts';
import { buyerVault } from './store/buyer-vault.ts';
import { buyerVaultEntity } from './store/buyer-vault-entity.ts';
import { migrations } from './store/migrations/index.ts';
import { orderEntity } from './store/order-entity.ts';

export { OrderConfig } from './config.ts';
export { migrations } from './store/migrations/index.ts';
export { sealedColumns } from './store/sealed-columns.ts';

/** The schema that holds this service's tables. */
export const schema = 'orders';

/** What it listens to, for whoever prepares its queue: nothing is opened for that. */
const nobodys = keyRing(`nobodys:${generateKey()}`);
export const subscriptions = [...orderSubscriptions, ...buyerSubscriptions(buyerVault(nobodys, nameIndex(nobodys)))];

export const buildOrderApp = (config: OrderConfig, surroundings?: Surroundings): Service => {
  const buyers = buyersOf(config);
  return buildService(
    {
      name: 'order',
      description: "The order's lifecycle: what Amazon shows becomes an order, waits for its stock, is processed, completed or canceled.",
      schema,
      entities: [orderEntity, buyerVaultEntity] as never,
      migrations,
      subscriptions: [...orderSubscriptions, ...buyers.subscriptions],
      routes: (kit) => [
        ...orderRoutes(kit, buyers.vault(kit)),
        ...exportRoutes(kit, buyers.vault(kit)),
        ...massActionRoutes(kit, buyers.vault(kit)),
        ...customerRoutes(kit, buyers.vault(kit)),
        ...savedViewRoutes(kit),
        ...actionRoutes(kit),
        ...commentRoutes(kit),
        ...statusRoutes(kit),
        ...orderSettingsRoutes(kit),
        ...skuMapRoutes(kit),
        ...blockersRoutes(kit),
        ...timelineRoutes(kit, config.EVENT_SOURCES),
        ...buyers.routes(kit),
      ],
      keys: config,
      // What people have written about an order stands nowhere else.
      keepsEvents: `e.type = '${OrderCommented.type}'`,
      jobs: (kit) => [...buyers.jobs(kit), ...exportWorkers(kit, buyers.vault(kit)), retryBlockers(kit, config.RETRY_BLOCKERS_EVERY)],
    },
    config,
    surroundings,
  );
};
