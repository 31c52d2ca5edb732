import { provision } from '@orderbus/outbox';
import { generateKey } from '@orderbus/service-kit';
import { type Running, startProcess } from './processes.ts';
import { declareAll } from './queues.ts';

/** The sandbox's seller in North America: its credentials open nothing else. */
export const demoStore = {
  region: 'na',
  clientId: 'amzn1.application-oa2-client.demo-na',
  clientSecret: 'amzn1.oa2-cs.v1.demo-na-not-a-secret',
  refreshToken: 'Atzr|demo-na-not-a-secret',
};

/** A gateway alone, in front of an Amazon without limits and without orders of its own. It polls when it is told to. */
export const startGateway = async (
  adminUrl: string,
  amqpUrl: string,
  env: Record<string, string>,
): Promise<{ gateway: Running; sandbox: Running; stop(): Promise<void> }> => {
  const urls = await provision({ adminUrl, secret: 'bench', tenancies: [{ schema: 'gateway', role: 'orderbus_gateway' }] });
  await declareAll(amqpUrl);
  const sandbox = await startProcess('amazon-sandbox', 'services/amazon-sandbox/src/main.ts', '/health', {
    SANDBOX_LIMITS: 'off',
    SANDBOX_VISIBILITY_LAG_MS: '0',
    SANDBOX_ORDERS_PER_MINUTE: '0',
    SANDBOX_INITIAL_ORDERS: '0',
  });
  const gateway = await startProcess('amazon-gateway', 'services/amazon-gateway/src/main.ts', '/ready', {
    DATABASE_URL: urls.gateway as string,
    BROKER_URL: amqpUrl,
    ORDERBUS_KEYS: `bench:${generateKey()}`,
    AMAZON_ENDPOINT: sandbox.url,
    AMAZON_LWA_ENDPOINT: `${sandbox.url}/auth/o2/token`,
    AMAZON_POLL_CRON: '0 0 1 1 *',
    AMAZON_START_FROM: '2020-01-01T00:00:00Z',
    ...env,
  }).catch(async (error: unknown) => {
    await sandbox.stop();
    throw error;
  });
  return {
    gateway,
    sandbox,
    stop: async () => {
      await gateway.stop();
      await sandbox.stop();
    },
  };
};

/** A number that the process tells of itself. With labels, of the first series that has them. */
export const metricOf = async ({ url, name }: Running, metric: string, labels = ''): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(metric) && /^[{ ]/.test(each.slice(metric.length)) && each.includes(labels));
  if (line === undefined) throw new Error(`${name} does not tell ${metric}`);
  return Number(line.split(' ').at(-1));
};

export const cpuSecondsOf = (process: Running): Promise<number> => metricOf(process, 'process_cpu_seconds_total');

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
