import { type Database, inboxKeptMs } from '@orderbus/outbox';
import { isWhole } from '../rebuild/progress.ts';
import { alone } from './read-model.ts';

/** Longer than anything that would open it can still be on its way: then it does not matter any more that it was settled. */
const settledKeptMs = inboxKeptMs;
/** What a person has done is shown for so long. */
const resolvedKeptMs = 90 * 86_400_000;

const forgottenAtOnce = 5_000;

/**
 * Forgets what was settled without ever having been open, what Amazon has answered, and, later, what people have mended. Not while a rebuild
 * tells of old things in any order. Answers with how many.
 */
export const forgetNeeds = async (database: Database, now: Date): Promise<number> => {
  const before = (keptMs: number): string => new Date(now.getTime() - keptMs).toISOString();
  for (let forgotten = 0; ; ) {
    const [step] = await database.transaction(async (tx): Promise<{ needs: number }[]> => {
      await alone(tx);
      if (!(await isWhole(tx))) return [];
      return tx.query(
        `with old as (
           select kind, subject from need where (since is null or resolved_at is not null) and memory -> 'settled' ->> 'at' < $1
             and (since is null or kind = 'waiting-at-amazon' or memory -> 'settled' ->> 'at' < $2) limit ${forgottenAtOnce}),
         gone as (delete from need n using old where (n.kind, n.subject) = (old.kind, old.subject) returning 1)
         select count(*)::int as needs from gone`,
        [before(settledKeptMs), before(resolvedKeptMs)],
      );
    });
    const needs = step?.needs ?? 0;
    forgotten += needs;
    if (needs < forgottenAtOnce) return forgotten;
  }
};
