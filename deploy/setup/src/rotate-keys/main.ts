/** `npm run keys:rotate -- <service>`: with that service's environment, seals everything that it keeps with the first of `ORDERBUS_KEYS`. */
import { AppError } from '@orderbus/kernel';
import { keySettings, loadConfig, rotate, serviceSettings } from '@orderbus/service-kit';
import { z } from 'zod';
import { inWords } from '../keys/change-keys.ts';
import { queriesAt } from '../keys/queries.ts';
import { rings } from '../keys/rings.ts';

const holders = rings.flatMap((ring) => ring.holders);
const holder = holders.find(({ name }) => name === process.argv[2]);
if (!holder) {
  process.stderr.write(`npm run keys:rotate -- <service>, which is one of: ${holders.map(({ name }) => name).join(', ')}\n`);
  process.exit(2);
}
const config = loadConfig(z.object({ DATABASE_URL: serviceSettings.DATABASE_URL, ...keySettings }), process.env);
const { ORDERBUS_KEYS: ring, ORDERBUS_KEYS_EVERY: everyMs } = config;
try {
  const waiting = (ids: readonly string[]) => process.stderr.write(`waiting for instances that still seal with ${ids.join(', ')}\n`);
  const results = await queriesAt(config.DATABASE_URL, holder.schema, (database) =>
    rotate({ database, ring, columns: holder.keys.sealed, everyMs, waiting }),
  );
  for (const result of results) process.stdout.write(`${inWords(result)}\n`);
  process.exitCode = results.some(({ unopened }) => unopened.size > 0) ? 1 : 0;
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
