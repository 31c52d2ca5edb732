import { newId } from '@orderbus/kernel';
import type { Database, Transaction } from '@orderbus/outbox';
import type { Installation, Place } from '../domain/installation.ts';
import type { ReadOnly } from '../domain/read-only.ts';

/**
 * Tells this database from its copies. Another server has another identifier, another database another name; restored from a dump, the
 * table has another number.
 */
export const fingerprintOf = async (database: Database): Promise<string> => {
  const [row] = await database.query<{ own: string }>(`select current_database() || '/' || 'installation'::regclass::oid as own`);
  return `${await serverOf(database)}/${row?.own}`;
};

/** Not every role and not every hosted server shows it. */
const serverOf = async (database: Database): Promise<string> => {
  try {
    const [row] = await database.query<{ server: string }>('select system_identifier::text as server from pg_control_system()');
    return row?.server ?? 'unknown';
  } catch (error) {
    if ((error as { driverError?: { code?: unknown } }).driverError?.code === insufficientPrivilege) return 'unknown';
    throw error;
  }
};

const insufficientPrivilege = '42501';

/** The first start says that this is the installation. */
export const ensureInstallation = async (database: Database, { fingerprint, url }: Place, now: string): Promise<Installation> => {
  await database.query('insert into installation (id, fingerprint, url, confirmed_at) values ($1, $2, $3, $4) on conflict do nothing', [
    newId(),
    fingerprint,
    url ?? null,
    now,
  ]);
  return installationOf(database);
};

export const installationOf = async (database: Database): Promise<Installation> => {
  const [row] = await database.query<Installation>(
    'select id, fingerprint, url, confirmed_at as "confirmedAt", confirmed_by as "confirmedBy" from installation',
  );
  return row as Installation;
};

/** An address that is told for the first time belongs to what was confirmed. */
export const adoptUrl = async (database: Database, url: string): Promise<void> => {
  await database.query('update installation set url = $1 where url is null', [url]);
};

export const confirmInstallation = async (
  tx: Transaction,
  { fingerprint, url }: Place,
  { at, by }: { readonly at: string; readonly by: string },
): Promise<void> => {
  await tx.query(
    `update installation set id = case when fingerprint = $2 then id else $1::uuid end, fingerprint = $2, url = $3, confirmed_at = $4,
       confirmed_by = $5`,
    [newId(), fingerprint, url ?? null, at, by],
  );
};

export const readOnlyOf = async (database: Database, id: string): Promise<ReadOnly | undefined> => {
  const [row] = await database.query<ReadOnly>(
    `select id, tenant, version, store_id as "storeId", read_only as "readOnly", reason, since, switched_by as "switchedBy", note
     from read_only where id = $1`,
    [id],
  );
  return row;
};

/** Of every store that is not paused: may nothing be sent, for its own sake or for the installation's? */
export const readOnlyStores = (database: Database): Promise<{ storeId: string; readOnly: boolean }[]> =>
  database.query(
    `select s.id as "storeId", exists (select 1 from read_only r where r.read_only and (r.store_id = s.id or r.store_id is null)) as "readOnly"
     from store s where s.status = 'active'`,
  );
