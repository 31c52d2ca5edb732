import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A server for one test file, with nobody else on it. */
export interface TestServer {
  readonly url: string;
  /** The server itself closes all connections of our clients. */
  closeConnections(): Promise<void>;
  drop(): Promise<void>;
}

export const testDatabase = async (): Promise<TestServer> => {
  const admin = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres';
  const name = `messaging_${randomUUID().replaceAll('-', '')}`;
  await query(admin, `create database ${name}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    closeConnections: async () => {
      await query(admin, 'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    },
    drop: async () => {
      await query(admin, `drop database ${name} with (force)`);
    },
  };
};

/** One statement on a connection of its own. */
export const query = async (url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
};

export const testVhost = async (): Promise<TestServer> => {
  const url = new URL(process.env.TEST_AMQP_URL ?? 'amqp://guest:guest@127.0.0.1:5672');
  const user = url.username || 'guest';
  const manage = managementOf(url);
  const name = `messaging-${randomUUID()}`;
  await manage('PUT', `vhosts/${name}`);
  await manage('PUT', `permissions/${name}/${user}`, { configure: '.*', write: '.*', read: '.*' });
  url.pathname = `/${name}`;
  return {
    url: url.href,
    closeConnections: async () => {
      const connections = (await manage('GET', `vhosts/${name}/connections`)) as { name: string }[];
      for (const connection of connections) await manage('DELETE', `connections/${encodeURIComponent(connection.name)}`);
      if (connections.length === 0) throw new Error('the statistics do not show the connections yet');
    },
    drop: async () => {
      await manage('DELETE', `vhosts/${name}`);
    },
  };
};

const managementOf = (amqp: URL) => {
  const api = new URL(
    process.env.TEST_AMQP_MANAGEMENT_URL ?? `http://${amqp.username || 'guest'}:${amqp.password || 'guest'}@${amqp.hostname}:15672`,
  );
  const authorization = `Basic ${btoa(`${decodeURIComponent(api.username)}:${decodeURIComponent(api.password)}`)}`;
  return async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${api.origin}/api/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return answer === '' ? undefined : JSON.parse(answer);
  };
};
