import { buildSandbox, type Sandbox, type SandboxConfig } from '@orderbus/amazon-sandbox';
import { startLocalPostgres } from '@orderbus/local-postgres';
import { connectBroker, provisionBroker } from '@orderbus/messaging';
import { provision } from '@orderbus/outbox';
import { createLog, type Environment, type Part, type Service, serviceSettings, serviceTokens, stopAll } from '@orderbus/service-kit';
import { declarations, declareQueues, fillShelves, leaveNoQueue, serviceSecretOf } from '@orderbus/setup';
import { type DataFolder, keepAddresses, openDataFolder } from './data-folder.ts';
import { environmentOf, type Places, urlAt } from './environments.ts';
import { type ReservedPorts, reservePorts } from './ports.ts';
import { access, checkEnvironment, gateway, listeners, type Member, members } from './services.ts';
import type { Running, SystemOptions } from './system-options.ts';
import { secretOf, tenancies, unknownYet } from './tenancies.ts';

export type { Running, SystemOptions } from './system-options.ts';

/** The whole of Orderbus in one process. It starts once. */
export interface System extends Required<Part> {
  /** The console. */
  readonly url: string;
  readonly services: readonly Running[];
  /** Absent with real Amazon. */
  readonly sandbox: Sandbox | undefined;
  /** The database's administrator. */
  readonly databaseUrl: string;
}

/**
 * Database, roles and schemas, sandbox, queues, the services that listen, and last the gateway: nothing is published
 * before everyone who wants it can have it. Stopping goes backwards, and the database goes last.
 */
export const buildSystem = (options: SystemOptions): System => {
  const log = createLog({ service: 'all-in-one', level: options.logLevel ?? 'warn', pretty: options.logPretty ?? false });
  const partitions = serviceSettings.QUEUE_PARTITIONS.parse(options.environment?.QUEUE_PARTITIONS || undefined);
  const started: Part[] = [];
  const stopping = Promise.withResolvers<never>();
  stopping.promise.catch(() => {});
  let starting: Promise<void> | undefined;
  let reserved: ReservedPorts | undefined;
  let running: { url: string; services: Running[]; sandbox: Sandbox | undefined; databaseUrl: string } | undefined;

  /** Half a start holds connections as well: what has begun to start will be stopped. */
  const add = async <P extends Part>(part: P, port: number | undefined): Promise<P> => {
    started.push(part);
    await reserved?.release(port ?? 0);
    await part.start?.();
    return part;
  };

  const ownDatabase = async (folder: string): Promise<string> => {
    const { onLost } = options;
    const server = await startLocalPostgres({
      folder,
      log: (message, details) => log.warn(details, message),
      ...(onLost ? { onLost } : {}),
    });
    started.push(server);
    return server.adminUrl;
  };

  const startSandbox = async (config: SandboxConfig): Promise<Sandbox> => {
    const sandbox = await add(buildSandbox(config), config.port);
    // The world of an earlier run would go on at its own pace, and this run was asked for another.
    sandbox.world.setPace(config.ordersPerMinute);
    return sandbox;
  };

  /** Before anybody speaks, and be it of what an earlier version left in an outbox: a consumer that is new must not miss it. */
  const declareAll = async (databases: Places['databases']): Promise<void> => {
    const brokerUrl = options.brokerUrl ?? databases.broker ?? '';
    const delays = options.environment?.RETRY_DELAYS;
    const retryDelaysMs = delays ? serviceSettings.RETRY_DELAYS.parse(delays) : undefined;
    const broker = connectBroker(brokerUrl, { name: 'setup', partitions, log });
    try {
      await Promise.race([broker.start(), stopping.promise]);
      await declareQueues(broker, retryDelaysMs);
    } finally {
      await broker.stop();
    }
    await leaveNoQueue({ brokerUrl, declarations: declarations(retryDelaysMs), partitions, log });
  };

  /** One for each service, where there is somebody who can make users; else they share the one that was given. */
  const brokerUsers = async (secret: string): Promise<Places['brokers']> => {
    const { brokerUrl: adminUrl, brokerManagementUrl: managementUrl } = options;
    if (!adminUrl || !managementUrl) return {};
    return provisionBroker({ adminUrl, managementUrl, secret, tenants: declarations(), partitions });
  };

  const start = async (): Promise<void> => {
    const folder = await openDataFolder(options.dataFolder, options.sandbox === false ? 'real' : 'sandbox');
    reserved = await reservePorts(options.port, 1 + members.length);
    const [consolePort = 0, sandboxPort = 0, ...others] = reserved.ports;
    const owners = members.filter(({ name }) => name !== 'console');
    const ports: Places['ports'] = {
      console: consolePort,
      ...Object.fromEntries(owners.map(({ name }, index) => [name, others[index] ?? 0])),
    };
    const { secret: ownSecret, keysFile } = folder;
    const beforehand = { ports, sandboxUrl: urlAt(sandboxPort), keysFile, secret: ownSecret };
    checkEnvironment((member) => environmentOf(member, options, { ...beforehand, databases: unknownYet, brokers: {} }));

    const databaseUrl = options.databaseUrl ?? (await ownDatabase(folder.postgres));
    const secret = options.databaseSecret ?? secretOf(databaseUrl) ?? folder.secret;
    const databases = await provision({ adminUrl: databaseUrl, secret, tenancies });
    await declareAll(databases);
    const places: Places = { ...beforehand, databases, brokers: await brokerUsers(secret) };
    const build = (member: Member, instead: Environment = {}): Service =>
      member.configure({ ...environmentOf(member, options, places), ...instead })(options.clock ? { clock: options.clock } : {});

    const sandbox = options.sandbox === false ? undefined : await startSandbox(sandboxConfig(options, folder, sandboxPort));
    const services = members.map(({ name }) => ({ name, url: urlAt(ports[name]) }));
    running = { url: urlAt(consolePort), services, sandbox, databaseUrl };
    const everybody = sandbox ? [...services, { name: 'amazon-sandbox', url: sandbox.url }] : services;
    await keepAddresses(options.dataFolder, Object.fromEntries(everybody.map(({ name, url }) => [name, url])));
    const show = options.show ?? ((text: string) => void process.stdout.write(text));
    const door = await add(build(access(show)), ports.access);
    await Promise.race([door.ready(), stopping.promise]);
    const further = Array.from({ length: (options.instances ?? 1) - 1 }, () => listeners.filter(({ name }) => name !== 'console')).flat();
    const listening = await allOrNone([
      ...listeners.map((member) => add(build(member), ports[member.name])),
      ...further.map((member) => add(build(member, { HTTP_PORT: '0' }), undefined)),
    ]);
    await Promise.race([Promise.all(listening.map((service) => service.ready())), stopping.promise]);
    const setup = { accessUrl: urlAt(ports.access), service: 'setup', secret: serviceSecretOf(ownSecret, 'setup') };
    if (sandbox) await fillShelves(sandbox.url, urlAt(ports.fulfillment), serviceTokens(setup));
    const speaker = await add(build(gateway), ports[gateway.name]);
    await Promise.race([speaker.ready(), stopping.promise]);
  };

  const known = () => {
    if (!running) throw new Error('the system has not started');
    return running;
  };

  return {
    name: 'orderbus',
    start: async () => {
      starting = start().finally(() => reserved?.releaseAll());
      await starting;
    },
    stop: async () => {
      stopping.reject(new Error('the system is being stopped'));
      await starting?.catch(() => {});
      if (running) await keepAddresses(options.dataFolder, undefined);
      await stopAll(started.splice(0), log);
    },
    get url() {
      return known().url;
    },
    get services() {
      return known().services;
    },
    get sandbox() {
      return known().sandbox;
    },
    get databaseUrl() {
      return known().databaseUrl;
    },
  };
};

/** A world to look at: orders of the last day, and new ones at a pace that one can follow. */
const sandboxConfig = (options: SystemOptions, { sandboxFile }: DataFolder, port: number): SandboxConfig => ({
  ...{ port, seed: 1, ordersPerMinute: 20, initialOrders: 120, file: sandboxFile, limits: 'off', visibilityLagMs: 0 },
  ...(options.clock ? { clock: options.clock } : {}),
  ...options.sandbox,
});

/** Waits for all of them even if one fails: nothing may go on starting behind our back. */
const allOrNone = async <T>(promises: readonly Promise<T>[]): Promise<T[]> => {
  await Promise.allSettled(promises);
  return Promise.all(promises);
};
