import type { Database } from '@orderbus/outbox';

type Queries = Pick<Database, 'query'>;

/**
 * The keys that something of this service may be sealed with. A key is entered before it seals, and struck out when all is sealed anew and
 * nobody seals with it any more: whatever stands here has to stay in `ORDERBUS_KEYS`.
 */
export const neededKeys = async (database: Queries): Promise<string[]> =>
  (await database.query<{ keyId: string }>('select key_id as "keyId" from sealing_key order by 1')).map(({ keyId }) => keyId);

/** Before the first of them seals. Where nothing is known yet, each of them may have sealed. */
export const enterKeys = async (database: Queries, keyIds: readonly [string, ...string[]]): Promise<void> => {
  await database.query(
    `insert into sealing_key (key_id) select unnest($1::text[]) where not exists (select from sealing_key) on conflict do nothing`,
    [keyIds],
  );
  await noteSealing(database, keyIds[0]);
};

/** An instance is there that seals with this key. */
export const noteSealing = async (database: Queries, keyId: string): Promise<void> => {
  await database.query(
    `insert into sealing_key (key_id, seals_at) values ($1, clock_timestamp())
     on conflict (key_id) do update set seals_at = excluded.seals_at`,
    [keyId],
  );
};

/** The other keys that some instance has said to seal with, not longer ago than this. */
export const othersSealing = async (database: Queries, keyId: string, withinMs: number): Promise<string[]> => {
  const rows = await database.query<{ keyId: string }>(
    `select key_id as "keyId" from sealing_key
     where key_id <> $1 and seals_at > clock_timestamp() - make_interval(secs => $2) order by 1`,
    [keyId, withinMs / 1_000],
  );
  return rows.map((row) => row.keyId);
};

/** All is sealed with this one. A key with which somebody has begun to seal again meanwhile stays. */
export const strikeOthers = async (database: Queries, keyId: string, withinMs: number): Promise<void> => {
  await database.query(
    `delete from sealing_key
     where key_id <> $1 and (seals_at is null or seals_at <= clock_timestamp() - make_interval(secs => $2))`,
    [keyId, withinMs / 1_000],
  );
};
