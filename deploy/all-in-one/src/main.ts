import { join, relative } from 'node:path';
import { ConfigError } from '@orderbus/service-kit';
import { buildWeb } from '../../../scripts/build-web.ts';
import { emptyDataFolder } from './data-folder.ts';
import { lifetime } from './lifetime.ts';
import { help, OptionError, type Options, readOptions } from './options.ts';
import { buildSystem, type System } from './system.ts';

const projectFolder = join(import.meta.dirname, '..', '..', '..');

const readOrLeave = (): Options => {
  try {
    const options = readOptions(process.argv.slice(2), process.env, projectFolder);
    if (options) return options;
    process.stdout.write(help);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof OptionError || error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\nWhat is possible: npm start -- --help\n`);
    process.exit(2);
  }
};

let link = '';

const systemFor = (options: Options, onLost: (reason: string) => void): System =>
  buildSystem({
    dataFolder: options.dataFolder,
    port: options.port,
    ...(options.databaseUrl ? { databaseUrl: options.databaseUrl } : {}),
    ...(options.brokerUrl ? { brokerUrl: options.brokerUrl } : {}),
    ...(options.brokerManagementUrl ? { brokerManagementUrl: options.brokerManagementUrl } : {}),
    sandbox: options.realAmazon ? false : { ordersPerMinute: options.ordersPerMinute },
    environment: process.env,
    logLevel: options.verbose ? 'info' : 'warn',
    logPretty: true,
    onLost,
    // It would be lost among what the start says.
    show: (text) => {
      link = text;
    },
  });

const announcement = ({ databaseUrl, brokerUrl, realAmazon, ordersPerMinute, dataFolder }: Options): string =>
  [
    'Orderbus is starting on this machine:',
    `  database  ${databaseUrl ? `PostgreSQL at ${new URL(databaseUrl).host}` : 'PostgreSQL of its own'}`,
    `  broker    ${brokerUrl ? `RabbitMQ at ${new URL(brokerUrl).host}` : 'embedded, in the database'}`,
    `  Amazon    ${realAmazon ? 'the real one' : `sandbox, ${ordersPerMinute} invented orders a minute; nothing reaches the real one`}`,
    `  data      ${relative(process.cwd(), dataFolder) || dataFolder}`,
    '',
  ].join('\n');

const options = readOrLeave();
const system = systemFor(options, (reason) => life.fail(`The database has stopped by itself:\n${reason}`));
const life = lifetime(system);
process.stdout.write(announcement(options));
const begunAt = performance.now();
const runs = await life.begin(async () => {
  if (options.fresh) await emptyDataFolder(options.dataFolder);
  await buildWeb({ onBuild: () => process.stdout.write('Building the pages. That is needed once, and after they have changed.\n') });
  await system.start();
});
if (runs) {
  const seconds = ((performance.now() - begunAt) / 1_000).toFixed(1);
  process.stdout.write(`Ready after ${seconds} s: ${system.url}\n${link}Stop it with Ctrl-C. What it holds stays for the next start.\n`);
}
