import { amazonGatewayEvents } from './amazon-gateway.ts';
import { billingEvents } from './billing.ts';
import { buyerEvents } from './buyer.ts';
import type { EventDefinition } from './define-event.ts';
import { fulfillmentEvents } from './fulfillment.ts';
import { orderEvents } from './order.ts';

export * from './amazon-gateway.ts';
export * from './billing.ts';
export * from './buyer.ts';
export * from './decision.ts';
export * from './define-event.ts';
export * from './fulfillment.ts';
export * from './order.ts';
export * from './shapes.ts';

/** Who publishes what. Notification only listens. */
export const eventsByPublisher: Readonly<Record<string, readonly EventDefinition[]>> = {
  'amazon-gateway': amazonGatewayEvents as unknown as readonly EventDefinition[],
  order: [...orderEvents, ...buyerEvents] as unknown as readonly EventDefinition[],
  fulfillment: fulfillmentEvents as unknown as readonly EventDefinition[],
  billing: billingEvents as unknown as readonly EventDefinition[],
};

export const allEvents: readonly EventDefinition[] = Object.values(eventsByPublisher).flat();
