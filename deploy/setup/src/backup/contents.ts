import { migrationsDone } from '@orderbus/outbox';
import { neededKeys } from '@orderbus/service-kit';
import pg from 'pg';
import { residents } from '../index.ts';
import type { Resident } from '../resident.ts';
import type { KnownKeys } from './known-keys.ts';
import type { Manifest } from './manifest.ts';

/** As an administrator: of all schemas. */
export const connectAdmin = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, application_name: 'orderbus backup' });
  client.on('error', () => {});
  await client.connect();
  return client;
};

export const serverVersionOf = async (client: pg.Client): Promise<number> =>
  (await client.query<{ version: number }>(`select current_setting('server_version_num')::int as version`)).rows[0]?.version ?? 0;

/** Those whose schema is there. */
export const residentsIn = async (client: pg.Client): Promise<Resident[]> => {
  const { rows } = await client.query<{ name: string }>('select nspname as name from pg_namespace where nspname = any($1)', [
    residents.map(({ schema }) => schema),
  ]);
  return residents.filter(({ schema }) => rows.some(({ name }) => name === schema));
};

/** How many rows each table has, by the snapshot of this connection. */
export const rowsIn = async (client: pg.Client, schema: string): Promise<Record<string, number>> => {
  const { rows: tables } = await client.query<{ name: string }>(
    `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
    [schema],
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
    counts[name] = (await client.query<{ rows: number }>(`select count(*)::int as rows from ${table}`)).rows[0]?.rows ?? 0;
  }
  return counts;
};

export const contentsOf = async (client: pg.Client, { schema }: Resident): Promise<Manifest['schemas'][string]> => ({
  migrations: await migrationsDone(queriesIn(client, schema)),
  rows: await rowsIn(client, schema),
});

/** The keys that something there may be sealed with, as far as they are given: which of them are not. */
export const keysFor = async (client: pg.Client, there: readonly Resident[], given: KnownKeys) => {
  const keys: Record<string, Record<string, string>> = {};
  const missing: string[] = [];
  for (const { schema, keys: own } of there) {
    if (!own) continue;
    for (const id of await neededKeys(queriesIn(client, schema))) {
      const word = given[own.ring]?.[id];
      if (word === undefined) missing.push(`${own.ring} ${id}`);
      else keys[own.ring] = { ...keys[own.ring], [id]: word };
    }
  }
  return { keys, missing: [...new Set(missing)] };
};

const queriesIn = (client: pg.Client, schema: string) => ({
  query: async <Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
    await client.query(`select set_config('search_path', $1, false)`, [schema]);
    return (await client.query(sql, [...parameters])).rows as Row[];
  },
});
