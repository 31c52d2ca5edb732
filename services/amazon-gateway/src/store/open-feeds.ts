import type { AmazonWriteKind } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import { append, type Execution, type Item, type Transaction } from '@orderbus/outbox';
import type { Command } from '../domain/command.ts';
import { type FeedMessage, type FeedStep, type FeedType, feedTypes, mostMessages } from '../domain/feed.ts';
import { type Fate, type FeedWish, fateOf } from '../domain/feed-batch.ts';
import { statesBefore } from '../domain/lifecycle.ts';
import { commandColumns } from './command-entity.ts';
import { isItsTurn } from './command-queue.ts';
import { type CommandStep, causedEvents, type FeedTargets, feedCause, itemsOf } from './commit-feed.ts';
import { busyFeedTypes, leaseOpened } from './feed.ts';
import { openPictures } from './pictures.ts';

/** What travels by feed. */
const feedKinds: readonly AmazonWriteKind[] = ['cancellation', 'refund', 'invoice'];

/** How they can travel. */
const feedTypesOf: Partial<Record<AmazonWriteKind, readonly FeedType[]>> = {
  cancellation: ['POST_ORDER_ACKNOWLEDGEMENT_DATA', 'POST_PAYMENT_ADJUSTMENT_DATA'],
  refund: ['POST_PAYMENT_ADJUSTMENT_DATA'],
  invoice: ['UPLOAD_VAT_INVOICE'],
};

const sendable = statesBefore('send', 'sending').join();

export interface Opening {
  readonly storeId: string;
  /** Amazon's id of the seller. No XML can be written without it. */
  readonly sellerId: string | undefined;
  readonly now: Date;
  /** A type whose last feed was opened since then waits. */
  readonly openedSince: Date;
  /** Orders that have been read a moment ago. */
  readonly fresh: ReadonlySet<string>;
  /** Orders that Amazon does not have. */
  readonly gone: ReadonlySet<string>;
  /** Nobody is there who has the documents. */
  readonly withoutDocuments: boolean;
}

/** A feed that has been opened, and what stands in it. */
export interface OpenedFeed {
  readonly id: string;
  readonly tenant: string;
  readonly type: FeedType;
  readonly marketplaceIds: readonly string[];
  readonly messages: readonly FeedMessage[];
  readonly wishes: readonly FeedWish[];
}

/** The stores in which something has been due for a feed since then, or longer. */
export const storesWithFeedWork = async ({ database }: Execution, dueSince: Date): Promise<string[]> => {
  const rows = await database.query<{ id: string }>(
    `select distinct c.tenant as id from amazon_command c
     where c.state = '${sendable}' and c.kind = any($1) and c.next_attempt_at <= $2 and c.tenant in (select id from writable_store)`,
    [feedKinds, dueSince.toISOString()],
  );
  return rows.map(({ id }) => id);
};

/** Their orders could not be read: they are tried again later. */
export const postpone = async ({ database }: Execution, orderIds: readonly string[], until: Date): Promise<void> => {
  await database.query(
    `update amazon_command set next_attempt_at = greatest(next_attempt_at, $3) where order_id = any($1::uuid[]) and kind = any($2) and state = '${sendable}'`,
    [orderIds, feedKinds, until.toISOString()],
  );
};

/** Commands whose orders have to be read again before anything is said or sent: one for each order. */
export const commandsToRead = ({ database }: Execution, opening: Opening, limit: number): Promise<Command[]> =>
  database.transaction(async (tx) => {
    const judged = await judge(tx, opening);
    const unread = judged.filter(({ fate }) => fate.fate === 'read').map(({ command }) => command);
    return [...new Map(unread.map((command) => [command.orderId, command])).values()].slice(0, limit);
  });

/**
 * Takes the commands that are due, says of those that cannot be sent why not, and puts the others into feeds, marked as being sent:
 * all in one transaction, before Amazon hears of any of them.
 */
export const openFeeds = async (execution: Execution, targets: FeedTargets, opening: Opening): Promise<OpenedFeed[]> => {
  const { database, clock, committed } = execution;
  const opened = await database.transaction(async (tx) => {
    const judged = await judge(tx, opening);
    const batches = feedTypes.flatMap((type) => batchOf(judged, type, opening.storeId));
    await markAsSending(tx, [...batches.flatMap(placesIn), ...judged.flatMap(withoutFeed)], opening.now);
    const feedItems = batches.map(openingItem);
    const outcomes = await targets.feeds.run(tx, feedItems);
    await leaseOpened(
      tx,
      batches.map(({ id }) => id),
    );
    const items = await itemsOf(tx, judged.flatMap(settledBefore));
    const settled = await targets.commands.run(tx, items);
    await append(tx, [...causedEvents(feedItems, outcomes), ...causedEvents(items, settled)], clock);
    return batches;
  });
  committed();
  return opened;
};

interface Judged {
  readonly command: Command;
  readonly fate: Fate;
}

/** Read together at most: what does not fit waits for the next feed. */
const mostCandidates = 1_000;

const judge = async (tx: Transaction, opening: Opening): Promise<Judged[]> => {
  const { storeId, now, openedSince, withoutDocuments } = opening;
  if (!(await isAlone(tx, storeId))) return [];
  const busy = new Set<FeedType>(await busyFeedTypes(tx, storeId, openedSince));
  if (withoutDocuments) busy.add('UPLOAD_VAT_INVOICE');
  const kinds = feedKinds.filter((kind) => feedTypesOf[kind]?.some((type) => !busy.has(type)));
  if (kinds.length === 0) return [];
  const candidates: Command[] = await tx.query(
    `select ${commandColumns} from amazon_command c
     where c.tenant = $1 and c.tenant in (select id from writable_store) and c.kind = any($2)
       and c.state = '${sendable}' and c.next_attempt_at <= $3 and ${isItsTurn}
     order by c.requested_at, c.id limit ${mostCandidates} for update of c skip locked`,
    [storeId, kinds, now.toISOString()],
  );
  const pictures = await openPictures(tx, { orderIds: candidates.map(({ orderId }) => orderId), commandIds: [] });
  return candidates.flatMap((command) => {
    const picture = pictures.pictureOf(command.orderId);
    const fate = picture && (refusalBefore(command, opening) ?? fateOf(command, picture, opening.fresh.has(command.orderId)));
    if (!fate || ('feedType' in fate && busy.has(fate.feedType))) return [];
    return [{ command, fate }];
  });
};

/** Another worker that opens feeds of this store just now is through in a moment. */
const isAlone = async (tx: Transaction, storeId: string): Promise<boolean> => {
  const [row]: { alone: boolean }[] = await tx.query(
    `select pg_try_advisory_xact_lock(hashtextextended('amazon_feed:' || $1, 0)) as alone`,
    [storeId],
  );
  return row?.alone === true;
};

const refusalBefore = ({ orderId, kind }: Command, { sellerId, gone }: Opening): Fate | undefined => {
  if (sellerId === undefined && kind !== 'invoice') {
    const words =
      "Amazon's id of the seller is not known for this store: enter it in the store's settings (sellerId), then send this again.";
    return { fate: 'refuse', refusal: { code: 'store.no-seller-id', words } };
  }
  if (gone.has(orderId))
    return { fate: 'refuse', refusal: { code: 'order.not-at-amazon', words: 'Amazon knows no such order of this store.' } };
  return undefined;
};

/** Amazon takes documents of up to 10 MiB. A line with every kind of amount has 1.1 KiB. */
const mostLines = 8_000;

const batchOf = (judged: readonly Judged[], type: FeedType, tenant: string): OpenedFeed[] => {
  let [lines, messages] = [0, 0];
  const taken = judged.flatMap(({ command, fate }) => {
    if (fate.fate !== 'send' || fate.feedType !== type) return [];
    lines += linesOf(fate.wish);
    messages += 1;
    return lines > mostLines || messages > mostMessages[type] ? [] : [{ command, fate }];
  });
  if (taken.length === 0) return [];
  return [
    {
      id: newId(),
      tenant,
      type,
      marketplaceIds: [...new Set(taken.map(({ command }) => command.marketplaceId))].sort(),
      messages: taken.map(({ command: { id, attempts, kind }, fate: { before } }) => ({
        commandId: id,
        attempt: attempts + 1,
        isRefund: kind === 'refund',
        ...(before && { before }),
      })),
      wishes: taken.map(({ fate }) => fate.wish),
    },
  ];
};

const linesOf = (wish: FeedWish): number => {
  if (wish.way === 'upload-invoice') return 0;
  return wish.way === 'cancel-order' ? wish.lineIds.length : wish.lines.length;
};

interface Place {
  readonly commandId: string;
  readonly feedId: string | null;
  readonly messageId: number | null;
}

const placesIn = ({ id: feedId, messages }: OpenedFeed): Place[] =>
  messages.map(({ commandId }, n) => ({ commandId, feedId, messageId: n + 1 }));

/** Amazon shows it already: this is as good as having been sent. */
const withoutFeed = ({ command, fate }: Judged): Place[] =>
  fate.fate === 'found' ? [{ commandId: command.id, feedId: null, messageId: null }] : [];

/** The ledger's step `send`. */
const markAsSending = async (tx: Transaction, places: readonly Place[], now: Date): Promise<void> => {
  if (places.length === 0) return;
  await tx.query(
    `update amazon_command c set state = 'sending', attempts = attempts + 1, read_backs = 0, sending_since = $4, next_attempt_at = null,
       fence = c.fence + 1, lease_until = null, feed_id = p.feed_id, message_id = p.message_id
     from unnest($1::uuid[], $2::uuid[], $3::int[]) as p(id, feed_id, message_id) where c.id = p.id`,
    [
      places.map(({ commandId }) => commandId),
      places.map(({ feedId }) => feedId),
      places.map(({ messageId }) => messageId),
      now.toISOString(),
    ],
  );
};

const openingItem = ({ id, tenant, type, marketplaceIds, messages }: OpenedFeed): Item<FeedStep> => ({
  key: id,
  command: { type: 'open', feed: { type, marketplaceIds, messages } },
  cause: feedCause(tenant),
});

const settledBefore = ({ command: { id: commandId, attempts }, fate }: Judged): CommandStep[] => {
  if (fate.fate === 'refuse') return [{ commandId, step: { type: 'refuse', refusal: fate.refusal, attempt: attempts } }];
  return fate.fate === 'found' ? [{ commandId, step: { type: 'succeed', ...fate.told, attempt: attempts + 1 } }] : [];
};
