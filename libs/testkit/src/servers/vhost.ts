import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface TestVhost {
  /** `amqp://` of a virtual host that nobody else uses. */
  readonly url: string;
  readonly name: string;
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
    drop: async () => {
      if (api) await call(api, 'DELETE', `/api/vhosts/${name}`);
      else await run('rabbitmqctl', ['delete_vhost', name]);
    },
  };
};

const call = async (api: string, method: string, path: string, body?: object): Promise<void> => {
  const { origin, username, password } = new URL(api);
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: {
      authorization: `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}`,
      'content-type': 'application/json',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`RabbitMQ management: ${method} ${path} answered ${response.status} ${await response.text()}`);
};
