import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Sandbox, sellers } from '@orderbus/amazon-sandbox';
import { applyPolicies, connectBroker, provisionBroker } from '@orderbus/messaging';
import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import { brokerPolicies, declarations, declareQueues, residents, serviceSecretOf, serviceSecretsSetting, tenancyOf } from '@orderbus/setup';
import { eventually, type TestBroker } from '@orderbus/testkit';
import { type ServiceName, serviceNames } from './installation.ts';
import { frugal, quickRetries, unlimited } from './shop.ts';

/** A service as an operator runs it: a process of its own. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  /** Where it listens, as soon as it says so. */
  readonly url: string;
  /** What it has said so far. */
  readonly lines: readonly string[];
  /** As the kernel does it when memory is short: nothing is finished, nobody is told. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export type Environment = Readonly<Record<string, string>>;

export interface Secrets {
  /** What all passwords are derived from. */
  readonly secret?: string;
  /** How services get their data keys. Default: the same new one for all. */
  readonly keys?: Environment;
}

/** Prepares an installation as its setup step does, and answers with the environment of each service, once it is known where access is. */
export const prepare = async (
  adminUrl: string,
  broker: Pick<TestBroker, 'url' | 'managementUrl'>,
  sandbox: Pick<Sandbox, 'url'>,
  { secret = 'test', keys = { ORDERBUS_KEYS: `test:${generateKey()}` } }: Secrets = {},
): Promise<(service: ServiceName, accessUrl: string) => Environment> => {
  const urls = await provision({ adminUrl, secret, tenancies: residents.map(tenancyOf) });
  const users = await prepareBroker(broker, secret);
  const shared = { ...frugal, RETRY_DELAYS: quickRetries, ...keys };
  const amazon = {
    AMAZON_STORES: JSON.stringify(
      sellers.map(({ region, clientId, clientSecret, refreshToken }) => ({
        ...{ id: `demo-${region.toLowerCase()}`, region, clientId, clientSecret, refreshToken },
      })),
    ),
    AMAZON_ENDPOINT: sandbox.url,
    AMAZON_LWA_ENDPOINT: `${sandbox.url}/auth/o2/token`,
    AMAZON_POLL_CRON: '* * * * * *',
    AMAZON_START_FROM: '2020-01-01T00:00:00Z',
    AMAZON_OVERLAP: '1m',
  };
  const schemas = new Map(residents.map(({ name, schema }) => [name, schema]));
  const doors = {
    SERVICE_SECRETS: serviceSecretsSetting(secret, serviceNames),
    SECOND_FACTOR_FOR: 'none',
    ...unlimited,
  };
  return (service, accessUrl) => ({
    ...{ ...shared, ...amazon, ...doors, ...(service === 'console' ? pages(accessUrl) : {}), BROKER_URL: users[service] ?? broker.url },
    DATABASE_URL: urls[schemas.get(service) as string] as string,
    ACCESS_URL: accessUrl,
    SERVICE_SECRET: serviceSecretOf(secret, service),
  });
};

/** Queues, so many of each service, and a user for each where there can be one; answers with the users' URLs. */
export const prepareBroker = async (
  { url, managementUrl }: Pick<TestBroker, 'url' | 'managementUrl'>,
  secret = 'test',
  partitions: readonly number[] = [1],
): Promise<Environment> => {
  const broker = connectBroker(url, { name: 'setup', partitions });
  await broker.start();
  await declareQueues(broker, [100, 500, 2_000, 10_000, 30_000]);
  await broker.stop();
  if (!managementUrl) return {};
  await applyPolicies({ adminUrl: url, managementUrl, policies: brokerPolicies });
  return provisionBroker({ adminUrl: url, managementUrl, secret, tenants: declarations(), partitions });
};

/** Nobody opens them here: the owners' ports are not known yet. */
const pages = (accessUrl: string): Environment => ({
  SERVICES: serviceNames
    .filter((name) => name !== 'console')
    .map((name) => `${name}=http://127.0.0.1:1`)
    .join(','),
  ...{ PUBLIC_URL: 'http://127.0.0.1', ACCESS_PUBLIC_URL: accessUrl },
});

/** Starts the `main.ts` of a service, with this environment and nothing else of ours. Its port is any free one. */
export const startService = async (service: ServiceName, environment: Environment): Promise<ServiceProcess> => {
  const lines: string[] = [];
  const child = launch(service, environment);
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  const url = await eventually(
    () => {
      if (child.exitCode !== null) return undefined;
      const said = lines.find((line) => line.includes('"msg":"listening"'));
      if (said === undefined) throw new Error(`${service} does not listen`);
      return JSON.parse(said).url as string;
    },
    { withinMs: 120_000, everyMs: 50 },
  );
  if (url === undefined) throw new Error(`${service} has ended: ${lines.join('\n')}`);
  return { child, url, lines, kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') };
};

export const launch = (service: ServiceName, environment: Environment): ChildProcess => {
  const main = fileURLToPath(new URL(`../../../services/${service}/src/main.ts`, import.meta.url));
  const { NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [main], { env: { NODE_COMPILE_CACHE, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  launched.add(child);
  child.once('exit', () => launched.delete(child));
  return child;
};

const launched = new Set<ChildProcess>();
// However we end, nobody is left behind.
process.once('exit', () => {
  for (const child of launched) child.kill('SIGKILL');
});

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
};
