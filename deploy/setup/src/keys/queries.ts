import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from '@orderbus/outbox';
import pg from 'pg';
import type { Holder } from './rings.ts';

type Queries = Pick<Database, 'query'>;

/** In a service's schema, as the service itself: its tables are as it has made them, and nothing is migrated here. */
export const withQueries = async <T>(folder: string, { name, schema }: Holder, work: (database: Queries) => Promise<T>): Promise<T> =>
  queriesAt((await readFile(join(folder, name, 'database-url'), 'utf8')).trim(), schema, work);

export const queriesAt = async <T>(url: string, schema: string, work: (database: Queries) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, options: `-c search_path=${schema}` });
  await client.connect();
  try {
    return await work({
      query: async <Row>(sql: string, parameters: readonly unknown[] = []) => (await client.query(sql, [...parameters])).rows as Row[],
    });
  } finally {
    await client.end();
  }
};
