import { ConfigError, parseConfig } from '@orderbus/service-kit';
import { residents } from '../../index.ts';
import { check } from '../check.ts';
import { right, worrying, wrong } from '../finding.ts';
import type { Patient } from '../visit.ts';

interface Facts {
  readonly service: string;
  /** `NAME: what is wrong with it`. */
  readonly complaints: readonly string[];
  /** Names that look like ours, and are nobody's. */
  readonly unknown: readonly string[];
}

const judgeSettings = (services: readonly Facts[]) =>
  services.flatMap(({ service, complaints, unknown }) => [
    ...complaints.map((complaint) =>
      wrong(service, complaint, 'Set it right in the environment of this service: docs/operations.md, Configuration'),
    ),
    ...unknown.map((name) => worrying(service, `${name} is set, and nobody reads it`, 'Look for a slip of the pen, or take it away')),
    ...(complaints.length + unknown.length === 0 ? [right(service, 'can be read')] : []),
  ]);

export const settings = check('settings', async ({ place }) => place.patients.map(factsOf), judgeSettings);

const factsOf = ({ resident, environment, knows }: Patient): Facts => ({
  service: resident.name,
  complaints: complaintsAbout(resident.config, environment).filter((line) => knows === 'all' || handedOut.test(line)),
  unknown: knows === 'all' ? Object.keys(environment).filter(isNobodys) : [],
});

/** What setup makes. The rest of the environment is not to be seen from where it is. */
const handedOut = /^(DATABASE_URL|BROKER_URL|ORDERBUS_KEYS|SERVICE_SECRETS?)(_FILE)?:/;

const complaintsAbout = (schema: Parameters<typeof parseConfig>[0], environment: Patient['environment']): string[] => {
  try {
    parseConfig(schema, environment);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.message
      .split('\n')
      .slice(1)
      .map((line) => line.trim());
  }
};

const known = new Set(residents.flatMap(({ config }) => Object.keys(config.shape)));

/** Only what begins as ours does; and not what Kubernetes says of its services. */
const ours = /^(AMAZON|ORDERBUS|VAULT|WEBHOOK|ALERT|AUDIT|CIRCUIT|BATCH|DATABASE|BROKER|RETRY|RATE_LIMIT)_/;
const notOurs = /_SERVICE_(HOST|PORT)|_PORT(_|$)/;

const isNobodys = (name: string): boolean =>
  ours.test(name) && !notOurs.test(name) && !known.has(name) && !known.has(name.replace(/_FILE$/, '')) && name !== 'BROKER_MANAGEMENT_URL';
