/**
 * `node deploy/setup/src/doctor/main.ts [<service>] [--json]`: what is right and what is not, and what to do. With the environment of setup
 * the whole installation; with a service's own, and its name, that service. Changes nothing. Exit code 0, 1 (warnings) or 2 (does not work).
 */
import { parseArgs } from 'node:util';
import { ConfigError } from '@orderbus/service-kit';
import { residents } from '../index.ts';
import { tell } from './doctor.ts';
import { placeOfService, placeOfSetup } from './places.ts';

const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' } } });
const [name] = positionals;
try {
  const place = name === undefined ? placeOfSetup(process.env) : placeOfService(name, process.env);
  if (!place) throw new ConfigError([`${name}: no such service. One of ${residents.map((each) => each.name).join(', ')}`]);
  process.exitCode = await tell(place, { json: values.json ?? false });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message.replace('Cannot start', 'Cannot look')}\n`);
  process.exitCode = 2;
}
