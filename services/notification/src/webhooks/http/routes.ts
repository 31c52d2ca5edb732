import type { Route } from '@orderbus/service-kit';
import { deliveryRoutes } from './delivery-routes.ts';
import type { WebhookRoutesOptions } from './options.ts';
import { replayRoutes } from './replay-routes.ts';
import { upkeepRoutes } from './upkeep-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

export const routes = (options: WebhookRoutesOptions): Route[] => [
  ...webhookRoutes(options),
  ...upkeepRoutes(options),
  ...deliveryRoutes(options),
  ...replayRoutes(options),
];
