import type { Check } from '../check.ts';
import { audit } from './audit.ts';
import { broker } from './broker.ts';
import { clocks } from './clocks.ts';
import { database } from './database.ts';
import { disk } from './disk.ts';
import { keys } from './keys.ts';
import { lag } from './lag.ts';
import { migrations } from './migrations.ts';
import { queues } from './queues.ts';
import { services } from './services.ts';
import { settings } from './settings.ts';
import { taken } from './taken.ts';
import { tokens } from './tokens.ts';

/** What is looked at, in this order: what everything stands on comes first. */
export const checks: readonly Check[] = [
  settings, // each service's environment, by its own schema
  database, // PostgreSQL: reached by each role; version, encoding, connections, long transactions
  migrations, // each schema: is it of this version?
  clocks, // this machine's against PostgreSQL's, RabbitMQ's and Amazon's
  broker, // RabbitMQ: lets each service in; version, alarms, feature flags, disk
  queues, // exchanges, queues and bindings; what waits in them
  keys, // data keys: there, the same in each ring, and they open what is there
  tokens, // who signs tokens; whether access knows the services
  audit, // the head of each audit log
  disk, // of the folder where everything is kept
  lag, // outboxes, dead letters, stores, writes to Amazon
  taken, // the events of the last day: did everybody who wanted them take them?
  services, // /ready of each, and whether they are of one version
];
