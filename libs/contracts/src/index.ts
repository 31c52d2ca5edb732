import { amazonGatewayEvents } from './amazon-gateway.ts';
import { billingEvents } from './billing.ts';
import { buyerEvents } from './buyer.ts';
import type { EventDefinition } from './define-event.ts';
import { fulfillmentEvents } from './fulfillment.ts';
import { operationsEvents } from './operations.ts';
import { orderEvents } from './order.ts';

export * from './amazon-gateway.ts';
export * from './billing.ts';
export * from './buyer.ts';
export * from './decision.ts';
export * from './define-event.ts';
export * from './fulfillment.ts';
export * from './operations.ts';
export * from './order.ts';
export * from './shapes.ts';

/** Who publishes what: each its own, and what the libraries tell in the name of any of them. Of their own, notification, access and the console have nothing to say. */
export const eventsByPublisher: Readonly<Record<string, readonly EventDefinition[]>> = {
  'amazon-gateway': [...amazonGatewayEvents, ...operationsEvents] as unknown as readonly EventDefinition[],
  order: [...orderEvents, ...buyerEvents, ...operationsEvents] as unknown as readonly EventDefinition[],
  fulfillment: [...fulfillmentEvents, ...operationsEvents] as unknown as readonly EventDefinition[],
  billing: [...billingEvents, ...operationsEvents] as unknown as readonly EventDefinition[],
  notification: operationsEvents as unknown as readonly EventDefinition[],
  access: operationsEvents as unknown as readonly EventDefinition[],
  console: operationsEvents as unknown as readonly EventDefinition[],
};

/** Each once, whoever publishes it. */
export const allEvents: readonly EventDefinition[] = [...new Set(Object.values(eventsByPublisher).flat())];
