import { sellers } from '@orderbus/amazon-sandbox';
import type { Environment } from '@orderbus/service-kit';
import { otherCallers, serviceSecretOf, serviceSecretsSetting } from '@orderbus/setup';
import { type Member, members } from './services.ts';
import type { SystemOptions } from './system-options.ts';

/** What the services' environments are made of, once the system knows where everything is. */
export interface Places {
  /** Connection URLs by schema; the embedded broker has one of its own. */
  readonly databases: Readonly<Record<string, string>>;
  /** Broker URLs by service, where each has a user of its own. */
  readonly brokers: Readonly<Record<string, string>>;
  /** HTTP ports by service. */
  readonly ports: Readonly<Record<string, number>>;
  readonly sandboxUrl: string;
  readonly keysFile: string;
  /** What the services' own secrets are derived from. */
  readonly secret: string;
}

type EnvironmentOptions = Omit<SystemOptions, 'port'>;

/** One service's environment: what the system decides, over what was given, over what suits a trial on one machine. */
export const environmentOf = (member: Member, options: EnvironmentOptions, places: Places): Environment => {
  const given = options.environment ?? {};
  const addressesOf = (names: readonly string[]): string => names.map((name) => `${name}=${urlAt(places.ports[name])}`).join(',');
  const decided: Environment = {
    DATABASE_URL: places.databases[member.schema],
    BROKER_URL: places.brokers[member.name] ?? options.brokerUrl ?? places.databases.broker,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(places.ports[member.name] ?? 0),
    ORDER_URL: urlAt(places.ports.order),
    BILLING_URL: urlAt(places.ports.billing),
    ACCESS_URL: urlAt(places.ports.access),
    SERVICE_SECRET: serviceSecretOf(places.secret, member.name),
    SERVICE_SECRETS: serviceSecretsSetting(places.secret, [...members.map(({ name }) => name), ...otherCallers]),
    LOG_LEVEL: options.logLevel ?? 'warn',
    LOG_PRETTY: String(options.logPretty ?? false),
    EVENT_SOURCES: addressesOf(owners.filter((name) => name !== member.name && name !== 'access')),
    SERVICES: addressesOf(owners),
    ...pagesOf(member, options, places),
    ...(options.sandbox === false ? {} : sandboxStores(places.sandboxUrl)),
  };
  const ownKeys = given.ORDERBUS_KEYS || given.ORDERBUS_KEYS_FILE ? {} : { ORDERBUS_KEYS_FILE: places.keysFile };
  const suitable = options.sandbox === false ? {} : sandboxPace;
  return { ...suitable, ...ownMachine, ...withoutFilesOf(decided, given), ...ownKeys, ...decided };
};

/** Everybody but who serves the pages. */
const owners = members.map(({ name }) => name).filter((name) => name !== 'console');

/** Where browsers find what: here, unless there is something in front, which `PUBLIC_URL` (of access) and `CONSOLE_URL` name. */
const pagesOf = (
  { name }: Member,
  { environment: given = {}, sandbox }: EnvironmentOptions,
  { ports, sandboxUrl }: Places,
): Environment => {
  const console = given.CONSOLE_URL || urlAt(ports.console);
  const access = given.PUBLIC_URL || urlAt(ports.access);
  if (name !== 'console') return { CONSOLE_URL: console, PUBLIC_URL: access };
  return { PUBLIC_URL: console, ACCESS_PUBLIC_URL: access, ...(sandbox === false ? {} : { SANDBOX_URL: sandboxUrl }) };
};

/** The sandbox hides nothing and limits nothing: it may be asked often, and is never late. Invented buyers need no second factor. */
const sandboxPace: Environment = {
  SECOND_FACTOR_FOR: 'none',
  AMAZON_POLL_CRON: '*/2 * * * * *',
  AMAZON_OVERLAP: '1m',
  AMAZON_START_FROM: '2020-01-01T00:00:00Z',
};

/** All services share one database server, which as a rule takes a hundred connections; and they are told by the console who is asking from where. */
const ownMachine: Environment = { DATABASE_CONNECTIONS: '4', TRUSTED_PROXIES: 'loopback' };

export const urlAt = (port: number | undefined): string => `http://127.0.0.1:${port ?? 0}`;

/** The sandbox publishes the credentials of its sellers: that is all there is to connecting them. */
const sandboxStores = (url: string): Environment => ({
  AMAZON_STORES: JSON.stringify(
    sellers.map(({ sellerId, name, region, clientId, clientSecret, refreshToken, sells }) => ({
      ...{ id: `demo-${region.toLowerCase()}`, name, sellerId, region: region.toLowerCase(), clientId, clientSecret, refreshToken },
      marketplaces: sells.map(([marketplaceId]) => marketplaceId),
    })),
  ),
  AMAZON_ENDPOINT: url,
  AMAZON_LWA_ENDPOINT: `${url}/auth/o2/token`,
});

/** `NAME_FILE` beside a `NAME` that is decided here would be a contradiction. */
const withoutFilesOf = (decided: Environment, given: Environment): Environment =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !name.endsWith('_FILE') || decided[name.slice(0, -5)] === undefined));
