import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Environment, parseConfig, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { residents } from '../index.ts';
import type { Patient, Place } from './visit.ts';

/** What setup leaves for each service, by the variable that it stands for. */
const handedOut = {
  DATABASE_URL: 'database-url',
  BROKER_URL: 'broker-url',
  SERVICE_SECRET: 'service-secret',
  SERVICE_SECRETS: 'service-secrets',
  ORDERBUS_KEYS: 'keys',
} as const;

/** One service, by its own environment. */
export const placeOfService = (name: string, environment: Environment): Place | undefined => {
  const resident = residents.find((each) => each.name === name);
  if (!resident) return undefined;
  const port = environment.HTTP_PORT && environment.HTTP_PORT !== '0' ? environment.HTTP_PORT : undefined;
  return {
    name: `The service ${name}, as its environment says`,
    patients: [{ resident, environment, knows: 'all', ...(port && { url: `http://127.0.0.1:${port}` }) }],
  };
};

const SetupConfig = z.object({
  SETUP_FOLDER: z.string().min(1),
  BROKER_URL: serviceSettings.BROKER_URL.optional(),
  BROKER_MANAGEMENT_URL: url(['http', 'https']).optional(),
  RETRY_DELAYS: serviceSettings.RETRY_DELAYS,
  QUEUE_PARTITIONS: serviceSettings.QUEUE_PARTITIONS,
  /** Where the services answer, `order=http://…`. Default: by their names, at the image's port. */
  SERVICES: z.string().default(''),
});

/** The whole installation, by the environment of its setup. @throws ConfigError */
export const placeOfSetup = (environment: Environment): Place => {
  const config = parseConfig(SetupConfig, environment);
  const urls = new Map(config.SERVICES.split(',').map((entry) => entry.split('=') as [string, string]));
  const patients = residents.map((resident): Patient => {
    const folder = join(config.SETUP_FOLDER, resident.name);
    const files = Object.entries(handedOut).filter(([, file]) => existsSync(join(folder, file)));
    // Services that have no broker user of their own share the one of setup.
    const shared = existsSync(join(folder, 'broker-url')) ? {} : { BROKER_URL: config.BROKER_URL };
    return {
      resident,
      environment: {
        ...shared,
        ...Object.fromEntries(files.map(([name, file]) => [name, readFileSync(join(folder, file), 'utf8').trim()])),
      },
      knows: 'handed-out',
      url: urls.get(resident.name) ?? `http://${resident.name}:8080`,
    };
  });
  const { BROKER_URL: adminUrl, BROKER_MANAGEMENT_URL: managementUrl, SETUP_FOLDER: folder } = config;
  const { RETRY_DELAYS: retryDelaysMs, QUEUE_PARTITIONS: partitions } = config;
  const broker = adminUrl && /^amqps?:/.test(adminUrl) ? { adminUrl, managementUrl } : undefined;
  return { name: `The installation of ${folder}`, patients, retryDelaysMs, partitions, folder, ...(broker && { broker }) };
};
