import { AccessConfig, subscriptions as accessSubscriptions, buildAccessApp } from '@orderbus/access';
import { AmazonGatewayConfig, buildAmazonGatewayApp, subscriptions as gatewaySubscriptions } from '@orderbus/amazon-gateway';
import { BillingConfig, subscriptions as billingSubscriptions, buildBillingApp } from '@orderbus/billing';
import { buildConsoleApp, ConsoleConfig, subscriptions as consoleSubscriptions } from '@orderbus/console';
import type { Listener } from '@orderbus/contracts/asyncapi';
import { buildFulfillmentApp, FulfillmentConfig, subscriptions as fulfillmentSubscriptions } from '@orderbus/fulfillment';
import { buildNotificationApp, NotificationConfig, subscriptions as notificationSubscriptions } from '@orderbus/notification';
import { buildOrderApp, OrderConfig, subscriptions as orderSubscriptions } from '@orderbus/order';
import type { Subscription } from '@orderbus/outbox';
import { generateKey, parseConfig, type Service } from '@orderbus/service-kit';

export interface DocumentedService {
  readonly name: string;
  readonly subscriptions: readonly Subscription[];
  /** Builds it without starting: nothing is connected. */
  build(): Service;
}

const nowhere = {
  ACCESS_URL: 'http://localhost',
  DATABASE_URL: 'postgres://nobody@localhost/none',
  BROKER_URL: 'amqp://localhost',
  LOG_LEVEL: 'silent',
};
const keys = { ORDERBUS_KEYS: `documents:${generateKey()}` };
const noStore = { AMAZON_REGION: 'eu', AMAZON_CLIENT_ID: 'none', AMAZON_CLIENT_SECRET: 'none', AMAZON_REFRESH_TOKEN: 'none' };

/** With everything that it may offer. */
const someProvider = { OIDC_ISSUER: 'https://login.example.com', OIDC_CLIENT_ID: 'orderbus' };

const owners = ['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'access'];
const pages = {
  SERVICES: owners.map((owner) => `${owner}=http://localhost`).join(','),
  ...{ PUBLIC_URL: 'http://localhost', ACCESS_PUBLIC_URL: 'http://localhost' },
};

/** The services whose APIs and subscriptions are documented. */
export const services: readonly DocumentedService[] = [
  {
    name: 'amazon-gateway',
    subscriptions: gatewaySubscriptions,
    build: () => buildAmazonGatewayApp(parseConfig(AmazonGatewayConfig, { ...nowhere, ...keys, ...noStore })),
  },
  {
    name: 'order',
    subscriptions: orderSubscriptions,
    build: () => buildOrderApp(parseConfig(OrderConfig, { ...nowhere, ...keys })),
  },
  {
    name: 'fulfillment',
    subscriptions: fulfillmentSubscriptions,
    build: () => buildFulfillmentApp(parseConfig(FulfillmentConfig, nowhere)),
  },
  {
    name: 'billing',
    subscriptions: billingSubscriptions,
    build: () => buildBillingApp(parseConfig(BillingConfig, nowhere)),
  },
  {
    name: 'notification',
    subscriptions: notificationSubscriptions,
    build: () => buildNotificationApp(parseConfig(NotificationConfig, { ...nowhere, ...keys })),
  },
  {
    name: 'access',
    subscriptions: accessSubscriptions,
    build: () => buildAccessApp(parseConfig(AccessConfig, { ...nowhere, ...keys, ...someProvider })),
  },
  {
    name: 'console',
    subscriptions: consoleSubscriptions,
    build: () => buildConsoleApp(parseConfig(ConsoleConfig, { ...nowhere, ...pages })),
  },
];

/** Who listens to what, all services together. */
export const listeners: readonly Listener[] = services.flatMap(({ name, subscriptions }) =>
  subscriptions.map((subscription) => ({ service: name, name: subscription.name, topic: subscription.event.topic })),
);
