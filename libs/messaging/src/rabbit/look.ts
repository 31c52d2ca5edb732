import { connect } from 'amqplib';
import type { RabbitTopology } from './expected.ts';
import { type ManagementOptions, managementOf, vhostOf } from './management.ts';

/** What any user sees: nothing is made or changed by looking. */
export interface RabbitLook {
  readonly version: string;
  /** Names of exchanges and queues that are not there. */
  readonly missing: readonly string[];
  /** Messages that wait, by queue. */
  readonly depths: Readonly<Record<string, number>>;
  /** Queues of services that nobody reads. */
  readonly unread: readonly string[];
}

/** @throws when the server cannot be reached, or does not let this user in. */
export const lookAtRabbit = async (url: string, expected: RabbitTopology): Promise<RabbitLook> => {
  const connection = await connect(url, { timeout: 5_000 });
  connection.on('error', () => {});
  try {
    const missing: string[] = [];
    const depths: Record<string, number> = {};
    const unread: string[] = [];
    for (const { name } of expected.exchanges)
      if ((await passively(connection, (channel) => channel.checkExchange(name))) === undefined) missing.push(name);
    for (const { name } of expected.queues) {
      const found = await passively(connection, (channel) => channel.checkQueue(name));
      if (found === undefined) missing.push(name);
      else depths[name] = found.messageCount;
      if (found?.consumerCount === 0 && isOfService.test(name)) unread.push(name);
    }
    const { version } = connection.connection.serverProperties;
    return { version: String(version), missing, depths, unread };
  } finally {
    await connection.close().catch(() => {});
  }
};

/** Neither what waits for another attempt, nor what nobody wanted. */
const isOfService = /^orderbus\.(?!unrouted$)[a-z-]+$/;

type Connection = Awaited<ReturnType<typeof connect>>;
type Channel = Awaited<ReturnType<Connection['createChannel']>>;

/** What is not there ends the channel that asks. */
const passively = async <T>(connection: Connection, ask: (channel: Channel) => Promise<T>): Promise<T | undefined> => {
  const channel = await connection.createChannel();
  channel.on('error', () => {});
  try {
    const found = await ask(channel);
    await channel.close();
    return found;
  } catch (error) {
    if ((error as { code?: unknown }).code === 404) return undefined;
    throw error;
  }
};

/** What an administrator sees, too. */
export interface RabbitServer {
  readonly version: string;
  readonly nodes: readonly RabbitNode[];
  readonly featureFlags: readonly { readonly name: string; readonly state: string; readonly stability: string }[];
  readonly policies: readonly { readonly name: string; readonly pattern: string; readonly definition: Readonly<Record<string, unknown>> }[];
  readonly topology: RabbitTopology;
  /** What its clock said, to the second. */
  readonly date: string | null;
}

interface RabbitNode {
  readonly name: string;
  readonly running: boolean;
  readonly memoryAlarm: boolean;
  readonly diskAlarm: boolean;
  readonly diskFreeBytes: number;
  readonly diskLimitBytes: number;
  readonly plugins: readonly string[];
}

/** @throws AppError `broker.management-unreachable`, `broker.management-refused` */
export const lookAtRabbitServer = async (options: ManagementOptions): Promise<RabbitServer> => {
  const manage = managementOf(options);
  const vhost = vhostOf(options.adminUrl);
  const get = async <T>(...path: string[]): Promise<T> => (await manage('GET', path)).body as T;
  const { body: overview, date } = await manage('GET', ['overview']);
  const nodes = await get<RawNode[]>('nodes');
  const exchanges = await get<RawThing[]>('exchanges', vhost);
  const queues = await get<RawThing[]>('queues', vhost);
  const bindings = await get<RawBinding[]>('bindings', vhost);
  return {
    version: (overview as { rabbitmq_version: string }).rabbitmq_version,
    date,
    nodes: nodes.map((node) => ({
      ...{ name: node.name, running: node.running, memoryAlarm: node.mem_alarm, diskAlarm: node.disk_free_alarm },
      ...{ diskFreeBytes: node.disk_free, diskLimitBytes: node.disk_free_limit, plugins: node.enabled_plugins ?? [] },
    })),
    featureFlags: await get('feature-flags'),
    policies: [
      ...(await get<RabbitServer['policies']>('policies', vhost)),
      ...(await get<RabbitServer['policies']>('operator-policies', vhost)),
    ],
    topology: {
      exchanges: exchanges.map(({ name, type, arguments: given }) => ({ name, type, arguments: given })),
      queues: queues.map(({ name, type, arguments: given }) => ({ name, type, arguments: given })),
      bindings: bindings.map(({ source, destination, routing_key }) => ({ source, destination, routingKey: routing_key })),
    },
  };
};

interface RawNode {
  readonly name: string;
  readonly running: boolean;
  readonly mem_alarm: boolean;
  readonly disk_free_alarm: boolean;
  readonly disk_free: number;
  readonly disk_free_limit: number;
  readonly enabled_plugins?: string[];
}

interface RawThing {
  readonly name: string;
  readonly type: string;
  readonly arguments: Record<string, unknown>;
}

interface RawBinding {
  readonly source: string;
  readonly destination: string;
  readonly routing_key: string;
}
