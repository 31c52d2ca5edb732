import { partitionCounts } from '@orderbus/messaging';
import { auditKeptAtLeastMs, inboxKeptMs } from '@orderbus/outbox';
import { z } from 'zod';
import { durationMs, list, port, url } from '../config.ts';
import { logSettings } from '../log.ts';
import { tracingSettings } from '../tracing/settings.ts';
import { crashSettings } from './crash-settings.ts';

const dayMs = 86_400_000;

/** What every service reads from its environment. */
export const serviceSettings = {
  ...logSettings,
  ...tracingSettings,
  ...crashSettings,
  /** The service's own role: it sees its own schema and nothing else. */
  DATABASE_URL: url(['postgres', 'postgresql']),
  /** Connections to it at most. The consumer, the relay, the jobs and a few requests share them. */
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(6),
  /** Who brings its schema up to date: this process when it starts, or somebody else, for whom it waits. */
  MIGRATIONS: z.enum(['run', 'wait']).default('run'),
  /** `amqp(s)://` is RabbitMQ, `postgres://` the embedded broker. */
  BROKER_URL: url(['amqp', 'amqps', 'postgres', 'postgresql']),
  HTTP_HOST: z.string().default('127.0.0.1'),
  HTTP_PORT: port().default(0),
  /** The access service: it says who a caller is. */
  ACCESS_URL: url(['http', 'https']),
  /** What this service proves itself with when it calls others. */
  SERVICE_SECRET: z.string().min(32).optional(),
  /** The origins whose pages may call from a browser, comma separated. */
  CORS_ORIGINS: list().default([]),
  /** The proxies in front, by address or network, comma separated: what they say about the caller's address counts. */
  TRUSTED_PROXIES: list().default([]),
  /** Requests of one person or API key, in each process. */
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  /** Requests from one address of nobody that is known: of each public route, and with tokens that are not good. */
  RATE_LIMIT_PER_ADDRESS: z.coerce.number().int().min(1).default(120),
  /** How long it stays on record who has asked for what. */
  AUDIT_KEPT: durationMs()
    .pipe(z.int().min(auditKeptAtLeastMs, 'A year at least: 365d'))
    .default(400 * dayMs),
  /** How long events are kept after they were published. Unset: for good. */
  EVENT_LOG_KEPT: durationMs()
    .pipe(z.int().min(90 * dayMs, 'Ninety days at least: 90d'))
    .optional(),
  /** How long it is known which messages were seen. */
  INBOX_KEPT: durationMs()
    .pipe(z.int().min(7 * dayMs, 'A week at least: 7d'))
    .default(inboxKeptMs),
  /** Messages in one transaction at most. */
  BATCH_SIZE: z.coerce.number().int().min(1).max(1_000).default(100),
  /** How long a batch waits to fill, once its first message is there. */
  BATCH_WAIT: durationMs().default(5),
  /** After a batch, the next one waits as long as that one took, so long at most, unless it is full before. */
  BATCH_PAUSE: durationMs().default(100),
  /** How long a system that is called may be out of reach before the staff is told. */
  CIRCUIT_TOLD_AFTER: durationMs().default(120_000),
  /**
   * Over how many queues of RabbitMQ each service's messages are spread; after a change also the numbers before, comma separated: the first
   * takes what comes, all are worked off.
   */
  QUEUE_PARTITIONS: z
    .string()
    .default('1')
    .transform((text) => text.split(',').map(Number))
    .refine((counts) => counts.every((count) => partitionCounts.includes(count)), `Numbers of queues: ${partitionCounts.join(', ')}`)
    .refine((counts) => new Set(counts).size === counts.length, 'Each number once'),
  /** The delays between the attempts of a message, comma separated. */
  RETRY_DELAYS: z
    .string()
    .default('5s,30s,2m,10m,1h')
    .transform((text) => text.split(',').map((part) => durationMs().parse(part))),
};

export const ServiceConfig = z.object(serviceSettings);
export type ServiceConfig = z.output<typeof ServiceConfig>;
