import {
  AccessConfig,
  migrations as accessMigrations,
  schema as accessSchema,
  sealedColumns as accessSealed,
  subscriptions as accessSubscriptions,
} from '@orderbus/access';
import {
  AmazonGatewayConfig,
  migrations as gatewayMigrations,
  schema as gatewaySchema,
  sealedColumns as gatewaySealed,
  subscriptions as gatewaySubscriptions,
} from '@orderbus/amazon-gateway';
import {
  BillingConfig,
  migrations as billingMigrations,
  schema as billingSchema,
  subscriptions as billingSubscriptions,
} from '@orderbus/billing';
import {
  ConsoleConfig,
  migrations as consoleMigrations,
  schema as consoleSchema,
  subscriptions as consoleSubscriptions,
} from '@orderbus/console';
import {
  FulfillmentConfig,
  migrations as fulfillmentMigrations,
  schema as fulfillmentSchema,
  subscriptions as fulfillmentSubscriptions,
} from '@orderbus/fulfillment';
import type { Broker, Declaration } from '@orderbus/messaging';
import {
  NotificationConfig,
  migrations as notificationMigrations,
  schema as notificationSchema,
  sealedColumns as notificationSealed,
  subscriptions as notificationSubscriptions,
} from '@orderbus/notification';
import {
  OrderConfig,
  migrations as orderMigrations,
  schema as orderSchema,
  sealedColumns as orderSealed,
  subscriptions as orderSubscriptions,
} from '@orderbus/order';
import type { Tenancy } from '@orderbus/outbox';
import { declarationOf } from '@orderbus/service-kit';
import type { Resident } from './resident.ts';

export { brokerPolicies } from './broker-policies.ts';
export { fillShelves } from './fill-shelves.ts';
export { askJson } from './http.ts';
export { leaveNoQueue } from './queues/leave-no-queue.ts';
export { type Party, type Replayed, type ReplayOptions, replay } from './replay/replay.ts';
export type { Resident, RingName } from './resident.ts';
export { serviceSecretOf, serviceSecretsSetting } from './service-secrets.ts';

export const residents: readonly Resident[] = [
  {
    name: 'amazon-gateway',
    schema: gatewaySchema,
    migrations: gatewayMigrations,
    subscriptions: gatewaySubscriptions,
    config: AmazonGatewayConfig,
    keys: { ring: 'buyers', sealed: gatewaySealed },
  },
  {
    name: 'order',
    schema: orderSchema,
    migrations: orderMigrations,
    subscriptions: orderSubscriptions,
    config: OrderConfig,
    keys: { ring: 'buyers', sealed: orderSealed },
  },
  {
    name: 'fulfillment',
    schema: fulfillmentSchema,
    migrations: fulfillmentMigrations,
    subscriptions: fulfillmentSubscriptions,
    config: FulfillmentConfig,
  },
  { name: 'billing', schema: billingSchema, migrations: billingMigrations, subscriptions: billingSubscriptions, config: BillingConfig },
  {
    name: 'notification',
    schema: notificationSchema,
    migrations: notificationMigrations,
    subscriptions: notificationSubscriptions,
    config: NotificationConfig,
    keys: { ring: 'notification', sealed: notificationSealed },
  },
  {
    name: 'access',
    schema: accessSchema,
    migrations: accessMigrations,
    subscriptions: accessSubscriptions,
    config: AccessConfig,
    keys: { ring: 'access', sealed: accessSealed },
  },
  { name: 'console', schema: consoleSchema, migrations: consoleMigrations, subscriptions: consoleSubscriptions, config: ConsoleConfig },
];

/** Who else calls services, and proves itself like one of them: the setup of a trial. */
export const otherCallers = ['setup'] as const;

/** The login role of a schema's owner. */
export const tenancyOf = ({ schema }: { readonly schema: string }): Tenancy => ({ schema, role: `orderbus_${schema}` });

/** What each service needs in the broker. */
export const declarations = (retryDelaysMs?: readonly number[]): Declaration[] =>
  residents.map((resident) => declarationOf(resident, retryDelaysMs));

/** Before anybody speaks: the broker drops what no queue wants. */
export const declareQueues = async (broker: Broker, retryDelaysMs?: readonly number[]): Promise<void> => {
  for (const declaration of declarations(retryDelaysMs)) await broker.declare(declaration);
};
