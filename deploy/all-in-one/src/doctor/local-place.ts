import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runningPostgres } from '@orderbus/local-postgres';
import { brokerUserUrls } from '@orderbus/messaging';
import { tenantUrls } from '@orderbus/outbox';
import { declarations, residents } from '@orderbus/setup';
import type { Place } from '@orderbus/setup/doctor';
import { addressesIn } from '../data-folder.ts';
import { environmentOf, type Places } from '../environments.ts';
import { type Member, members } from '../services.ts';
import type { SystemOptions } from '../system-options.ts';
import { secretOf, tenancies } from '../tenancies.ts';

export type LocalOptions = Pick<
  SystemOptions,
  'dataFolder' | 'databaseUrl' | 'databaseSecret' | 'brokerUrl' | 'brokerManagementUrl' | 'environment' | 'sandbox'
>;

/** What `npm start` runs in a data folder, as it has told its services. Nothing: it does not run, or never did. */
export const localPlace = async (options: LocalOptions): Promise<Place | undefined> => {
  const { dataFolder, brokerUrl, brokerManagementUrl: managementUrl } = options;
  const addresses = await addressesIn(dataFolder);
  const adminUrl = options.databaseUrl ?? (await runningPostgres(join(dataFolder, 'postgres')));
  if (!addresses || adminUrl === undefined) return undefined;
  const ownSecret = (await readFile(join(dataFolder, 'secret'), 'utf8')).trim();
  const secret = options.databaseSecret ?? secretOf(adminUrl) ?? ownSecret;
  const places: Places = {
    databases: tenantUrls({ adminUrl, secret, tenancies }),
    brokers: brokerUrl && managementUrl ? brokerUserUrls({ adminUrl: brokerUrl, secret, tenants: declarations() }) : {},
    ports: Object.fromEntries(Object.entries(addresses).map(([name, url]) => [name, Number(new URL(url).port)])),
    sandboxUrl: addresses['amazon-sandbox'] ?? '',
    keysFile: join(dataFolder, 'keys'),
    secret: ownSecret,
  };
  return {
    name: `What runs in ${dataFolder}`,
    patients: residents.map((resident) => {
      const member = members.find(({ name }) => name === resident.name) as Member;
      const url = addresses[resident.name];
      return { resident, environment: environmentOf(member, options, places), knows: 'all', ...(url && { url }) };
    }),
    folder: dataFolder,
    ...(brokerUrl && { broker: { adminUrl: brokerUrl, managementUrl } }),
  };
};
