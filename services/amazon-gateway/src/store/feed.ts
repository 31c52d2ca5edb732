import type { Clock } from '@orderbus/kernel';
import { aggregates, type Database, type Target, type Transaction } from '@orderbus/outbox';
import type { Command } from '../domain/command.ts';
import { decideFeed, type Feed, type FeedStep, type FeedType } from '../domain/feed.ts';
import { unfinishedStates } from '../domain/feed-lifecycle.ts';
import { commandColumns } from './command-entity.ts';
import { FeedEntity, feedColumns } from './feed-entity.ts';

/** The feeds. The key is our own id of the feed. */
export const feeds = (clock: Clock): Target<FeedStep> =>
  aggregates<Feed, FeedStep, { readonly now: string }>({
    name: 'amazonFeeds',
    entity: FeedEntity,
    decide: decideFeed,
    context: async () => ({ context: { now: clock.now().toISOString() }, finish: async () => {} }),
  });

const unfinished = `state in (${unfinishedStates.map((state) => `'${state}'`).join()})`;

/** Longer than handing a feed in may take; whoever holds it is alone with the feed. */
export const feedLeaseMs = 180_000;

/** The feeds of these stores that are due to be looked at, for us alone for a while. Those whose process died are due as soon as their lease is over. */
export const leaseFeeds = (database: Database, storeIds: readonly string[], now: Date, limit: number): Promise<Feed[]> =>
  database.query(
    `with due as (
       select id from amazon_feed
       where ${unfinished} and tenant = any($1) and next_look_at <= $2 and (lease_until is null or lease_until < clock_timestamp())
       order by next_look_at limit $3 for update skip locked)
     update amazon_feed f set lease_until = clock_timestamp() + $4 * interval '1 ms' from due where f.id = due.id returning ${feedColumns}`,
    [storeIds, now.toISOString(), limit, feedLeaseMs],
  );

/** A feed that was opened in this transaction belongs to whoever opened it. */
export const leaseOpened = async (tx: Transaction, feedIds: readonly string[]): Promise<void> => {
  await tx.query(`update amazon_feed set lease_until = clock_timestamp() + $2 * interval '1 ms' where id = any($1::uuid[])`, [
    feedIds,
    feedLeaseMs,
  ]);
};

export const endLease = async (database: Database, feedId: string): Promise<void> => {
  await database.query('update amazon_feed set lease_until = null where id = $1', [feedId]);
};

const documentType: FeedType = 'UPLOAD_VAT_INVOICE';
const unanswered = `state in (${unfinishedStates
  .filter((state) => state !== 'processing')
  .map((state) => `'${state}'`)
  .join()})`;

/**
 * For which types no feed can be opened now: one is under way, or the last one is too recent. Documents wait only for the one that Amazon
 * has not answered for: if it has to be searched for, there is but one that it can be.
 */
export const busyFeedTypes = async (tx: Transaction, storeId: string, openedSince: Date): Promise<FeedType[]> => {
  const rows: { type: FeedType }[] = await tx.query(
    `select distinct type from amazon_feed where tenant = $1 and (case when type = '${documentType}' then ${unanswered}
       else ${unfinished} or (opened_at > $2 and state <> 'dropped') end)`,
    [storeId, openedSince.toISOString()],
  );
  return rows.map(({ type }) => type);
};

/** Which of these feeds at Amazon we know to be ours. */
export const knownAmazonFeeds = async (database: Database, storeId: string, amazonFeedIds: readonly string[]): Promise<Set<string>> => {
  const rows = await database.query<{ id: string }>(
    'select amazon_feed_id as id from amazon_feed where tenant = $1 and amazon_feed_id = any($2)',
    [storeId, amazonFeedIds],
  );
  return new Set(rows.map(({ id }) => id));
};

export const findFeed = async (database: Database, id: string): Promise<Feed | undefined> =>
  (await database.query<Feed>(`select ${feedColumns} from amazon_feed f where id = $1`, [id]))[0];

export const findFeeds = (database: Database, ids: readonly string[]): Promise<Feed[]> =>
  database.query(`select ${feedColumns} from amazon_feed f where id = any($1::uuid[])`, [ids]);

/** As they stand now, also those that have gone on with another feed. */
export const commandsOfFeed = (database: Database, { messages }: Feed): Promise<Command[]> =>
  database.query(`select ${commandColumns} from amazon_command c where id = any($1::uuid[])`, [messages.map(({ commandId }) => commandId)]);

export interface FeedFilter {
  /** Absent: of all. */
  readonly storeIds?: readonly string[] | undefined;
  readonly type?: string | undefined;
  readonly state?: string | undefined;
  readonly before?: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Newest first. */
export const listFeeds = (database: Database, { storeIds, type, state, before, limit }: FeedFilter): Promise<Feed[]> =>
  database.query(
    `select ${feedColumns} from amazon_feed f
     where ($1::text[] is null or tenant = any($1)) and ($2::text is null or type = $2) and ($3::text is null or state = $3)
       and ($4::timestamptz is null or (opened_at, id) < ($4, $5::uuid))
     order by opened_at desc, id desc limit $6`,
    [storeIds ?? null, type ?? null, state ?? null, before?.at ?? null, before?.id ?? null, limit],
  );

export const unfinishedFeeds = (database: Database): Promise<{ type: FeedType; state: string; count: number }[]> =>
  database.query(`select type, state, count(*)::int as count from amazon_feed where ${unfinished} group by type, state`);
