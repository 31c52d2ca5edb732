import { type Database, type DatabaseOptions, openDatabase, provision } from '@orderbus/outbox';
import { testDatabase } from './servers/database.ts';

/** The database of a service that is upgraded, step by step. */
export interface Upgradable {
  /** As these migrations leave it: those that have not run yet do, and nothing is taken back. */
  after<Result>(migrations: DatabaseOptions['migrations'], work: (database: Database) => Promise<Result>): Promise<Result>;
  drop(): Promise<void>;
}

export const upgradable = async (schema: string): Promise<Upgradable> => {
  const server = await testDatabase();
  const urls = await provision({ adminUrl: server.url, secret: 'test', tenancies: [{ schema, role: `orderbus_${schema}` }] });
  return {
    after: async (migrations, work) => {
      const database = openDatabase({ url: urls[schema] as string, schema, entities: [], migrations });
      await database.start();
      return work(database).finally(() => database.stop());
    },
    drop: () => server.drop(),
  };
};
