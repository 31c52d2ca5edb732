import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '@orderbus/service-kit';
import { residents, tenancyOf } from '../index.ts';
import { rings } from '../keys/rings.ts';
import type { Secrets } from './secrets.ts';

type Files = Readonly<Record<string, string>>;

/**
 * Somebody else keeps the services' secrets, and shows them here as each service sees them: `<service>/database-url` and so on. The roles and
 * users get the passwords that are in there; nothing is written.
 * @throws ConfigError with all that does not fit together. Holds no values.
 */
export const givenSecrets = async (folder: string): Promise<Secrets> => {
  const filesOf = Object.fromEntries(await Promise.all(residents.map(async ({ name }) => [name, await filesIn(folder, name)] as const)));
  const complaints = residents.flatMap(({ name }) => complaintsAbout(name, filesOf[name] ?? {}));
  complaints.push(...ringComplaints(filesOf), ...callerComplaints(filesOf));
  if (complaints.length > 0) throw new ConfigError(complaints);

  const passwords = (file: string): ReadonlyMap<string, string> =>
    new Map(
      residents.map(({ name }) => new URL(filesOf[name]?.[file] ?? '')).map((url) => [nameIn(url), decodeURIComponent(url.password)]),
    );
  const [database, broker] = [passwords('database-url'), passwords('broker-url')];
  return {
    database: (role) => database.get(role) as string,
    broker: (user) => broker.get(user) as string,
    handOutDatabases: async () => {},
    handOutUsers: async () => {},
  };
};

const fileNames = ['database-url', 'broker-url', 'service-secret', 'service-secrets', 'keys'];

const filesIn = async (folder: string, service: string): Promise<Files> => {
  const read = fileNames.map(async (name) => [name, await readFile(join(folder, service, name), 'utf8').catch(() => '')] as const);
  return Object.fromEntries((await Promise.all(read)).map(([name, text]) => [name, text.trim()]).filter(([, text]) => text !== ''));
};

/** Each role and user has the name that setup would give it: that is how it is known whose the password is. */
const complaintsAbout = (service: string, files: Files): string[] => {
  const resident = residents.find(({ name }) => name === service);
  const role = resident && tenancyOf(resident).role;
  return [
    ...(userIn(files['database-url']) === role ? [] : [`${service}/database-url: expected postgres://${role}:…@host/database`]),
    ...(userIn(files['broker-url'])?.startsWith(`orderbus.${service}`)
      ? []
      : [`${service}/broker-url: expected amqp://orderbus.${service}:…@host`]),
  ];
};

const ringComplaints = (filesOf: Readonly<Record<string, Files>>): string[] =>
  rings.flatMap(({ holders }) => {
    const [first] = holders;
    const expected = filesOf[first?.name ?? '']?.keys;
    if (expected === undefined) return [`${first?.name}/keys: missing`];
    const others = holders.filter(({ name }) => filesOf[name]?.keys !== expected);
    return others.map(({ name }) => `${name}/keys: expected the same as ${first?.name}/keys`);
  });

/** What access knows of a service is the hash of what the service has. */
const callerComplaints = (filesOf: Readonly<Record<string, Files>>): string[] => {
  const known = (filesOf.access?.['service-secrets'] ?? '').split(',');
  return residents
    .filter(({ name }) => {
      const hash = createHash('sha256')
        .update(filesOf[name]?.['service-secret'] ?? '')
        .digest('hex');
      return !known.includes(`${name}:${hash}`);
    })
    .map(({ name }) => `access/service-secrets: expected ${name}:<sha256 of ${name}/service-secret>`);
};

const userIn = (text: string | undefined): string | undefined =>
  text !== undefined && URL.canParse(text) && new URL(text).password ? nameIn(new URL(text)) : undefined;

const nameIn = ({ username }: URL): string => decodeURIComponent(username);
