import { join } from 'node:path';
import { AppError } from '@orderbus/kernel';
import { auditRole, migrationNames } from '@orderbus/outbox';
import { type Environment, version } from '@orderbus/service-kit';
import type pg from 'pg';
import { residents, tenancyOf } from '../index.ts';
import type { Resident } from '../resident.ts';
import { connectAdmin, residentsIn, rowsIn, serverVersionOf } from './contents.ts';
import type { KnownKeys } from './known-keys.ts';
import { leaveOutNumbers, type MovedSeries } from './leave-out-numbers.ts';
import { dumpFile, type Manifest, readManifest } from './manifest.ts';
import { postgresTool } from './postgres-tools.ts';

export interface RestoreOptions {
  /** The database of a new installation: nothing of ours has ever run in it. */
  readonly adminUrl: string;
  readonly from: string;
  readonly keys: KnownKeys;
  /** For PostgreSQL's programs. */
  readonly environment: Environment;
  /** Events of so long before the backup are published once more. Less than the inbox remembers. */
  readonly replayMs: number;
  /** How many numbers of each series may have been given after the backup. Default: more than can have been. */
  readonly leaveOut?: number | undefined;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly rows: number;
  readonly replayed: number;
  readonly moved: readonly MovedSeries[];
}

/**
 * Puts a backup into a new database, after everything that can be wrong about it has been looked at. Services do not run yet. What the broker
 * had in hand is published once more from the event logs: who has had it knows it. The gateway finds itself on a copy, and sends nothing.
 */
export const restoreBackup = async ({ adminUrl, from, keys, replayMs, leaveOut, environment }: RestoreOptions): Promise<Restored> => {
  const manifest = await readManifest(from);
  refuseOtherVersions(manifest);
  refuseOtherKeys(manifest, keys);
  const there = residents.filter(({ schema }) => schema in manifest.schemas);
  const client = await connectAdmin(adminUrl);
  try {
    const serverVersion = await serverVersionOf(client);
    if (majorOf(serverVersion) < majorOf(manifest.postgres.version))
      throw new AppError('conflict', 'backup.server-too-old', {
        server: majorOf(serverVersion),
        backup: majorOf(manifest.postgres.version),
      });
    const restore = await postgresTool('pg_restore', { databaseUrl: adminUrl, serverVersion, environment });
    await refuseWhatIsNotEmpty(client);
    await makeRoles(client, there);
    for (const { schema } of await residentsIn(client)) await client.query(`drop schema ${client.escapeIdentifier(schema)} cascade`);
    await restore(['--exit-on-error', '--single-transaction', join(from, dumpFile)]);
    const rows = await compare(client, manifest);
    await markAsCopy(client, manifest);
    const moved = await leaveOutNumbers(client, there, manifest, leaveOut);
    return { manifest, rows, replayed: await replay(client, there, manifest, replayMs), moved };
  } finally {
    await client.end();
  }
};

const majorOf = (postgresVersion: number): number => Math.floor(postgresVersion / 10_000);

/** Before 1.0, the second number is what the first is later. */
const lineOf = (text: string): string => {
  const [major, minor] = text.split('.');
  return major === '0' ? `0.${minor}` : `${major}`;
};

const refuseOtherVersions = ({ version: its, schemas }: Manifest): void => {
  if (lineOf(its) !== lineOf(version))
    throw new AppError('conflict', 'backup.other-version', {
      backup: its,
      this: version,
      mend: `restore with version ${its}, then upgrade`,
    });
  for (const { schema, migrations } of residents) {
    const known = migrationNames(migrations);
    const unknown = schemas[schema]?.migrations.filter((name) => !known.includes(name)) ?? [];
    if (unknown.length > 0) throw new AppError('conflict', 'backup.other-version', { backup: its, this: version, schema, unknown });
  }
};

const refuseOtherKeys = ({ keys }: Manifest, given: KnownKeys): void => {
  const wanted = Object.entries(keys).flatMap(([ring, own]) => Object.entries(own).map(([id, word]) => ({ ring, id, word })));
  const missing = wanted.filter(({ ring, id }) => given[ring]?.[id] === undefined).map(({ ring, id }) => `${ring} ${id}`);
  if (missing.length > 0) throw new AppError('conflict', 'backup.keys-missing', { missing });
  const wrong = wanted.filter(({ ring, id, word }) => given[ring]?.[id] !== word).map(({ ring, id }) => `${ring} ${id}`);
  if (wrong.length > 0) throw new AppError('conflict', 'backup.other-keys', { wrong });
};

/** Setup may have been here; a service must not. */
const refuseWhatIsNotEmpty = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ schema: string }>(
    `select distinct n.nspname as schema from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'r' and c.relname = 'migrations' order by 1`,
    [residents.map(({ schema }) => schema)],
  );
  if (rows.length > 0)
    throw new AppError('conflict', 'backup.target-not-empty', {
      schemas: rows.map(({ schema }) => schema),
      mend: 'restore into a new database',
    });
};

/** Without a way in: setup gives them their passwords. */
const makeRoles = async (client: pg.Client, there: readonly Resident[]): Promise<void> => {
  for (const role of [auditRole, ...there.map((resident) => tenancyOf(resident).role)]) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (!rowCount) await client.query(`create role ${client.escapeIdentifier(role)} nologin`);
    await client.query(`grant ${client.escapeIdentifier(role)} to current_user`);
  }
};

const compare = async (client: pg.Client, { schemas }: Manifest): Promise<number> => {
  let sum = 0;
  for (const [schema, { rows }] of Object.entries(schemas)) {
    const found = await rowsIn(client, schema);
    for (const [table, expected] of Object.entries(rows)) {
      if (found[table] !== expected)
        throw new AppError('conflict', 'backup.rows-missing', { table: `${schema}.${table}`, expected, found: found[table] ?? 0 });
      sum += expected;
    }
  }
  return sum;
};

/**
 * Whatever the gateway would make of this server by itself: it is one, and a person has to say when it may write to Amazon. Who was reading
 * Amazon at that moment is gone: nobody has to wait for him.
 */
const markAsCopy = async (client: pg.Client, { schemas, takenAt }: Manifest): Promise<void> => {
  if (!schemas.gateway) return;
  await client.query('update gateway.installation set fingerprint = $1', [`restored from the backup of ${takenAt}`]);
  await client.query('update gateway.sync_cursor set lease_until = null');
};

const replay = async (client: pg.Client, there: readonly Resident[], { takenAt }: Manifest, replayMs: number): Promise<number> => {
  let replayed = 0;
  for (const { schema } of there) {
    const s = client.escapeIdentifier(schema);
    const { rowCount } = await client.query(
      `insert into ${s}.outbox (seq) select seq from ${s}.event_log where recorded_at > $1::timestamptz - $2 * interval '1 ms' on conflict do nothing`,
      [takenAt, replayMs],
    );
    replayed += rowCount ?? 0;
  }
  return replayed;
};
