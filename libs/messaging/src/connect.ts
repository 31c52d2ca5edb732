import { AppError } from '@orderbus/kernel';
import { type EmbeddedOptions, embeddedBroker } from './embedded/broker.ts';
import type { Broker } from './port.ts';
import { type RabbitOptions, rabbitBroker } from './rabbit/broker.ts';

/** What both brokers understand, and what only one of them needs. */
export type ConnectOptions = Omit<RabbitOptions, 'url'> & Omit<EmbeddedOptions, 'url'>;

/** The broker for this address: `amqp(s)://` RabbitMQ, `postgres(ql)://` the embedded one. Connects at `start`. */
export const connectBroker = (url: string, options: ConnectOptions): Broker => {
  const scheme = url.slice(0, Math.max(0, url.indexOf(':')));
  if (scheme === 'amqp' || scheme === 'amqps') return rabbitBroker({ ...options, url });
  if (scheme === 'postgres' || scheme === 'postgresql') return embeddedBroker({ ...options, url });
  throw new AppError('invalid', 'broker.unknown-scheme', { scheme });
};
