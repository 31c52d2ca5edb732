import { createHmac } from 'node:crypto';
import { AppError } from '@orderbus/kernel';
import { accessOf, type BrokerTenant } from './access.ts';
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
}

/**
 * Gives each service a user of its own on RabbitMQ, with the least that it needs, and answers with each one's URL. Sets right what is not.
 * Declares nothing: queues may come before or after.
 */
export const provisionBroker = async (options: ProvisionBrokerOptions): Promise<Record<string, string>> => {
  const { adminUrl, secret, tenants, namespace = 'orderbus' } = options;
  const manage = managementOf(options);
  const vhost = vhostOf(adminUrl);
  const names = namesIn(namespace);
  const urls: Record<string, string> = {};
  for (const tenant of tenants) {
    const user = userOf(namespace, tenant.queue, vhost);
    const password = passwordOf(secret, user);
    await manage(['users', user], { password, tags: '' });
    await manage(['permissions', vhost, user], accessOf(names, tenant));
    urls[tenant.queue] = urlFor(adminUrl, user, password);
  }
  return urls;
};

const passwordOf = (secret: ProvisionBrokerOptions['secret'], user: string): string =>
  typeof secret === 'function' ? secret(user) : createHmac('sha256', secret).update(`broker user ${user}`).digest('base64url');

/** Users belong to the whole server: those of another virtual host are other ones. */
const userOf = (namespace: string, service: string, vhost: string): string => `${namespace}.${service}${vhost === '/' ? '' : `@${vhost}`}`;

const vhostOf = (amqpUrl: string): string => decodeURIComponent(new URL(amqpUrl).pathname.slice(1)) || '/';

const urlFor = (adminUrl: string, user: string, password: string): string => {
  const url = new URL(adminUrl);
  url.username = encodeURIComponent(user);
  url.password = password;
  return url.href;
};

const managementOf = ({ adminUrl, managementUrl }: ProvisionBrokerOptions) => {
  const given = new URL(managementUrl);
  const { username, password } = given.username ? given : new URL(adminUrl);
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  return async (path: readonly string[], body: object): Promise<void> => {
    const url = `${given.origin}${given.pathname.replace(/\/$/, '')}/api/${path.map(encodeURIComponent).join('/')}`;
    const response = await fetch(url, {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(deadlineMs),
    }).catch((cause: unknown) => {
      throw new AppError('unavailable', 'broker.management-unreachable', { url }, { cause });
    });
    if (!response.ok) throw new AppError('conflict', 'broker.management-refused', { url, status: response.status });
  };
};

const deadlineMs = 10_000;
