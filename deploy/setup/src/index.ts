import { schema as accessSchema, subscriptions as accessSubscriptions } from '@orderbus/access';
import { schema as gatewaySchema, subscriptions as gatewaySubscriptions } from '@orderbus/amazon-gateway';
import { schema as billingSchema, subscriptions as billingSubscriptions } from '@orderbus/billing';
import { schema as fulfillmentSchema, subscriptions as fulfillmentSubscriptions } from '@orderbus/fulfillment';
import type { Broker, Declaration } from '@orderbus/messaging';
import { schema as notificationSchema, subscriptions as notificationSubscriptions } from '@orderbus/notification';
import { schema as orderSchema, subscriptions as orderSubscriptions } from '@orderbus/order';
import type { Subscription, Tenancy } from '@orderbus/outbox';
import { declarationOf } from '@orderbus/service-kit';

export { fillShelves } from './fill-shelves.ts';
export { askJson } from './http.ts';
export { serviceSecretOf, serviceSecretsSetting } from './service-secrets.ts';

/** What an installation has to have ready for a service, before the service starts. */
export interface Resident {
  readonly name: string;
  readonly schema: string;
  readonly subscriptions: readonly Subscription[];
}

export const residents: readonly Resident[] = [
  { name: 'amazon-gateway', schema: gatewaySchema, subscriptions: gatewaySubscriptions },
  { name: 'order', schema: orderSchema, subscriptions: orderSubscriptions },
  { name: 'fulfillment', schema: fulfillmentSchema, subscriptions: fulfillmentSubscriptions },
  { name: 'billing', schema: billingSchema, subscriptions: billingSubscriptions },
  { name: 'notification', schema: notificationSchema, subscriptions: notificationSubscriptions },
  { name: 'access', schema: accessSchema, subscriptions: accessSubscriptions },
];

/** Who else calls services, and proves itself like one of them: what serves pages, and the setup of a trial. */
export const otherCallers = ['console', 'setup'] as const;

/** The login role of a schema's owner. */
export const tenancyOf = ({ schema }: { readonly schema: string }): Tenancy => ({ schema, role: `orderbus_${schema}` });

/** What each service needs in the broker. */
export const declarations = (retryDelaysMs?: readonly number[]): Declaration[] =>
  residents.map((resident) => declarationOf(resident, retryDelaysMs));

/** Before anybody speaks: the broker drops what no queue wants. */
export const declareQueues = async (broker: Broker, retryDelaysMs?: readonly number[]): Promise<void> => {
  for (const declaration of declarations(retryDelaysMs)) await broker.declare(declaration);
};
