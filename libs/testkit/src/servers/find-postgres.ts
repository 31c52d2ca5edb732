import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { FoundServer } from './found.ts';
import { ownPostgres } from './own-postgres.ts';

const localUrls = ['postgres://postgres@127.0.0.1:5432/postgres', 'postgres://postgres:postgres@127.0.0.1:5432/postgres'];

/**
 * A PostgreSQL superuser: `TEST_DATABASE_URL`, else, if it may be a new one, a server of Debian's for this run, else a server on this machine,
 * else a container, else the embedded one.
 */
export const findPostgres = async ({ fresh }: { readonly fresh: boolean }): Promise<FoundServer> => {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { url: given, how: 'TEST_DATABASE_URL' };
  const own = fresh ? await ownPostgres() : undefined;
  if (own) return own;
  for (const url of localUrls) if (await isSuperuser(url)) return { url, how: 'the one on this machine' };
  return (await inContainer()) ?? embedded();
};

const isSuperuser = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  try {
    await client.connect();
    const { rows } = await client.query(`select current_setting('is_superuser') = 'on' as yes`);
    return rows[0]?.yes === true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
};

const inContainer = async (): Promise<FoundServer | undefined> => {
  try {
    const { GenericContainer, Wait } = await import('testcontainers');
    const container = await new GenericContainer('postgres:17')
      .withEnvironment({ POSTGRES_PASSWORD: 'test' })
      .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=300'])
      .withExposedPorts(5432)
      // While it sets itself up, it listens on its socket alone.
      .withWaitStrategy(Wait.forSuccessfulCommand('pg_isready -U postgres -h 127.0.0.1'))
      .start();
    const url = `postgres://postgres:test@${container.getHost()}:${container.getMappedPort(5432)}/postgres`;
    return { url, how: 'a container', stop: async () => void (await container.stop()) };
  } catch {
    return undefined;
  }
};

const embedded = async (): Promise<FoundServer> => {
  const { startLocalPostgres } = await import('@orderbus/local-postgres');
  const folder = await mkdtemp(join(tmpdir(), 'orderbus-test-'));
  const server = await startLocalPostgres({ folder, durable: false, maxConnections: 300 });
  return {
    url: server.adminUrl,
    how: 'embedded',
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
