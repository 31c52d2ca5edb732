/** `npm run keys -- …`: the data keys of an installation that setup has prepared. Its services go on meanwhile. */
import { keySettings, loadConfig } from '@orderbus/service-kit';
import { z } from 'zod';
import { keyCommands, runKeyCommand } from './command.ts';
import { setupPlace } from './key-place.ts';
import { rings } from './rings.ts';

const usage = `npm run keys -- <command> [<ring>]

${keyCommands}
Rings: ${rings.map(({ name, holders }) => `${name} (${holders.map((holder) => holder.name).join(', ')})`).join(', ')}. Without one: all of them.
`;
const args = process.argv.slice(2);
const [word = '', wanted] = args.filter((argument) => !argument.startsWith('--'));
const chosen = rings.filter(({ name }) => wanted === undefined || name === wanted);

const Config = z.object({ SETUP_FOLDER: z.string().min(1), ORDERBUS_KEYS_EVERY: keySettings.ORDERBUS_KEYS_EVERY });
const { SETUP_FOLDER: folder, ORDERBUS_KEYS_EVERY: everyMs } = loadConfig(Config, process.env);
const places = chosen.map((ring) => setupPlace(folder, ring));
const code = await runKeyCommand({ word, places, everyMs, now: args.includes('--now') });
if (code === undefined) process.stderr.write(usage);
process.exitCode = code ?? 2;
