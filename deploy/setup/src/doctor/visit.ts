import type { Clock } from '@orderbus/kernel';
import { type Database, getTypeParser } from '@orderbus/outbox';
import { type Environment, parseConfig, serviceSettings } from '@orderbus/service-kit';
import pg from 'pg';
import { z } from 'zod';
import type { Resident } from '../resident.ts';
import { reasonOf } from './reason.ts';

/** A service of the installation, and what is known of its settings. */
export interface Patient {
  readonly resident: Resident;
  readonly environment: Environment;
  /** `all`: it is the service's own environment. `handed-out`: what setup has made for it, and nothing else. */
  readonly knows: 'all' | 'handed-out';
  /** Where it answers. */
  readonly url?: string;
}

/** What is to be looked at, from where. */
export interface Place {
  /** For people. */
  readonly name: string;
  readonly patients: readonly Patient[];
  /** With more rights than a service has: then more can be seen. */
  readonly broker?: { readonly adminUrl: string; readonly managementUrl?: string | undefined };
  readonly retryDelaysMs?: readonly number[];
  readonly partitions?: readonly number[];
  /** Whose disk is looked at. */
  readonly folder?: string;
}

type Queries = Pick<Database, 'query'>;

/** A place, and connections to it, made once for all checks. */
export interface Visit {
  readonly place: Place;
  readonly clock: Clock;
  /** Of each service: its schema with its own role, or why not. */
  readonly databases: ReadonlyMap<string, Queries | { readonly reason: string; readonly code?: unknown }>;
  end(): Promise<void>;
}

export const beginVisit = async (place: Place, clock: Clock): Promise<Visit> => {
  const clients: pg.Client[] = [];
  const databases = new Map<string, Queries | { reason: string; code?: unknown }>();
  for (const { resident, environment } of place.patients) {
    try {
      const { DATABASE_URL: url } = parseConfig(z.object({ DATABASE_URL: serviceSettings.DATABASE_URL }), environment);
      const client = await connectReading(url, resident.schema);
      clients.push(client);
      databases.set(resident.name, queriesOf(client));
    } catch (error) {
      databases.set(resident.name, { reason: reasonOf(error), code: (error as { code?: unknown }).code });
    }
  }
  return {
    ...{ place, clock, databases },
    end: async () => {
      await Promise.all(clients.map((client) => client.end().catch(() => {})));
    },
  };
};

/** A connection that can change nothing, and waits for nobody. */
export const connectReading = async (url: string, schema: string): Promise<pg.Client> => {
  const client = new pg.Client({
    ...{ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'orderbus doctor' },
    types: { getTypeParser: getTypeParser as typeof pg.types.getTypeParser },
    options: `-c search_path=${schema} -c default_transaction_read_only=on -c statement_timeout=10000 -c lock_timeout=2000`,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
};

export const queriesOf = (client: pg.Client): Queries => ({
  query: async <Row>(sql: string, parameters: readonly unknown[] = []) => (await client.query(sql, [...parameters])).rows as Row[],
});

/** Those whose database can be read, with it. What cannot be read is said once, by the check of the connections. */
export const readable = ({ place, databases }: Visit): { readonly patient: Patient; readonly database: Queries }[] =>
  place.patients.flatMap((patient) => {
    const database = databases.get(patient.resident.name);
    return database && 'query' in database ? [{ patient, database }] : [];
  });

export const readableOne = (visit: Visit, name: string) => readable(visit).find(({ patient }) => patient.resident.name === name);

/** One of the settings, or nothing. Whether it is right, the check of the settings says. */
export const settingOf = <S extends z.ZodType>(environment: Environment, name: string, schema: S): z.output<S> | undefined => {
  try {
    return (parseConfig(z.object({ [name]: schema }), environment) as Record<string, z.output<S>>)[name];
  } catch {
    return undefined;
  }
};
