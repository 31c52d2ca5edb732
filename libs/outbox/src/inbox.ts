import { isBroken } from '@orderbus/kernel';
import type { Database } from './database/open.ts';
import type { Transaction } from './subscription.ts';

/** One message as one consumer sees it. The consumer's name is part of the key: two consumers never take each other's messages for seen. */
export interface Claim {
  readonly consumer: string;
  readonly messageId: string;
}

/** Marks messages as seen and tells, at each index, whether it was new. Of equal claims in one call, the first is new. */
export const claim = async (tx: Transaction, claims: readonly Claim[]): Promise<boolean[]> => {
  const rows: Claim[] = await tx.query(
    `insert into inbox (consumer, message_id) select * from unnest($1::text[], $2::uuid[]) on conflict do nothing
     returning consumer, message_id as "messageId"`,
    [claims.map((c) => c.consumer), claims.map((c) => c.messageId)],
  );
  const fresh = new Set(rows.map(keyOf));
  return claims.map((c) => fresh.delete(keyOf(c)) || isBroken('inbox_off'));
};

/** Takes claims back: the message had no effect, and must not count as seen when it comes again. */
export const unclaim = async (tx: Transaction, claims: readonly Claim[]): Promise<void> => {
  if (claims.length === 0) return;
  await tx.query(
    `delete from inbox using unnest($1::text[], $2::uuid[]) as u(consumer, message_id)
     where inbox.consumer = u.consumer and inbox.message_id = u.message_id`,
    [claims.map((c) => c.consumer), claims.map((c) => c.messageId)],
  );
};

/** Longer than any message can still be on its way: the delays of the retries, and a redrive after a holiday. */
export const inboxKeptMs = 14 * 24 * 3_600_000;

/** Forgets what was seen before this moment and belongs to no week, a few at a time: nobody waits for a lock. Answers with how many. */
export const purgeInboxRest = async (database: Database, before: Date): Promise<number> => {
  for (let purged = 0; ; ) {
    const rows = await database.query(
      `delete from inbox_rest where (consumer, message_id) in
         (select consumer, message_id from inbox_rest where received_at < $1 limit 5000) returning 1`,
      [before.toISOString()],
    );
    purged += rows.length;
    if (rows.length < 5_000) return purged;
  }
};

const keyOf = ({ consumer, messageId }: Claim): string => `${consumer}\n${messageId}`;
