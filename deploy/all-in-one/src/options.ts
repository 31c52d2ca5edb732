import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Environment, parseConfig, url } from '@orderbus/service-kit';
import { z } from 'zod';

/** What the command line and the environment ask for. */
export interface Options {
  readonly port: number;
  readonly dataFolder: string;
  readonly fresh: boolean;
  readonly ordersPerMinute: number;
  readonly verbose: boolean;
  /** Someone else's PostgreSQL, by a role that may create roles and schemas. */
  readonly databaseUrl?: string;
  /** RabbitMQ instead of the embedded broker. */
  readonly brokerUrl?: string;
  /** Its management, which can make a user for each service. */
  readonly brokerManagementUrl?: string;
  /** Real Amazon instead of the sandbox. */
  readonly realAmazon: boolean;
}

/** Everything that is wrong with the command line, one line for each mistake. */
export class OptionError extends Error {}

export const help = `Orderbus on one machine: database, broker, services and a sandbox Amazon in one process.

  npm start -- [options]

Options
  --port <number>               of the console; the services take the ports after it. A taken one is skipped. Default: 3000
  --data <folder>               where everything is kept. Default: .orderbus in the project
  --fresh                       deletes what that folder holds, and begins anew
  --orders-per-minute <number>  how fast orders arrive from the sandbox. Default: 20
  --verbose                     shows what the services log, not only their warnings
  --help                        this text

Environment (each also as NAME_FILE, a file that holds the value)
  DATABASE_URL        postgres://… of a role that may create roles and schemas. Default: a PostgreSQL of its own in the data folder
  AMQP_URL            amqp://… of a RabbitMQ. Default: an embedded broker in the database
  AMQP_MANAGEMENT_URL http://… of its management: then each service is a user of its own there, who may do no more than it needs
  AMAZON_STORES       your stores and their credentials (see services/amazon-gateway/README.md). Default: the sandbox
  ORDERBUS_KEYS       keyId:base64 of 32 bytes, seals buyer data. Default: made on the first start, kept in the data folder
  SMTP_URL, ALERT_TO  mails alerts to your staff (see services/notification/README.md). Default: alerts are shown, not mailed
  Everything else that a service reads is passed on to it.
`;

/** `undefined`: only help was asked for. @throws OptionError, ConfigError */
export const readOptions = (args: readonly string[], env: Environment, projectFolder: string): Options | undefined => {
  const values = parse(args);
  if (values.help) return undefined;
  const problems: string[] = [];
  const number = (name: 'port' | 'orders-per-minute', fallback: number, from: number, to: number): number => {
    const text = values[name] ?? String(fallback);
    const value = text.trim() === '' ? Number.NaN : Number(text);
    const whole = name !== 'port' || Number.isInteger(value);
    if (!(value >= from && value <= to && whole)) problems.push(`--${name}: expected a number from ${from} to ${to}, received "${text}"`);
    return value;
  };
  const port = number('port', 3_000, 0, 65_000);
  const ordersPerMinute = number('orders-per-minute', 20, 0, 60_000);
  if (values.data === '') problems.push('--data: expected a folder');
  const fresh = values.fresh ?? false;
  const { DATABASE_URL, AMQP_URL, AMQP_MANAGEMENT_URL } = parseConfig(Servers, env);
  if (fresh && DATABASE_URL) {
    problems.push(
      '--fresh: not together with DATABASE_URL. That database is yours to empty, and what it holds needs the keys in the data folder',
    );
  }
  if (problems.length > 0) throw new OptionError(problems.join('\n'));
  return {
    port,
    ordersPerMinute,
    fresh,
    dataFolder: values.data === undefined ? join(projectFolder, '.orderbus') : resolve(values.data),
    verbose: values.verbose ?? false,
    ...(DATABASE_URL ? { databaseUrl: DATABASE_URL } : {}),
    ...(AMQP_URL ? { brokerUrl: AMQP_URL } : {}),
    ...(AMQP_MANAGEMENT_URL ? { brokerManagementUrl: AMQP_MANAGEMENT_URL } : {}),
    realAmazon: Object.entries(env).some(
      ([name, value]) => /^AMAZON_(STORES|REGION|CLIENT_ID|CLIENT_SECRET|REFRESH_TOKEN)(_FILE)?$/.test(name) && value,
    ),
  };
};

const Servers = z.object({
  DATABASE_URL: url(['postgres', 'postgresql']).optional(),
  AMQP_URL: url(['amqp', 'amqps']).optional(),
  AMQP_MANAGEMENT_URL: url(['http', 'https']).optional(),
});

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        fresh: { type: 'boolean' },
        'orders-per-minute': { type: 'string' },
        verbose: { type: 'boolean', short: 'v' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new OptionError((error as Error).message);
  }
};
