import { AccessConfig, schema as accessSchema, buildAccessApp } from '@orderbus/access';
import { AmazonGatewayConfig, buildAmazonGatewayApp, schema as gatewaySchema } from '@orderbus/amazon-gateway';
import { BillingConfig, schema as billingSchema, buildBillingApp } from '@orderbus/billing';
import { buildConsoleApp, ConsoleConfig, schema as consoleSchema } from '@orderbus/console';
import { buildFulfillmentApp, FulfillmentConfig, schema as fulfillmentSchema } from '@orderbus/fulfillment';
import { buildNotificationApp, NotificationConfig, schema as notificationSchema } from '@orderbus/notification';
import { buildOrderApp, OrderConfig, schema as orderSchema } from '@orderbus/order';
import { ConfigError, type Environment, parseConfig, type Service, type Surroundings } from '@orderbus/service-kit';
import type { z } from 'zod';

/** One service of the installation: where its tables are, and how to build it from an environment. */
export interface Member {
  readonly name: string;
  readonly schema: string;
  /** @throws ConfigError */
  configure(env: Environment): (surroundings: Surroundings) => Service;
}

const member = <Config extends z.ZodObject>(
  name: string,
  schema: string,
  config: Config,
  build: (config: z.output<Config>, surroundings?: Surroundings) => Service,
): Member => ({
  name,
  schema,
  configure: (env) => {
    const settings = parseConfig(config, env);
    return (surroundings) => build(settings, surroundings);
  },
});

export const gateway = member('amazon-gateway', gatewaySchema, AmazonGatewayConfig, buildAmazonGatewayApp);

/** Those who listen. They subscribe before the gateway speaks: the embedded broker keeps nothing that nobody has asked for. */
export const listeners: readonly Member[] = [
  member('order', orderSchema, OrderConfig, buildOrderApp),
  member('fulfillment', fulfillmentSchema, FulfillmentConfig, buildFulfillmentApp),
  member('billing', billingSchema, BillingConfig, buildBillingApp),
  member('notification', notificationSchema, NotificationConfig, buildNotificationApp),
  member('console', consoleSchema, ConsoleConfig, buildConsoleApp),
];

/** Says who is calling: the others ask it. It shows the link of the first start on the terminal. */
export const access = (show: (text: string) => void): Member =>
  member('access', accessSchema, AccessConfig, (config, surroundings) => buildAccessApp(config, { ...surroundings, show }));

export const members: readonly Member[] = [gateway, ...listeners, access(() => {})];

/** Reads what all of them would read, before anything is started. @throws ConfigError with every mistake, each once. */
export const checkEnvironment = (envOf: (member: Member) => Environment): void => {
  const complaints = new Set<string>();
  for (const one of members) {
    try {
      one.configure(envOf(one));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      for (const line of error.message.split('\n').slice(1)) complaints.add(line.trim());
    }
  }
  if (complaints.size > 0) throw new ConfigError([...complaints]);
};
