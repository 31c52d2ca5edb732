/** `npm run keys:local -- …`: the data keys of what `npm start` runs, while it runs. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runningPostgres } from '@orderbus/local-postgres';
import { keySettings, loadConfig, url } from '@orderbus/service-kit';
import { keyCommands, runKeyCommand } from '@orderbus/setup/keys';
import { z } from 'zod';
import { localPlace } from './local-place.ts';

const usage = `npm run keys:local -- <command> [--data <folder>]

${keyCommands}
--data is the folder of \`npm start\`, by default .orderbus in the project. With DATABASE_URL, set that here, too.
`;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' }, now: { type: 'boolean' } } });
const folder = values.data === undefined ? join(import.meta.dirname, '..', '..', '..', '..', '.orderbus') : resolve(values.data);
const Config = z.object({ DATABASE_URL: url(['postgres', 'postgresql']).optional(), ORDERBUS_KEYS_EVERY: keySettings.ORDERBUS_KEYS_EVERY });
const { DATABASE_URL, ORDERBUS_KEYS_EVERY: everyMs } = loadConfig(Config, process.env);
const adminUrl = DATABASE_URL ?? (await runningPostgres(join(folder, 'postgres')));
if (adminUrl === undefined) {
  process.stderr.write(`Nothing runs in ${folder}: start it first.\n`);
  process.exit(1);
}
const place = localPlace(folder, adminUrl);
const code = await runKeyCommand({ word: positionals[0] ?? '', places: [place], everyMs, now: values.now ?? false });
if (code === undefined) process.stderr.write(usage);
process.exitCode = code ?? 2;
