import { randomBytes } from 'node:crypto';
import { generateKey } from '@orderbus/service-kit';
import { otherCallers, residents, serviceSecretOf, serviceSecretsSetting, tenancyOf } from '../index.ts';
import { rings } from '../keys/rings.ts';

/** Values by name, of each Secret. */
export type NewSecrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where the services find the servers, without a user: `postgres://postgres-rw:5432/orderbus`. */
export interface Servers {
  readonly databaseUrl: string;
  readonly brokerUrl: string;
}

const password = (): string => randomBytes(24).toString('base64url');

/** What the services of a new installation are given: each its own Secret, named like the service. */
export const newServiceSecrets = ({ databaseUrl, brokerUrl }: Servers): NewSecrets => {
  const secret = generateKey();
  const callers = [...residents.map(({ name }) => name), ...otherCallers];
  const keys = new Map(rings.map(({ name }) => [name, `k1:${generateKey()}`]));
  const services = residents.map((resident): [string, Record<string, string>] => [
    resident.name,
    {
      'database-url': withUser(databaseUrl, tenancyOf(resident).role),
      'broker-url': withUser(brokerUrl, `orderbus.${resident.name}`),
      'service-secret': serviceSecretOf(secret, resident.name),
      ...(resident.keys && { keys: keys.get(resident.keys.ring) as string }),
      ...(resident.name === 'access' && { 'service-secrets': serviceSecretsSetting(secret, callers) }),
    },
  ]);
  return Object.fromEntries([...services, ...otherCallers.map((name) => [name, { 'service-secret': serviceSecretOf(secret, name) }])]);
};

/** The administrators of servers that run in the cluster without an operator that makes them. */
export const newServerSecrets = (): NewSecrets => ({
  'postgres-superuser': { username: 'postgres', password: password() },
  'rabbitmq-default-user': { username: 'orderbus', password: password() },
});

const withUser = (address: string, user: string): string => {
  const url = new URL(address);
  url.username = user;
  url.password = password();
  return url.href;
};
