import { AppError } from '@orderbus/kernel';

export interface ManagementOptions {
  /** `amqp://` of the user, unless the management's URL names one. */
  readonly adminUrl: string;
  /** Where the management plugin listens: `http://host:15672`. */
  readonly managementUrl: string;
}

/** What the management answered, and the clock of its server. */
interface ManagementAnswer {
  readonly body: unknown;
  readonly date: string | null;
}

type Manage = (method: 'GET' | 'PUT', path: readonly string[], body?: object) => Promise<ManagementAnswer>;

/** RabbitMQ's HTTP interface. @throws AppError `broker.management-unreachable`, `broker.management-refused` */
export const managementOf = ({ adminUrl, managementUrl }: ManagementOptions): Manage => {
  const given = new URL(managementUrl);
  const { username, password } = given.username ? given : new URL(adminUrl);
  const authorization = `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`;
  return async (method, path, body) => {
    const url = `${given.origin}${given.pathname.replace(/\/$/, '')}/api/${path.map(encodeURIComponent).join('/')}`;
    const response = await fetch(url, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(deadlineMs),
    }).catch((cause: unknown) => {
      throw new AppError('unavailable', 'broker.management-unreachable', { url }, { cause });
    });
    if (!response.ok) throw new AppError('conflict', 'broker.management-refused', { url, status: response.status });
    return { body: method === 'GET' ? await response.json() : undefined, date: response.headers.get('date') };
  };
};

export const vhostOf = (amqpUrl: string): string => decodeURIComponent(new URL(amqpUrl).pathname.slice(1)) || '/';

const deadlineMs = 10_000;
