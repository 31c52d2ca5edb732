/**
 * `npm run backup -- --to <folder>` and `npm run restore -- --from <folder> [--replay 2d] [--leave-out 500]`: docs/runbooks/backup-and-restore.md.
 * With `ADMIN_DATABASE_URL`, and the data keys in `SETUP_FOLDER` or `ORDERBUS_KEYS_FILE`.
 */
import { parseArgs } from 'node:util';
import { AppError } from '@orderbus/kernel';
import { ConfigError, durationMs, parseConfig, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { givenKeys } from './known-keys.ts';
import { restoreBackup } from './restore-backup.ts';
import { takeBackup } from './take-backup.ts';

const usage = `npm run backup -- --to <folder>                       all schemas, as of one moment, while everything goes on
npm run restore -- --from <folder> [--replay <2d>]    into a new database, before its services start
        [--leave-out <500>]                           how many numbers of each series may have been given after the backup

ADMIN_DATABASE_URL    a role that may read, or make, everything
SETUP_FOLDER          where setup keeps the data keys, or ORDERBUS_KEYS_FILE
PG_BIN                where pg_dump and pg_restore are, unless they are on the path
`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { to: { type: 'string' }, from: { type: 'string' }, replay: { type: 'string', default: '2d' }, 'leave-out': { type: 'string' } },
});
const [word] = positionals;
const say = (text: string): void => void process.stdout.write(`${text}\n`);
/** The inbox has to know what comes again: `INBOX_KEPT` is a week at least. */
const mostMs = 6 * 86_400_000;

const backup = async (adminUrl: string, to: string): Promise<void> => {
  const { takenAt, schemas, file, keys } = await takeBackup({ adminUrl, to, keys: await givenKeys(process.env), environment: process.env });
  const rows = Object.values(schemas).flatMap((schema) => Object.values(schema.rows));
  say(`${to}: ${Object.keys(schemas).length} schemas, ${rows.reduce((a, b) => a + b, 0)} rows, ${file.bytes} bytes, as of ${takenAt}`);
  const needed = Object.entries(keys).map(([ring, own]) => `${ring} (${Object.keys(own).join(', ')})`);
  say(`The data keys are not in it. Keep them somewhere else: ${needed.join('; ')}`);
};

const restore = async (adminUrl: string, from: string): Promise<void> => {
  const replayMs = durationMs().pipe(z.number().max(mostMs)).parse(values.replay);
  const leaveOut = z.coerce.number().int().min(0).optional().parse(values['leave-out']);
  const { manifest, rows, replayed, moved } = await restoreBackup({
    adminUrl,
    from,
    keys: await givenKeys(process.env),
    environment: process.env,
    replayMs,
    leaveOut,
  });
  say(`Restored as of ${manifest.takenAt}: ${rows} rows, as many as there were. ${replayed} events will be published once more.`);
  for (const { schema, name, from: first, to } of moved)
    say(
      `${schema}: the series ${name} goes on at ${to}; ${first} to ${to - 1} are left out, since they may have been given after the backup.`,
    );
  say('Run setup, then start the services. Nothing is sent to Amazon until POST /installation/confirm of the gateway.');
};

try {
  const { ADMIN_DATABASE_URL: adminUrl } = parseConfig(z.object({ ADMIN_DATABASE_URL: url(['postgres', 'postgresql']) }), process.env);
  if (word === 'backup' && values.to) await backup(adminUrl, values.to);
  else if (word === 'restore' && values.from) await restore(adminUrl, values.from);
  else {
    process.stderr.write(usage);
    process.exitCode = 2;
  }
} catch (error) {
  if (!(error instanceof AppError || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message.replace('Cannot start', 'Cannot begin')}\n`);
  process.exitCode = 1;
}
