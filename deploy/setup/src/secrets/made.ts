import { generateKey } from '@orderbus/service-kit';
import { otherCallers, residents, serviceSecretOf, serviceSecretsSetting } from '../index.ts';
import { handOut } from '../keys/hand-out.ts';
import { rings } from '../keys/rings.ts';
import { secretAt, writeFor } from './files.ts';
import type { Secrets } from './secrets.ts';

/** Made at the first run, kept in the folder, and handed to each service as files of its own. */
export const madeSecrets = async (folder: string): Promise<Secrets> => {
  const secret = await secretAt(folder, 'secret', generateKey);
  const services = residents.map(({ name }) => name);
  return {
    database: secret,
    broker: secret,
    handOutDatabases: async (urls) => {
      for (const { name, schema } of residents) await writeFor(folder, name, 'database-url', urls[schema] as string);
      for (const ring of rings) await handOut(folder, ring, await secretAt(folder, ring.file, () => `k1:${generateKey()}`));
      for (const name of [...services, ...otherCallers]) await writeFor(folder, name, 'service-secret', serviceSecretOf(secret, name));
      await writeFor(folder, 'access', 'service-secrets', serviceSecretsSetting(secret, [...services, ...otherCallers]));
    },
    handOutUsers: async (urls) => {
      for (const name of services) await writeFor(folder, name, 'broker-url', urls[name] as string);
    },
  };
};
