/** `npm run keys:rotate:order`: wraps the key of each order's buyer with the first of `ORDERBUS_KEYS`, so that the others can go. */
import { openDatabase } from '@orderbus/outbox';
import { keys, loadConfig, serviceSettings } from '@orderbus/service-kit';
import { z } from 'zod';
import { schema } from '../app.ts';
import { migrations } from '../store/migrations/index.ts';
import { rewrap } from '../store/rewrap.ts';

const config = loadConfig(z.object({ DATABASE_URL: serviceSettings.DATABASE_URL, ORDERBUS_KEYS: keys() }), process.env);
const database = openDatabase({
  ...{ url: config.DATABASE_URL, schema, entities: [], migrations },
  log: (message, details) => process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
});
await database.start();
const results = await rewrap(database, config.ORDERBUS_KEYS);
await database.stop();
for (const { table, wrapped, current, unopened } of results) {
  process.stdout.write(`${table}: ${wrapped} wrapped anew, ${current} were already\n`);
  if (unopened > 0) process.stderr.write(`${table}: ${unopened} cannot be opened, their key is not among ORDERBUS_KEYS\n`);
}
process.exitCode = results.some(({ unopened }) => unopened > 0) ? 1 : 0;
