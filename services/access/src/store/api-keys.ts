import type { Database } from '@orderbus/outbox';
import type { ApiKey } from '../domain/api-key.ts';
import type { Queries } from './queries.ts';

export const addApiKey = async (queries: Queries, key: ApiKey, secretHash: string): Promise<void> => {
  await queries.query(
    `insert into api_key (id, secret_hash, name, maker_id, permissions, stores, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [key.id, secretHash, key.name, key.makerId, key.permissions, JSON.stringify(key.stores), key.createdAt, key.expiresAt],
  );
};

export const findApiKey = async (queries: Queries, id: string): Promise<(ApiKey & { readonly secretHash: string }) | undefined> => {
  const [key] = await queries.query(`select ${columns}, secret_hash as "secretHash" from api_key where id = $1`, [id]);
  return key;
};

/** The youngest first; `before`: the last one seen. */
export const listApiKeys = (
  database: Database,
  { before, limit }: { readonly before?: { createdAt: string; id: string } | undefined; readonly limit: number },
): Promise<ApiKey[]> =>
  database.query<ApiKey>(
    `select ${columns} from api_key where $1::timestamptz is null or (created_at, id) < ($1, $2) order by created_at desc, id desc limit $3`,
    [before?.createdAt ?? null, before?.id ?? null, limit],
  );

export const everyApiKey = (database: Database): Promise<ApiKey[]> =>
  database.query<ApiKey>(`select ${columns} from api_key order by name, id`);

/** For good, and once: who revokes it again changes nothing. */
export const revokeApiKey = async (queries: Queries, id: string, by: string, now: string): Promise<void> => {
  await queries.query('update api_key set revoked_at = $3, revoked_by = $2 where id = $1 and revoked_at is null', [id, by, now]);
};

/** What was used since the last time, all at once. */
export const noteUsed = async (database: Database, used: ReadonlyMap<string, string>): Promise<void> => {
  if (used.size === 0) return;
  await database.query(
    `update api_key t set last_used_at = greatest(t.last_used_at, u.at) from unnest($1::text[], $2::timestamptz[]) as u(id, at) where t.id = u.id`,
    [[...used.keys()], [...used.values()]],
  );
};

const columns = `id, name, maker_id as "makerId", permissions, stores, created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_at as "revokedAt", revoked_by as "revokedBy"`;
