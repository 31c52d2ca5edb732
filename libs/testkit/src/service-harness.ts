import { randomUUID } from 'node:crypto';
import type { Event, EventDefinition } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { type Broker, connectBroker, type Declaration } from '@orderbus/messaging';
import { type Database, provision } from '@orderbus/outbox';
import { type TestAccess, type TestCaller, testAccess } from './access/issuer.ts';
import { eventually } from './eventually.ts';
import { type TestDatabase, testDatabase } from './servers/database.ts';
import { testVhost } from './servers/vhost.ts';

/** What the harness needs of a service; every `build…App` answers with it. */
export interface ServiceUnderTest {
  readonly name: string;
  readonly url: string;
  readonly database: Database;
  readonly declaration: Declaration;
  start(): Promise<void>;
  ready(): Promise<void>;
  stop(): Promise<void>;
}

export interface HarnessOptions<App extends ServiceUnderTest> {
  readonly schema: string;
  /** Which broker to run on. Default: RabbitMQ where there is one, else the embedded one. */
  readonly broker?: 'rabbit' | 'embedded';
  /** Builds the service from the URLs of a database and a broker that nobody else uses. Called again by `restart` and `another`. */
  readonly build: (urls: TestUrls) => App;
  /** The events whose publication the test wants to see. */
  readonly capture?: readonly EventDefinition<never>[] | readonly EventDefinition[];
}

/** Settings for a service that is built in a test. */
export type TestUrls = {
  readonly DATABASE_URL: string;
  readonly BROKER_URL: string;
  readonly ACCESS_URL: string;
  readonly SERVICE_SECRET: string;
  readonly RATE_LIMIT_PER_MINUTE: string;
  readonly RATE_LIMIT_PER_ADDRESS: string;
};

export interface PublishOptions {
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  readonly id?: string;
  readonly tenant?: string;
  readonly correlationId?: string;
  readonly occurredAt?: string;
}

export interface HttpAnswer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly body: any;
}

/** The service's HTTP API, as somebody uses it. */
export interface Api {
  get(path: string): Promise<HttpAnswer>;
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<HttpAnswer>;
  /** Anything else: files, headers. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

/** `get`, `send` and `fetch` are those of Mara, who may do everything. */
export interface Harness<App extends ServiceUnderTest> extends Api {
  readonly app: App;
  readonly urls: TestUrls;
  readonly access: TestAccess;
  /** A superuser's URL of the same database, for looking into tables. */
  readonly adminUrl: string;
  readonly broker: Broker;
  /** Publishes an event as its owner would, and answers with the whole message. */
  publish<Data>(definition: EventDefinition<Data>, data: Data, options: PublishOptions): Promise<Event<Data>>;
  publishAll(messages: readonly { definition: EventDefinition; event: Event }[]): Promise<void>;
  /** What the service has published of this event so far, in the order of arrival. */
  published<Data>(definition: EventDefinition<Data>): Event<Data>[];
  /** Somebody else. */
  as(caller: TestCaller): Api;
  /** Another instance, at its URL. */
  at(url: string, caller?: TestCaller): Api;
  /** A second instance of the service beside the first. */
  another(): Promise<App>;
  stop(): Promise<void>;
}

/**
 * One service with a database and a broker of its own, in which it may do what it needs and no more; everybody else is played by the test.
 */
export const serviceHarness = async <App extends ServiceUnderTest>(options: HarnessOptions<App>): Promise<Harness<App>> => {
  const kind = options.broker ?? (process.env.TEST_AMQP_URL ? 'rabbit' : 'embedded');
  const database = await migratedDatabase(options);
  const provisioned = await provisionFor(options.schema, database.url);
  const vhost = kind === 'rabbit' ? await testVhost() : undefined;
  const access = await testAccess();
  const { declaration } = options.build(nowhere);
  const leastUrl = await vhost?.urlFor(declaration);
  const urls = {
    ...{ DATABASE_URL: provisioned[options.schema] as string, BROKER_URL: leastUrl ?? (provisioned.broker as string) },
    ...{ ACCESS_URL: access.url, ...unlimited },
  };

  const broker = connectBroker(vhost?.url ?? urls.BROKER_URL, { name: 'probe' });
  await broker.start();
  await broker.declare(declaration);
  const captured: Event[] = [];
  const capture = (options.capture ?? []) as readonly EventDefinition[];
  if (capture.length > 0) {
    // It is content with all that comes: a queue for each delay would be five more to make and to throw away.
    const probe = { queue: 'probe', retryDelaysMs: [] };
    await broker.declare({ ...probe, topics: capture.map((definition) => definition.topic) });
    await broker.subscribe(probe, async (batch) => {
      for (const delivery of batch) captured.push(JSON.parse(delivery.body.toString('utf8')));
      return batch.map(() => ({ fate: 'done' }));
    });
  }

  const apps: App[] = [];
  const another = async (): Promise<App> => {
    const app = options.build(urls);
    apps.push(app);
    await app.start();
    await app.ready();
    return app;
  };
  const app = await another();

  const publishAll: Harness<App>['publishAll'] = async (messages) => {
    const outgoing = messages.map(({ definition, event }) => ({
      id: event.id,
      topic: definition.topic,
      key: event.aggregateId,
      body: JSON.stringify(event),
      headers: { 'x-recorded-at': new Date().toISOString() },
    }));
    const missing = new Set(outgoing.map((message) => message.id));
    await eventually(async () => {
      for (const id of await broker.publish(outgoing.filter((message) => missing.has(message.id)))) missing.delete(id);
      if (missing.size > 0) throw new AppError('unavailable', 'test.unconfirmed', { count: missing.size });
    });
  };

  const as = (caller: TestCaller): Api => apiOf(() => app.url, access.bearer(app.name, caller));
  const at = (url: string, caller: TestCaller = {}): Api => apiOf(() => url, access.bearer(app.name, caller));

  return {
    app,
    urls,
    adminUrl: database.url,
    broker,
    publishAll,
    publish: async (definition, data, { aggregateId, aggregateVersion, ...rest }) => {
      const event = definition.parse({
        id: randomUUID(),
        type: definition.type,
        version: definition.version,
        aggregateId,
        aggregateVersion,
        tenant: 'store-1',
        occurredAt: new Date().toISOString(),
        correlationId: randomUUID(),
        ...rest,
        data,
      });
      await publishAll([{ definition: definition as unknown as EventDefinition, event }]);
      return event;
    },
    published: <Data>(definition: EventDefinition<Data>) =>
      captured.filter((event) => event.type === definition.type && event.version === definition.version) as Event<Data>[],
    access,
    ...as({}),
    as,
    at,
    another,
    stop: async () => {
      for (const one of apps) await one.stop();
      await broker.stop();
      await vhost?.drop();
      await database.drop();
      await access.stop();
    },
  };
};

/** An HTTP API with a credential: the value of `Authorization`. */
export const apiOf = (url: () => string, authorization: string): Api => {
  const ask: Api['fetch'] = (path, init = {}) => {
    const headers = new Headers(init.headers);
    if (!headers.has('authorization')) headers.set('authorization', authorization);
    return fetch(`${url()}${path}`, { ...init, headers });
  };
  const send = async (method: string, path: string, body?: unknown): Promise<HttpAnswer> => {
    const response = await ask(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, body: /json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  };
  return { fetch: ask, send, get: (path) => send('GET', path) };
};

/** Tests ask faster than people. */
const unlimited = {
  SERVICE_SECRET: 'a secret of tests, and of tests only',
  RATE_LIMIT_PER_MINUTE: '1000000',
  RATE_LIMIT_PER_ADDRESS: '1000000',
};

const unused = 'postgres://nobody@127.0.0.1:1/none';
const nowhere: TestUrls = { DATABASE_URL: unused, BROKER_URL: unused, ACCESS_URL: 'http://127.0.0.1:1', ...unlimited };

const provisionFor = (schema: string, adminUrl: string): Promise<Record<string, string>> =>
  provision({
    adminUrl,
    secret: 'test',
    tenancies: [
      { schema, role: `orderbus_${schema}` },
      { schema: 'broker', role: 'orderbus_broker', audited: false },
    ],
  });

/** A copy of a database in which this service's migrations have run: made anew when one of them changes. */
const migratedDatabase = ({ schema, build }: HarnessOptions<ServiceUnderTest>): Promise<TestDatabase> => {
  const { source } = build(nowhere).database;
  return testDatabase({
    name: schema,
    fingerprint: Object.values(source.options.migrations ?? [])
      .map(String)
      .join('\n'),
    fill: async (adminUrl) => {
      const urls = await provisionFor(schema, adminUrl);
      const { database } = build({ ...nowhere, DATABASE_URL: urls[schema] as string });
      await database.start();
      await database.stop();
    },
  });
};
