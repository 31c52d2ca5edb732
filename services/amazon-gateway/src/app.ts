import { buildService, type Service, type ServiceKit, type Surroundings } from '@orderbus/service-kit';
import type { AmazonGatewayConfig } from './config.ts';
import { subscriptions } from './handlers/index.ts';
import { routes } from './http/routes.ts';
import { KnownOrderEntity } from './store/known-order.ts';
import { migrations } from './store/migrations/index.ts';
import { UnreadableOrderEntity } from './store/unreadable-order.ts';
import { type ConnectedStore, connectStores } from './stores.ts';

export { AmazonGatewayConfig } from './config.ts';
export type { BuyerData } from './domain/buyer.ts';
export { subscriptions };

export const schema = 'gateway';

export const buildAmazonGatewayApp = (config: AmazonGatewayConfig, surroundings?: Surroundings): Service => {
  let connected: readonly ConnectedStore[] | undefined;
  const storesOf = (kit: ServiceKit): readonly ConnectedStore[] => {
    connected ??= connectStores(config, kit);
    return connected;
  };
  return buildService(
    {
      name: 'amazon-gateway',
      description: "Imports a seller's Amazon orders and speaks of them in our words. The only service that knows Amazon's.",
      schema,
      entities: [KnownOrderEntity, UnreadableOrderEntity] as never,
      migrations,
      subscriptions,
      routes: (kit) => routes(kit.database, storesOf(kit)),
      jobs: (kit) => storesOf(kit).flatMap(({ api, poller }) => [api, poller]),
    },
    config,
    surroundings,
  );
};
