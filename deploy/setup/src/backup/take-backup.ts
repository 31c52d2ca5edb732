import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@orderbus/kernel';
import { type Environment, version } from '@orderbus/service-kit';
import { connectAdmin, contentsOf, keysFor, residentsIn, serverVersionOf } from './contents.ts';
import type { KnownKeys } from './known-keys.ts';
import { dumpFile, type Manifest, manifestFile, sumOf } from './manifest.ts';
import { postgresTool } from './postgres-tools.ts';

export interface BackupOptions {
  readonly adminUrl: string;
  /** A folder that is empty, or not there yet. */
  readonly to: string;
  readonly keys: KnownKeys;
  /** For PostgreSQL's programs. */
  readonly environment: Environment;
}

/**
 * All schemas of the services as they were at one moment, while everything goes on: the dump and the counts are of one exported snapshot.
 * Not in it: data keys, and what is on its way in the broker.
 */
export const takeBackup = async ({ adminUrl, to, keys: given, environment }: BackupOptions): Promise<Manifest> => {
  await mkdir(to, { recursive: true, mode: 0o700 });
  if ((await readdir(to)).length > 0) throw new AppError('conflict', 'backup.folder-not-empty', { folder: to });
  const client = await connectAdmin(adminUrl);
  try {
    const postgres = { version: await serverVersionOf(client) };
    const dump = await postgresTool('pg_dump', { databaseUrl: adminUrl, serverVersion: postgres.version, environment });
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<{ snapshot: string; now: Date }>(
      'select pg_export_snapshot() as snapshot, clock_timestamp() as now',
    );
    const { snapshot, now } = rows[0] as (typeof rows)[number];
    const there = await residentsIn(client);
    if (there.length === 0) throw new AppError('not-found', 'backup.nothing-there', { database: new URL(adminUrl).pathname.slice(1) });
    const { keys, missing } = await keysFor(client, there, given);
    if (missing.length > 0)
      throw new AppError('conflict', 'backup.keys-missing', {
        missing,
        mend: 'give them in SETUP_FOLDER or ORDERBUS_KEYS_FILE: without them a restore is worth nothing',
      });
    const file = join(to, dumpFile);
    await dump(['--format=custom', `--snapshot=${snapshot}`, `--file=${file}`, ...there.map(({ schema }) => `--schema=${schema}`)]);
    const schemas: Record<string, Manifest['schemas'][string]> = {};
    for (const resident of there) schemas[resident.schema] = await contentsOf(client, resident);
    const manifest: Manifest = { format: 1, version, takenAt: now.toISOString(), postgres, schemas, keys, file: await sumOf(file) };
    await writeFile(join(to, `${manifestFile}.new`), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
    await rename(join(to, `${manifestFile}.new`), join(to, manifestFile));
    return manifest;
  } finally {
    await client.end();
  }
};
