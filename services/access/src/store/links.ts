import type { EntityManager } from 'typeorm';
import type { Queries } from './queries.ts';

/** Whom a link lets in; `null`: the first administrator, who does not exist yet. */
export type LinkFor = string | null;

/** The links that were made for the same person before are void from now on. */
export const replaceLink = async (
  tx: EntityManager,
  link: { readonly hash: string; readonly personId: LinkFor; readonly createdAt: string; readonly expiresAt: string },
): Promise<void> => {
  await tx.query(
    `insert into one_time_link (hash, person_id, created_at, expires_at) values ($1, $2, $3, $4)
     on conflict (person_id) do update set hash = excluded.hash, created_at = excluded.created_at, expires_at = excluded.expires_at`,
    [link.hash, link.personId, link.createdAt, link.expiresAt],
  );
};

/** Whom it lets in; `undefined`: there is no such link any more. */
export const findLink = async (queries: Queries, hash: string, now: string): Promise<{ personId: LinkFor } | undefined> => {
  const [link] = await queries.query(`select person_id as "personId" from one_time_link where hash = $1 and expires_at > $2`, [hash, now]);
  return link;
};

/** Uses it up. Of two who come at once, one gets it. */
export const takeLink = async (tx: EntityManager, hash: string, now: string): Promise<{ personId: LinkFor } | undefined> => {
  const [link] = await tx.query(
    `with taken as (delete from one_time_link where hash = $1 and expires_at > $2 returning person_id) select person_id as "personId" from taken`,
    [hash, now],
  );
  return link;
};

export const voidLinksOf = async (tx: EntityManager, personId: string): Promise<void> => {
  await tx.query('delete from one_time_link where person_id = $1', [personId]);
};
