/** `npm run console:rebuild [-- --anew] [--even-incomplete]`: with the console's environment, builds all that it keeps from the event logs of the services. */
import { parseArgs } from 'node:util';
import { AppError } from '@orderbus/kernel';
import { openDatabase } from '@orderbus/outbox';
import { loadConfig, serviceSettings, serviceTokens } from '@orderbus/service-kit';
import { z } from 'zod';
import { ownerAddresses } from '../services/owners.ts';
import { entities } from '../store/entities.ts';
import { migrations } from '../store/migrations/index.ts';
import { forecast } from './forecast.ts';
import { logsOf } from './logs.ts';
import { rebuild } from './rebuild.ts';

const { DATABASE_URL, ACCESS_URL, SERVICE_SECRET } = serviceSettings;
const config = loadConfig(z.object({ DATABASE_URL, ACCESS_URL, SERVICE_SECRET, SERVICES: ownerAddresses() }), process.env);
const { values } = parseArgs({
  options: { anew: { type: 'boolean', default: false }, 'even-incomplete': { type: 'boolean', default: false } },
});

const database = openDatabase({ url: config.DATABASE_URL, schema: 'console', entities, migrations });
await database.start();
const headersFor = serviceTokens({ accessUrl: config.ACCESS_URL, service: 'console', secret: config.SERVICE_SECRET });
const tell = forecast((line) => process.stdout.write(`${line}\n`));
try {
  const logs = logsOf(config.SERVICES, headersFor, database);
  await rebuild({ database, logs, anew: values.anew, evenIncomplete: values['even-incomplete'], report: tell.step });
  tell.end();
} catch (error) {
  const words = error instanceof AppError ? `${error.message} ${JSON.stringify(error.details)}` : String(error);
  process.stderr.write(
    error instanceof AppError && error.code === 'rebuild.beginning-gone'
      ? `Nothing was done: the beginning of these logs was forgotten (EVENT_LOG_KEPT), up to position ${JSON.stringify(error.details.goneUpTo)}.\nWhat the console keeps of that time would be lost. With --even-incomplete it is built of what is left.\n`
      : `Broken off: ${words}\nThe console goes on from here by itself, and so does the same command; with --anew it starts over.\n`,
  );
  process.exitCode = 1;
}
await database.stop();
