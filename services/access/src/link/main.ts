/** `npm run access:link -- [address] [--reset-authenticator]`: a one-time link, for whoever has the database and no other way in. */
import { parseArgs } from 'node:util';
import { AppError, systemClock } from '@orderbus/kernel';
import { openAuditLog, openDatabase } from '@orderbus/outbox';
import { durationMs, loadConfig, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { schema } from '../app.ts';
import { migrations } from '../store/migrations.ts';
import { wayIn } from './way-in.ts';

const Config = z.object({
  DATABASE_URL: serviceSettings.DATABASE_URL,
  PUBLIC_URL: url(['http', 'https']),
  LINK_KEPT: durationMs().default(24 * 3_600_000),
});

const config = loadConfig(Config, process.env);
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'reset-authenticator': { type: 'boolean', default: false } },
});
const database = openDatabase({ url: config.DATABASE_URL, schema, entities: [], migrations });
await database.start();
const audit = openAuditLog({ database });
try {
  const tools = { database, audit, clock: systemClock, settings: { publicUrl: () => config.PUBLIC_URL, linkKeptMs: config.LINK_KEPT } };
  const { link, expiresAt, forWhom } = await wayIn(tools, positionals[0], values['reset-authenticator']);
  process.stdout.write(`This link lets in ${forWhom}, once, until ${expiresAt}:\n  ${link}\n`);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${String(error.details.why ?? error.message)}\n`);
  process.exitCode = 1;
}
await audit.stop();
await database.stop();
