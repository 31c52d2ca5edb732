import type { SandboxConfig } from '@orderbus/amazon-sandbox';
import type { Clock } from '@orderbus/kernel';
import type { Environment, LogLevel } from '@orderbus/service-kit';

export interface SystemOptions {
  readonly dataFolder: string;
  /** The console's; the services take the free ones after it. 0: any free ones. */
  readonly port: number;
  /** Given: this server, by a role that may create roles and schemas. Default: a PostgreSQL of its own in the data folder. */
  readonly databaseUrl?: string;
  /** What the services' database passwords are derived from. Default: the administrator's password, else a secret in the data folder. */
  readonly databaseSecret?: string;
  /** Given: RabbitMQ. Default: the embedded broker, in the same database. */
  readonly brokerUrl?: string;
  /** RabbitMQ's management: given, each service speaks to the broker as a user of its own. */
  readonly brokerManagementUrl?: string;
  /** What differs from the usual sandbox world; `false` for real Amazon, whose stores are named in the environment. */
  readonly sandbox: Partial<SandboxConfig> | false;
  /** Passed on to the services, where nothing here decides otherwise. */
  readonly environment?: Environment;
  /** How many there are of each service that listens, but for the console. Default 1. Nobody is told where the others serve. */
  readonly instances?: number;
  readonly logLevel?: LogLevel;
  readonly logPretty?: boolean;
  readonly clock?: Clock;
  /** Shows the link that makes the first administrator. Default: on the terminal. */
  readonly show?: (text: string) => void;
  /** The database in the data folder has ended although nobody stopped it. */
  readonly onLost?: (reason: string) => void;
}

/** A service of the running system, and where its HTTP interface is. */
export interface Running {
  readonly name: string;
  readonly url: string;
}
