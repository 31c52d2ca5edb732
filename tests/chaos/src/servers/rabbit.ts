import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { eventually } from '@orderbus/testkit';
import { accountOf, folderFor, freePorts } from './account.ts';

const run = promisify(execFile);
const bin = '/usr/lib/rabbitmq/bin';

interface QueueState {
  readonly name: string;
  readonly messages: number;
}

/** A RabbitMQ that nobody else uses: a node of its own, which may be stopped, killed and starved at will. */
export interface Rabbit {
  /** An administrator's. */
  readonly url: string;
  readonly managementUrl: string;
  readonly version: string;
  ctl(...words: readonly string[]): Promise<void>;
  /** The management API. */
  api<T>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object): Promise<T>;
  queues(): Promise<QueueState[]>;
  /** How many connections it has closed on its clients. */
  closeAllConnections(): Promise<number>;
  kill(): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** For good, with all that it holds. */
  remove(): Promise<void>;
}

export const privateRabbit = async (): Promise<Rabbit> => {
  if (!existsSync(join(bin, 'rabbitmq-server'))) throw new Error(`There is no RabbitMQ in ${bin}: apt-get install rabbitmq-server`);
  const account = await accountOf('rabbitmq');
  const folder = await folderFor(account, 'rabbit');
  const [port = 0, distribution = 0, management = 0] = await freePorts(3);
  const files = {
    'rabbitmq.conf': `listeners.tcp.local = 127.0.0.1:${port}\nmanagement.tcp.ip = 127.0.0.1\nmanagement.tcp.port = ${management}\n`,
    enabled_plugins: '[rabbitmq_consistent_hash_exchange, rabbitmq_management].\n',
    'rabbitmq-env.conf': '',
    'advanced.config': await readFile(new URL('../../../../deploy/rabbitmq/advanced.config', import.meta.url), 'utf8'),
    '.erlang.cookie': `chaos${port}`,
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), content, { mode: 0o600 });
    if (account.uid !== undefined) await chown(join(folder, name), account.uid, account.gid as number);
  }
  await mkdir(join(folder, 'log'));
  if (account.uid !== undefined) await chown(join(folder, 'log'), account.uid, account.gid as number);

  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    LANG: 'C.UTF-8',
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `chaos-${port}@localhost`,
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_ADVANCED_CONFIG_FILE: join(folder, 'advanced.config'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'rabbitmq-env.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    ERL_FLAGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    // One scheduler that does not spin while it waits: the machine belongs to the services.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none',
  };
  const options = { ...account, cwd: folder, env: environment };
  const managementUrl = `http://guest:guest@127.0.0.1:${management}`;
  let child: ChildProcess | undefined;
  const signal = (name: NodeJS.Signals) => {
    // The whole group: the script, the virtual machine and what it has started.
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, name);
  };
  const onExit = () => signal('SIGKILL');
  process.once('exit', onExit);
  const ends = async (how: () => void): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    how();
    await exited;
  };

  const api: Rabbit['api'] = async (method, path, body) => {
    const { origin, username, password } = new URL(managementUrl);
    const headers = { authorization: `Basic ${btoa(`${username}:${password}`)}`, 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/api${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`RabbitMQ management: ${method} ${path} answered ${answer.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const isUp = async (): Promise<void> => {
    await listens(port);
    await api('GET', '/overview');
  };

  const rabbit: Rabbit = {
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    managementUrl,
    version: '',
    ctl: async (...words) => void (await run(join(bin, 'rabbitmqctl'), ['-q', ...words], options)),
    api,
    queues: () => api('GET', '/queues?disable_stats=true&enable_queue_totals=true'),
    closeAllConnections: async () => {
      const open = await api<{ name: string }[]>('GET', '/connections');
      const closed = await Promise.allSettled(open.map(({ name }) => api('DELETE', `/connections/${encodeURIComponent(name)}`)));
      return closed.filter(({ status }) => status === 'fulfilled').length;
    },
    kill: () => ends(() => signal('SIGKILL')),
    stop: () => ends(() => signal('SIGTERM')),
    start: async () => {
      child = spawn(join(bin, 'rabbitmq-server'), [], { ...options, stdio: 'ignore', detached: true });
      await eventually(isUp, { withinMs: 90_000, everyMs: 200 });
    },
    remove: async () => {
      process.off('exit', onExit);
      await rabbit.kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
  await rabbit.start();
  const { rabbitmq_version: version } = await api<{ rabbitmq_version: string }>('GET', '/overview');
  return Object.assign(rabbit, { version });
};

const listens = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', reject);
  });
