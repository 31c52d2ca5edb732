import { createHmac } from 'node:crypto';
import { unpartitioned } from '../options.ts';
import { accessOf, type BrokerTenant } from './access.ts';
import { managementOf, vhostOf } from './management.ts';
import { namesIn } from './topology.ts';

export interface ProvisionBrokerOptions {
  /** `amqp://` of a user with the tag `administrator`; its virtual host is the installation's. */
  readonly adminUrl: string;
  /** Where the management plugin listens: `http://host:15672`. Its user is the one of `adminUrl`, unless it names another. */
  readonly managementUrl: string;
  readonly tenants: readonly BrokerTenant[];
  /** The users' passwords are derived from it, so that a second run finds the same ones; or it says what they are. */
  readonly secret: string | ((user: string) => string);
  /** As of the broker. Default `orderbus`. */
  readonly namespace?: string;
  /** As of the broker: a service may read all of its queues. Default `[1]`. */
  readonly partitions?: readonly number[] | undefined;
}

/**
 * Gives each service a user of its own on RabbitMQ, with the least that it needs, and answers with each one's URL. Sets right what is not.
 * Declares nothing: queues may come before or after.
 */
export const provisionBroker = async (options: ProvisionBrokerOptions): Promise<Record<string, string>> => {
  const { adminUrl, secret, tenants, namespace = 'orderbus', partitions = unpartitioned } = options;
  const manage = managementOf(options);
  const vhost = vhostOf(adminUrl);
  const names = namesIn(namespace);
  for (const tenant of tenants) {
    const user = userOf(namespace, tenant.queue, vhost);
    const password = passwordOf(secret, user);
    await manage('PUT', ['users', user], { password, tags: '' });
    await manage('PUT', ['permissions', vhost, user], accessOf(names, tenant, partitions));
  }
  return brokerUserUrls(options);
};

/** Each service's URL, as `provisionBroker` answers with it. Makes nothing. */
export const brokerUserUrls = ({
  adminUrl,
  secret,
  tenants,
  namespace = 'orderbus',
}: Omit<ProvisionBrokerOptions, 'managementUrl'>): Record<string, string> =>
  Object.fromEntries(
    tenants.map(({ queue }) => {
      const user = userOf(namespace, queue, vhostOf(adminUrl));
      return [queue, urlFor(adminUrl, user, passwordOf(secret, user))];
    }),
  );

const passwordOf = (secret: ProvisionBrokerOptions['secret'], user: string): string =>
  typeof secret === 'function' ? secret(user) : createHmac('sha256', secret).update(`broker user ${user}`).digest('base64url');

/** Users belong to the whole server: those of another virtual host are other ones. */
const userOf = (namespace: string, service: string, vhost: string): string => `${namespace}.${service}${vhost === '/' ? '' : `@${vhost}`}`;

const urlFor = (adminUrl: string, user: string, password: string): string => {
  const url = new URL(adminUrl);
  url.username = encodeURIComponent(user);
  url.password = password;
  return url.href;
};
