import type { Database } from '@orderbus/outbox';
import pg from 'pg';

export const queriesAt = async <T>(url: string, schema: string, work: (database: Pick<Database, 'query'>) => Promise<T>): Promise<T> => {
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
