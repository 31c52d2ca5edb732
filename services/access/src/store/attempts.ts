import type { Database } from '@orderbus/outbox';
import { type Attempted, type Attempts, attempt, forgottenAfterMs, type LockRules, takenBack } from '../domain/lock.ts';
import { hashOf } from '../secrets/once.ts';
import type { Queries } from './queries.ts';

/** What attempts are counted for. Kept as a hash: it may be an address that belongs to nobody here. */
export type Subject = string;

export const accountSubject = (email: string): Subject => hashOf(`account:${email}`);
export const addressSubject = (address: string): Subject => hashOf(`address:${address}`);

/** A subject, and when it is locked. */
export interface Guarded {
  readonly subject: Subject;
  readonly rules: LockRules;
}

/** Counts one attempt for each, or for none when one of them is locked. */
export const takeAttempt = (database: Database, guarded: readonly Guarded[], now: Date): Promise<readonly Attempted[]> =>
  database.transaction(async (tx) => {
    const keys = guarded.map(({ subject }) => subject).sort();
    // There from now on, so that they can be locked, in this order.
    await tx.query(
      `insert into sign_in_attempt (subject, failures, locks, last_at) select key, 0, 0, $2 from unnest($1::text[]) as key on conflict do nothing`,
      [keys, now.toISOString()],
    );
    const known = new Map((await lock(tx, keys)).map((row) => [row.subject, row]));
    const outcomes = guarded.map(({ subject, rules }) => attempt(known.get(subject), now, rules));
    if (outcomes.every((outcome) => outcome.may))
      await save(
        tx,
        outcomes.flatMap((outcome, n) => (outcome.may ? [{ ...outcome.attempts, subject: guarded[n]?.subject ?? '' }] : [])),
      );
    return outcomes;
  });

/** What was right does not count. */
export const takeBack = (database: Database, subjects: readonly Subject[]): Promise<void> =>
  database.transaction(async (tx) => {
    const rows = await lock(tx, subjects);
    await save(
      tx,
      rows.map((row) => ({ ...row, ...takenBack(row) })),
    );
  });

/** From the beginning. */
export const forgive = async (queries: Queries, subject: Subject): Promise<void> => {
  await queries.query('delete from sign_in_attempt where subject = $1', [subject]);
};

/** Which of them are locked now, and until when. */
export const locksOf = async (database: Database, subjects: readonly Subject[], now: Date): Promise<(string | undefined)[]> => {
  const rows = await database.query<Row>(
    'select subject, locked_until as "lockedUntil" from sign_in_attempt where subject = any($1::text[]) and locked_until > $2',
    [subjects, now.toISOString()],
  );
  const locked = new Map(rows.map(({ subject, lockedUntil }) => [subject, lockedUntil ?? undefined]));
  return subjects.map((subject) => locked.get(subject));
};

export const purgeAttempts = async (database: Database, now: Date): Promise<void> => {
  await database.query('delete from sign_in_attempt where last_at <= $1 and (locked_until is null or locked_until <= $1)', [
    new Date(now.getTime() - forgottenAfterMs).toISOString(),
  ]);
};

type Row = Attempts & { readonly subject: string };

const lock = (tx: Queries, subjects: readonly string[]): Promise<Row[]> =>
  tx.query(
    `select subject, failures, locks, locked_until as "lockedUntil", last_at as "lastAt" from sign_in_attempt
     where subject = any($1::text[]) order by subject for update`,
    [subjects],
  );

const save = async (tx: Queries, rows: readonly Row[]): Promise<void> => {
  await tx.query(
    `update sign_in_attempt t set failures = u.failures, locks = u.locks, locked_until = u.locked_until, last_at = u.last_at
     from unnest($1::text[], $2::int[], $3::int[], $4::timestamptz[], $5::timestamptz[]) as u(subject, failures, locks, locked_until, last_at)
     where t.subject = u.subject`,
    [
      rows.map(({ subject }) => subject),
      rows.map(({ failures }) => failures),
      rows.map(({ locks }) => locks),
      rows.map(({ lockedUntil }) => lockedUntil),
      rows.map(({ lastAt }) => lastAt),
    ],
  );
};
