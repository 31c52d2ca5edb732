import { openDatabase, provision } from '@orderbus/outbox';
import { residents, tenancyOf } from '@orderbus/setup';
import { type TestDatabase, testDatabase } from '@orderbus/testkit';

/** What the roles' passwords are derived from. */
export const databaseSecret = 'test';

/** A database in which the schema of every service is up to date, as after a first start that has ended. */
export const migratedDatabase = (): Promise<TestDatabase> =>
  testDatabase({
    name: 'system',
    fingerprint: databases()
      .flatMap(({ source }) => Object.values(source.options.migrations ?? []).map(String))
      .join('\n'),
    fill: async (adminUrl) => {
      for (const database of databases(await provision({ adminUrl, secret: databaseSecret, tenancies: residents.map(tenancyOf) }))) {
        await database.start();
        await database.stop();
      }
    },
  });

const databases = (urls: Readonly<Record<string, string>> = {}) =>
  residents.map(({ schema, migrations }) => openDatabase({ url: urls[schema] ?? nowhere, schema, migrations, entities: [], poolSize: 2 }));

const nowhere = 'postgres://127.0.0.1/nowhere';
