import { armFailpoint, breakRules, type Clock } from '@orderbus/kernel';
import { type Broker, connectBroker, type Declaration } from '@orderbus/messaging';
import {
  type AuditLog,
  batchHandler,
  type Committed,
  type Database,
  type DatabaseOptions,
  type Execution,
  idempotencyKeptMs,
  idempotencyKeys,
  openDatabase,
  purgeIdempotencyKeys,
  relay,
  type Subscription,
  type Tracing,
  tellDueLetters,
} from '@orderbus/outbox';
import type { RequestHandler } from 'express';
import { type Authenticate, authenticateAt } from '../access/authenticate.ts';
import { limits } from '../access/limits.ts';
import { type ServiceHeaders, serviceTokens } from '../access/service-tokens.ts';
import { type Circuits, createCircuits } from '../circuits.ts';
import { createHttp } from '../http/create-http.ts';
import { type OpenApiDocument, openApiDocument } from '../http/openapi.ts';
import type { Passage } from '../http/passage.ts';
import type { Route } from '../http/route.ts';
import { every } from '../intervals.ts';
import { createLog, type Log } from '../log.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { type Job, type Part, startAll, stopAll } from '../parts.ts';
import type { KeySettings } from '../sealing/live-keys.ts';
import { watchKeys } from '../sealing/watch-keys.ts';
import { createTracing } from '../tracing/create-tracing.ts';
import { keptAudit } from './audit.ts';
import { auditRoutes } from './audit-routes.ts';
import { type DatabaseClock, databaseClock } from './database-clock.ts';
import { declarationOf } from './declaration.ts';
import { keptParts } from './kept-parts.ts';
import { observe } from './measure.ts';
import { brokerMetrics } from './measure-broker.ts';
import { databaseMetrics, poolMetrics } from './measure-database.ts';
import { messaging } from './messaging.ts';
import { countRedrives, operatorRoutes } from './operator-routes.ts';
import type { ServiceConfig } from './settings.ts';
import { circuitWatch } from './tell-circuits.ts';

/** What makes a service this service. */
export interface ServiceDefinition {
  readonly name: string;
  /** One or two sentences, for the API's document. */
  readonly description: string;
  readonly schema: string;
  readonly entities: DatabaseOptions['entities'];
  readonly migrations: DatabaseOptions['migrations'];
  readonly subscriptions: readonly Subscription[];
  readonly routes: (kit: ServiceKit) => readonly Route[];
  /** For a service that knows its callers by more than the tokens that they send. */
  readonly authenticate?: (kit: ServiceKit) => Authenticate;
  /** Of a service that people open in a browser: its pages. */
  readonly middleware?: (kit: ServiceKit) => readonly RequestHandler[];
  /** Of a service that passes requests on. */
  readonly passages?: (kit: ServiceKit) => readonly Passage[];
  /** Of a service that keeps something sealed: they may change while it runs. */
  readonly keys?: KeySettings;
  /** Published events that it cannot do without, whatever `EVENT_LOG_KEPT` says: a condition on `event_log` called e. */
  readonly keepsEvents?: string;
  /** Crons and workers: started last, stopped first. */
  readonly jobs?: (kit: ServiceKit) => readonly Job[];
}

/** What routes and jobs may use. */
export interface ServiceKit {
  readonly database: Database;
  /** For `execute`: commands that do not come from a message. */
  readonly execution: Execution;
  /** For what people did that is no request of theirs, or more than their request says. */
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** For work that begins here: what answers a request or a message is in a span already. */
  readonly tracing: Tracing;
  /** For breakers: of these circuits the staff is told. */
  readonly circuits: Circuits;
  /** To call another service. */
  readonly headersFor: ServiceHeaders;
}

export interface Service extends Required<Part>, ServiceKit {
  /** Where its HTTP API listens, once started. */
  readonly url: string;
  /** Resolves when the database is up to date, the broker is there and the subscriptions run. */
  ready(): Promise<void>;
  readonly routes: readonly Route[];
  /** Its HTTP API as an OpenAPI document. Needs nothing to be started. */
  openApi(): OpenApiDocument;
  /** What the broker has to have ready before it starts. */
  readonly declaration: Declaration;
}

export interface Surroundings {
  /** Default: one that follows the service's database. */
  readonly clock?: Clock & Partial<DatabaseClock>;
  /** For the one service that has the process to itself. */
  readonly processMetrics?: boolean;
  /** Instead of the one named by `BROKER_URL`. */
  readonly broker?: Broker;
}

/** How soon it is noticed that dead letters have become many more or fewer. */
const tellLettersEveryMs = 10_000;

/** The access service asks nobody who a caller is. */
type BuildConfig = Omit<ServiceConfig, 'ACCESS_URL' | 'SERVICE_SECRET'> & Partial<Pick<ServiceConfig, 'ACCESS_URL' | 'SERVICE_SECRET'>>;

/**
 * The graph of a service, built once: HTTP answers first (so that a waiting service can say what it waits for), then the database,
 * then messaging in the background, then the jobs. Stopping goes backwards, and the database goes last.
 */
export const buildService = (definition: ServiceDefinition, config: BuildConfig, surroundings: Surroundings = {}): Service => {
  const { name, schema, subscriptions } = definition;
  if (config.FAILPOINT) armFailpoint(config.FAILPOINT);
  if (config.SABOTAGE) breakRules(config.SABOTAGE);
  const clock: Clock & Partial<DatabaseClock> = surroundings.clock ?? databaseClock();
  const log = createLog({ service: name, level: config.LOG_LEVEL, pretty: config.LOG_PRETTY });
  const metrics = createMetrics(name, { processMetrics: surroundings.processMetrics ?? false });
  const tracing = createTracing({ service: name, broker: config.BROKER_URL.startsWith('amqp') ? 'rabbitmq' : 'postgresql', config, log });
  const database = openDatabase({
    url: config.DATABASE_URL,
    schema,
    entities: definition.entities,
    migrations: definition.migrations,
    poolSize: config.DATABASE_CONNECTIONS,
    migrate: config.MIGRATIONS,
    log: (message, details) => log.warn(details, message),
  });
  const following = clock.follow?.(database, log);
  poolMetrics(metrics, database);
  const broker =
    surroundings.broker ??
    connectBroker(config.BROKER_URL, {
      ...{ name, publishAs: name, partitions: config.QUEUE_PARTITIONS, log, on: brokerMetrics(metrics) },
    });
  const observer = observe(metrics, log);
  const outbox = relay({ service: name, database, broker, observer, clock, tracing });
  const committed: Committed = (recordedEvents = true) => {
    if (recordedEvents) outbox.wake();
    for (const job of jobs) job.wake?.();
  };
  const execution: Execution = { database, clock, committed, tracing };
  const { ACCESS_URL: accessUrl = 'http://127.0.0.1:1' } = config;
  const headersFor = serviceTokens({ accessUrl, service: name, secret: config.SERVICE_SECRET });
  const { audit, ...keeping } = keptAudit({ database, schema, keptMs: config.AUDIT_KEPT, log, metrics });
  const circuits = createCircuits();
  const kit: ServiceKit = { database, execution, audit, clock, log, metrics, tracing, circuits, headersFor };
  const declaration = declarationOf({ name, subscriptions }, config.RETRY_DELAYS);
  const bus = messaging({
    name,
    broker,
    relay: outbox,
    execution,
    log,
    handler: batchHandler({ database, subscriptions, clock, observer, committed, tracing }),
    declaration,
    config,
  });
  const openapi = { title: `Orderbus ${name}`, version: '1', description: definition.description };
  const routes = [
    ...definition.routes(kit),
    ...operatorRoutes({ name, execution, broker, redriven: countRedrives(metrics) }),
    ...auditRoutes({ database, schema }),
  ];
  const http = createHttp({
    service: name,
    log,
    metrics,
    host: config.HTTP_HOST,
    port: config.HTTP_PORT,
    health: { database: () => database.query('select 1') },
    openapi,
    routes,
    middleware: definition.middleware?.(kit) ?? [],
    passages: definition.passages?.(kit) ?? [],
    authenticate: definition.authenticate?.(kit) ?? authenticateAt({ accessUrl, audience: name }),
    limits: limits({ perCaller: config.RATE_LIMIT_PER_MINUTE, perAddress: config.RATE_LIMIT_PER_ADDRESS }),
    corsOrigins: config.CORS_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
    idempotency: idempotencyKeys(database),
    audit,
    tracing,
  });
  databaseMetrics(metrics, database);
  const parts = keptParts({ database, clock, log, config, events: definition.keepsEvents });
  const purge = () => purgeIdempotencyKeys(database, new Date(clock.now().getTime() - idempotencyKeptMs));
  const forget = every(3_600_000, purge, { name: 'purge', log });
  const letters = every(tellLettersEveryMs, () => tellDueLetters(execution, name), { name: 'dead-letters', log });
  const openCircuits = circuitWatch(execution, { service: name, circuits, afterMs: config.CIRCUIT_TOLD_AFTER, log });
  const keys = definition.keys && watchKeys(definition.keys, { database, log });
  const jobs: Job[] = [forget, ...parts, letters, openCircuits, ...keeping.jobs, ...(definition.jobs?.(kit) ?? [])];

  return {
    ...kit,
    name,
    routes,
    start: async () => {
      await tracing.start();
      await http.start();
      await database.start();
      await following?.start();
      await keys?.start();
      await bus.start();
      await startAll(jobs, log);
    },
    ready: bus.ready,
    declaration,
    openApi: () => openApiDocument({ ...openapi, routes }),
    stop: async () => {
      await stopAll(jobs, log);
      await bus.stop();
      await http.stop();
      await keys?.stop();
      await audit.stop();
      await following?.stop();
      await database.stop();
      await tracing.stop();
    },
    get url() {
      return http.url;
    },
  };
};
