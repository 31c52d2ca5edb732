/** `npm run keys -- …`: the data keys of an installation that setup has prepared. Services go on meanwhile. */
import { AppError } from '@orderbus/kernel';
import { keySettings, loadConfig } from '@orderbus/service-kit';
import { z } from 'zod';
import { type ChangeOptions, changeKeys, dropKeys, restoreKeys, tellKeys } from './change-keys.ts';
import { rings } from './rings.ts';

const usage = `npm run keys -- <command> [<ring>]

  status    which keys there are, and which of them each service needs
  rotate    a new key: everybody gets it, then it seals, then everything that is kept is sealed with it
  drop      takes the old keys away, once nothing needs them any more; --now does not wait for messages that may be on their way
  restore   puts back what was dropped

Rings: ${rings.map(({ name, holders }) => `${name} (${holders.map((holder) => holder.name).join(', ')})`).join(', ')}. Without one: all of them.
`;

const commands: Readonly<Record<string, (options: ChangeOptions) => Promise<void>>> = {
  status: tellKeys,
  rotate: changeKeys,
  drop: (options) => dropKeys(options, { anyway: process.argv.includes('--now') }),
  restore: restoreKeys,
};

const [word = '', wanted] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const command = commands[word];
const chosen = rings.filter(({ name }) => wanted === undefined || name === wanted);
if (!command || chosen.length === 0) {
  process.stderr.write(usage);
  process.exit(2);
}
const Config = z.object({ SETUP_FOLDER: z.string().min(1), ORDERBUS_KEYS_EVERY: keySettings.ORDERBUS_KEYS_EVERY });
const { SETUP_FOLDER: folder, ORDERBUS_KEYS_EVERY: everyMs } = loadConfig(Config, process.env);
try {
  for (const ring of chosen) await command({ folder, ring, everyMs, say: (words) => process.stdout.write(`${words}\n`) });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
