/**
 * `npm run doctor -- [--data <folder>] [--json]`: what is right and what is not in what `npm start` runs, and what to do. With `SETUP_FOLDER`
 * it looks at that installation instead, with the name of a service at that one. Exit code 0, 1 (warnings) or 2 (does not work).
 */
import { join } from 'node:path';
import { ConfigError } from '@orderbus/service-kit';
import { type Place, placeOfService, placeOfSetup, tell } from '@orderbus/setup/doctor';
import { OptionError, readOptions } from '../options.ts';
import { localPlace } from './local-place.ts';

const usage = `npm run doctor -- [<service>] [--data <folder>] [--json]

Looks at settings, servers, migrations, clocks, queues, keys, disk and lag, and changes nothing. --data is the folder of \`npm start\`, by
default .orderbus in the project. With the environment of setup (SETUP_FOLDER) it looks at that installation; with the name of a service,
and its environment, at that service. Exit code: 0 all is right, 1 there are warnings, 2 something does not work.
`;

const placeOf = async (args: readonly string[]): Promise<Place | undefined> => {
  const [name] = args;
  if (name !== undefined && !name.startsWith('--')) return placeOfService(name, process.env);
  if (process.env.SETUP_FOLDER) return placeOfSetup(process.env);
  const options = readOptions(args, process.env, join(import.meta.dirname, '..', '..', '..', '..'));
  if (!options) return undefined;
  const place = await localPlace({ ...options, environment: process.env, sandbox: options.realAmazon ? false : {} });
  if (!place) throw new OptionError(`Nothing runs in ${options.dataFolder}: start it first`);
  return place;
};

const args = process.argv.slice(2);
try {
  const place = await placeOf(args.filter((argument) => argument !== '--json'));
  if (!place) process.stdout.write(usage);
  else process.exitCode = await tell(place, { json: args.includes('--json') });
} catch (error) {
  if (!(error instanceof OptionError || error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message.replace('Cannot start', 'Cannot look')}\n\n${usage}`);
  process.exitCode = 2;
}
