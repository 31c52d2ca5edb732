import type { Database } from '@orderbus/outbox';
import type { Stage } from '../domain/session.ts';
import type { Queries } from './queries.ts';

export type Method = 'password' | 'oidc' | 'link';

export interface Session {
  readonly id: string;
  readonly personId: string;
  readonly stage: Stage;
  /** How it began. */
  readonly method: Method;
  /** Where its owner wanted to go. */
  readonly returnTo: string | null;
  /** What the browser called itself, so that one knows one's own sessions apart. */
  readonly browser: string;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly endsAt: string;
}

export const addSession = async (queries: Queries, session: Session, hash: string): Promise<void> => {
  await queries.query(
    `insert into session (id, hash, person_id, stage, method, return_to, browser, created_at, last_seen_at, ends_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[session.id, hash, session.personId, session.stage, session.method, session.returnTo, session.browser],
      ...[session.createdAt, session.lastSeenAt, session.endsAt],
    ],
  );
};

export const findSession = async (queries: Queries, hash: string): Promise<Session | undefined> => {
  const [session] = await queries.query(`select ${columns} from session where hash = $1`, [hash]);
  return session;
};

/** A sign of life. */
export const noteSeen = async (queries: Queries, id: string, now: string): Promise<void> => {
  await queries.query('update session set last_seen_at = greatest(last_seen_at, $2) where id = $1', [id, now]);
};

export const endSession = async (queries: Queries, id: string): Promise<void> => {
  await queries.query('delete from session where id = $1', [id]);
};

/** One of somebody's: whether there was such a one. */
export const endSessionOf = async (queries: Queries, personId: string, id: string): Promise<boolean> => {
  const ended: unknown[] = await queries.query(
    'with ended as (delete from session where id = $1 and person_id = $2 returning 1) select 1 from ended',
    [id, personId],
  );
  return ended.length > 0;
};

/** All of somebody's, but perhaps the one he is using. Answers how many. */
export const endSessionsOf = async (queries: Queries, personId: string, exceptId?: string): Promise<number> => {
  const ended: unknown[] = await queries.query(
    'with ended as (delete from session where person_id = $1 and ($2::uuid is null or id <> $2) returning 1) select 1 from ended',
    [personId, exceptId ?? null],
  );
  return ended.length;
};

/** Those that live, the youngest first. */
export const sessionsOf = (queries: Queries, personId: string, now: Date, idleMs: number): Promise<Session[]> =>
  queries.query(
    `select ${columns} from session where person_id = $1 and stage = 'open' and ends_at > $2 and last_seen_at > $3 order by created_at desc, id`,
    [personId, now.toISOString(), new Date(now.getTime() - idleMs).toISOString()],
  );

export const countOpenSessions = async (database: Database, now: Date, idleMs: number): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    `select count(*)::int as count from session where stage = 'open' and ends_at > $1 and last_seen_at > $2`,
    [now.toISOString(), new Date(now.getTime() - idleMs).toISOString()],
  );
  return row?.count ?? 0;
};

export const purgeSessions = async (database: Database, now: Date, idleMs: number): Promise<void> => {
  await database.query('delete from session where ends_at <= $1 or last_seen_at <= $2', [
    now.toISOString(),
    new Date(now.getTime() - idleMs).toISOString(),
  ]);
};

const columns = `id, person_id as "personId", stage, method, return_to as "returnTo", browser, created_at as "createdAt",
  last_seen_at as "lastSeenAt", ends_at as "endsAt"`;
