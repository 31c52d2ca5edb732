import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { type BrokerTenant, provisionBroker } from '@orderbus/messaging';

const run = promisify(execFile);

export interface TestVhost {
  /** `amqp://` of a virtual host that nobody else uses. */
  readonly url: string;
  readonly name: string;
  /** Of the administrator of `url`; absent where nobody can make users. */
  readonly managementUrl: string | undefined;
  /** The address of a user who may do what this service needs and nothing else; of the administrator where nobody can make users. */
  urlFor(tenant: BrokerTenant): Promise<string>;
  /** As an administrator does: with whatever is in it. */
  deleteQueue(queue: string): Promise<void>;
  drop(): Promise<void>;
}

/** A virtual host of its own: queues and exchanges of two test files never meet. */
export const testVhost = async (): Promise<TestVhost> => {
  const amqp = new URL(process.env.TEST_AMQP_URL as string);
  const name = `test-${randomUUID()}`;
  const user = decodeURIComponent(amqp.username || 'guest');
  const api = process.env.TEST_AMQP_MANAGEMENT_URL;
  if (api) {
    await call(api, 'PUT', `/api/vhosts/${name}`);
    await call(api, 'PUT', `/api/permissions/${name}/${encodeURIComponent(user)}`, { configure: '.*', write: '.*', read: '.*' });
  } else {
    await run('rabbitmqctl', ['add_vhost', name]);
    await run('rabbitmqctl', ['set_permissions', '-p', name, user, '.*', '.*', '.*']);
  }
  amqp.pathname = `/${name}`;
  return {
    url: amqp.href,
    name,
    managementUrl: api,
    urlFor: async (tenant) => {
      if (!api) return amqp.href;
      const urls = await provisionBroker({ adminUrl: amqp.href, managementUrl: api, secret: 'test', tenants: [tenant] });
      return urls[tenant.queue] as string;
    },
    deleteQueue: async (queue) => {
      if (api) await call(api, 'DELETE', `/api/queues/${name}/${encodeURIComponent(queue)}`);
      else await run('rabbitmqctl', ['delete_queue', '-p', name, queue]);
    },
    drop: async () => {
      if (!api) return void (await run('rabbitmqctl', ['delete_vhost', name]));
      const users = (await call(api, 'GET', `/api/vhosts/${name}/permissions`)) as { user: string }[];
      await call(api, 'DELETE', `/api/vhosts/${name}`);
      await call(api, 'POST', '/api/users/bulk-delete', { users: users.map((one) => one.user).filter((one) => one.endsWith(name)) });
    },
  };
};

const call = async (api: string, method: string, path: string, body?: object): Promise<unknown> => {
  const { origin, username, password } = new URL(api);
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`RabbitMQ management: ${method} ${path} answered ${response.status} ${answer}`);
  return answer === '' ? undefined : JSON.parse(answer);
};
