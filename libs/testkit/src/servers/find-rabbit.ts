import { connect } from 'node:net';
import type { FoundServer } from './found.ts';

export interface FoundRabbit extends FoundServer {
  /** The management API with its credentials; absent when only `rabbitmqctl` can make virtual hosts. */
  readonly managementUrl?: string;
}

/** A RabbitMQ: `TEST_AMQP_URL`, else the one on this machine, else a container, else none. */
export const findRabbit = async (): Promise<FoundRabbit | undefined> => {
  const given = process.env.TEST_AMQP_URL;
  if (given) return { url: given, how: 'TEST_AMQP_URL', ...(await management(process.env.TEST_AMQP_MANAGEMENT_URL ?? besides(given))) };
  const local = 'amqp://guest:guest@127.0.0.1:5672';
  if (await answers('127.0.0.1', 5672)) return { url: local, how: 'the one on this machine', ...(await management(besides(local))) };
  return inContainer();
};

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    socket.once('connect', () => socket.destroy() && resolve(true));
    socket.once('timeout', () => socket.destroy() && resolve(false));
    socket.once('error', () => resolve(false));
  });

const besides = (amqpUrl: string): string => {
  const { username, password, hostname } = new URL(amqpUrl);
  return `http://${username || 'guest'}:${password || 'guest'}@${hostname}:15672`;
};

const management = async (url: string): Promise<{ managementUrl?: string }> => {
  try {
    const { origin, username, password } = new URL(url);
    const authorization = `Basic ${btoa(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`)}`;
    const response = await fetch(`${origin}/api/whoami`, { headers: { authorization }, signal: AbortSignal.timeout(2_000) });
    return response.ok ? { managementUrl: url } : {};
  } catch {
    return {};
  }
};

const inContainer = async (): Promise<FoundRabbit | undefined> => {
  try {
    const { GenericContainer, Wait } = await import('testcontainers');
    const container = await new GenericContainer('rabbitmq:4-management')
      .withEnvironment({ RABBITMQ_DEFAULT_USER: 'test', RABBITMQ_DEFAULT_PASS: 'test' })
      .withCopyContentToContainer([
        { content: '[rabbitmq_management,rabbitmq_consistent_hash_exchange].', target: '/etc/rabbitmq/enabled_plugins' },
      ])
      .withExposedPorts(5672, 15672)
      .withWaitStrategy(Wait.forLogMessage(/Server startup complete/))
      .start();
    const host = container.getHost();
    return {
      url: `amqp://test:test@${host}:${container.getMappedPort(5672)}`,
      managementUrl: `http://test:test@${host}:${container.getMappedPort(15672)}`,
      how: 'a container',
      stop: async () => void (await container.stop()),
    };
  } catch {
    return undefined;
  }
};
