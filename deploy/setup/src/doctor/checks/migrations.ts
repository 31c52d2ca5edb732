import { migrationNames, migrationsDone } from '@orderbus/outbox';
import { check } from '../check.ts';
import { type Finding, right, wrong } from '../finding.ts';
import { readable } from '../visit.ts';

interface Facts {
  readonly service: string;
  readonly wanted: readonly string[];
  readonly done: readonly string[];
}

export const judgeMigrations = (services: readonly Facts[]): Finding[] =>
  services.flatMap(({ service, wanted, done }) => {
    const pending = wanted.filter((name) => !done.includes(name));
    const unknown = done.filter((name) => !wanted.includes(name));
    if (pending.length > 0)
      return [
        wrong(
          service,
          `waits for ${pending.join(', ')}`,
          `Start ${service} of this version, or node deploy/setup/src/migrate/main.ts ${service}`,
        ),
      ];
    if (unknown.length > 0)
      return [
        wrong(
          service,
          `its schema is newer than this version: ${unknown.join(', ')}`,
          'Run the version that it was migrated by. There is no way back down but a backup',
        ),
      ];
    return [right(service, 'has all of this version, and none of a newer one')];
  });

export const migrations = check(
  'migrations',
  (visit) =>
    Promise.all(
      readable(visit).map(async ({ patient: { resident }, database }) => ({
        ...{ service: resident.name, wanted: migrationNames(resident.migrations), done: await migrationsDone(database) },
      })),
    ),
  judgeMigrations,
);
