/** Brings the schema of one service up to date, and ends: `node deploy/setup/src/migrate/main.ts order`, with that service's `DATABASE_URL`. */
import { openDatabase } from '@orderbus/outbox';
import { createLog, loadConfig, serviceSettings } from '@orderbus/service-kit';
import { z } from 'zod';
import { residents } from '../index.ts';

const [name] = process.argv.slice(2);
const resident = residents.find((each) => each.name === name);
if (!resident) {
  process.stderr.write(`Which service? One of ${residents.map((each) => each.name).join(', ')}\n`);
  process.exit(1);
}

const config = loadConfig(z.object({ DATABASE_URL: serviceSettings.DATABASE_URL }), process.env);
const log = createLog({ service: resident.name });
const { schema, migrations } = resident;
const database = openDatabase({
  url: config.DATABASE_URL,
  schema,
  migrations,
  entities: [],
  poolSize: 2,
  log: (text, details) => log.warn(details, text),
});
await database.start();
await database.stop();
log.info({ schema }, 'the schema is up to date');
