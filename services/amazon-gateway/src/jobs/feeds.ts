import { AppError, newId } from '@orderbus/kernel';
import { spanNames, storeAttribute, traced } from '@orderbus/outbox';
import { every, type Part, withContext } from '@orderbus/service-kit';
import { retryAt } from '../amazon/certainty.ts';
import type { FeedsApi } from '../amazon/sp-api.ts';
import { type Feed, mostMessages } from '../domain/feed.ts';
import { commitFeed } from '../store/commit-feed.ts';
import { endLease, feedLeaseMs, leaseFeeds } from '../store/feed.ts';
import { commandsToRead, type Opening, openFeeds, postpone, storesWithFeedWork } from '../store/open-feeds.ts';
import { deferAll } from './feed-steps.ts';
import { after, type FeedWork } from './feed-work.ts';
import { handInFeed } from './hand-in-feed.ts';
import { lookAtFeed } from './look-at-feed.ts';
import { readBackCancellations } from './read-back-cancellations.ts';
import { searchFeed } from './search-feed.ts';

export interface FeedsOptions extends FeedWork {
  /** The stores that are active here. */
  readonly stores: () => ReadonlyMap<string, FeedStore>;
  /** How long commands gather before they are sent. */
  readonly gatherMs: number;
  /** Between the openings of two feeds of one store and type. */
  readonly minIntervalMs: number;
}

interface FeedStore {
  readonly sellerId: string | undefined;
  readonly api: FeedsApi;
}

const slowestPollMs = 2_000;
/** Feeds that are worked on side by side, of all stores. */
const mostAtOnce = 10;
/** Orders of a store that are read before a feed is opened: the quota of getOrder after a rest. */
const mostReads = 30;
/** Documents of a store that are handed in one after the other: Amazon takes fifteen feeds after a rest. */
const mostDocuments = 10;
/** Longer than the call that hands a feed in: it has ended before the lease does. */
const leaseMarginMs = 70_000;

/** Sends what goes by feed: gathers, hands in, waits, reads the reports; and finds what a process that died has left. */
export const feedWorker = (options: FeedsOptions): Required<Part> => {
  const { execution, clock, log, stores, gatherMs } = options;
  const pollMs = Math.min(slowestPollMs, gatherMs);
  const underWay = new Map<string, Promise<void>>();
  const triedAt = new Map<string, number>();
  let stopping = new AbortController();

  /** Side by side, so that a store whose Amazon is slow does not hold up the others. */
  const begin = (key: string, store: string, work: (signal: AbortSignal) => Promise<void>): void => {
    const inSpan = () => traced(execution.tracing, spanNames.feed, { attributes: storeAttribute(store) }, () => work(stopping.signal));
    const done = withContext({ correlationId: newId(), store }, inSpan)
      .catch((error: unknown) => log.error({ err: error }, 'the work on a feed was broken off, it is taken up again'))
      .finally(() => underWay.delete(key));
    underWay.set(key, done);
  };

  const openDue = async (): Promise<void> => {
    const now = clock.now().getTime();
    const due = await storesWithFeedWork(execution, new Date(now - gatherMs));
    for (const storeId of due) {
      if (underWay.size >= mostAtOnce || underWay.has(storeId) || !stores().has(storeId) || now - (triedAt.get(storeId) ?? 0) < gatherMs)
        continue;
      triedAt.set(storeId, now);
      begin(storeId, storeId, (signal) => open(storeId, signal));
    }
  };

  const open = async (storeId: string, signal: AbortSignal): Promise<void> => {
    const store = stores().get(storeId);
    if (!store) return;
    const openedSince = new Date(clock.now().getTime() - options.minIntervalMs);
    const opening: Opening = {
      ...{ storeId, sellerId: store.sellerId, now: clock.now(), openedSince },
      ...{ fresh: new Set(), gone: new Set(), withoutDocuments: options.invoices.isDown },
    };
    const read = await readOrders(options, opening, signal);
    // Documents go one by one: each is a feed of its own.
    for (let n = 0; n < mostDocuments && !signal.aborted; n++) {
      const isMore = await handInNext({ ...opening, ...read, withoutDocuments: options.invoices.isDown }, store, signal);
      if (!isMore) return;
    }
  };

  /** Answers whether a document was among them, and has arrived: then there may be another one. */
  const handInNext = async (opening: Opening, { sellerId, api }: FeedStore, signal: AbortSignal): Promise<boolean> => {
    const leasedUntilMs = Date.now() + feedLeaseMs - leaseMarginMs;
    const opened = await openFeeds(execution, options.targets, opening);
    const arrived = await Promise.all(
      opened.map(async (feed) => {
        const isTaken = await handInFeed(options, { feed, merchantIdentifier: sellerId ?? '', api, leasedUntilMs, signal });
        await endLease(execution.database, feed.id);
        return isTaken && mostMessages[feed.type] === 1;
      }),
    );
    return arrived.includes(true);
  };

  const lookAtDue = async (): Promise<void> => {
    const free = mostAtOnce - underWay.size;
    if (free <= 0) return;
    for (const feed of await leaseFeeds(execution.database, [...stores().keys()], clock.now(), free)) {
      begin(feed.id, feed.tenant, async (signal) => {
        const api = stores().get(feed.tenant)?.api;
        if (api) await goOn(options, feed, api, signal);
        await endLease(execution.database, feed.id);
      });
    }
  };

  const readBack = (signal: AbortSignal) => readBackCancellations(options, [...stores().keys()], signal);
  const loops = [
    every(pollMs, openDue, { name: 'open feeds', log }),
    every(pollMs, lookAtDue, { name: 'look at feeds', log }),
    every(pollMs, readBack, { name: 'read back cancellations', log }),
  ];
  return {
    name: 'feeds',
    start: async () => {
      stopping = new AbortController();
      for (const loop of loops) await loop.start();
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(loops.map((loop) => loop.stop()));
      await Promise.all(underWay.values());
    },
  };
};

/** Reads again what must not be decided by an older picture. What cannot be read is left for later. */
const readOrders = async (
  { execution, clock, log, look }: FeedsOptions,
  opening: Opening,
  signal: AbortSignal,
): Promise<Pick<Opening, 'fresh' | 'gone'>> => {
  const [fresh, gone, unread] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let trouble: unknown;
  for (const command of await commandsToRead(execution, opening, mostReads)) {
    const { orderId } = command;
    try {
      if (isOfAll(trouble)) throw trouble;
      await look(command, signal);
      fresh.add(orderId);
    } catch (error) {
      if (error instanceof AppError && error.code === 'order.not-at-amazon') gone.add(orderId);
      else unread.add(orderId);
      trouble = error;
    }
  }
  if (unread.size > 0) {
    log.warn({ err: trouble, orders: unread.size }, 'orders could not be read before they are canceled or paid back: they wait');
    await postpone(execution, [...unread], retryAt(trouble, clock.now()));
  }
  return { fresh, gone };
};

/** Not about this one order: the others need not be tried. */
const isOfAll = (error: unknown): boolean =>
  error !== undefined && !(error instanceof AppError && (error.kind === 'conflict' || error.kind === 'not-found'));

/** Where the feed stands says what can have happened. */
const goOn = async (work: FeedWork, feed: Feed, api: FeedsApi, signal: AbortSignal): Promise<void> => {
  const { execution, targets, clock, patience } = work;
  if (feed.state === 'processing') return lookAtFeed(work, { feed, api }, signal);
  if (feed.state === 'unknown') return searchFeed(work, { feed, api }, signal);
  if (feed.state === 'submitting') {
    const lookAt = after(clock, patience.unknownMs(0) ?? 0);
    const why = { code: 'feed.handed-in-unheard', words: 'The process that handed it in has ended.' };
    await commitFeed(execution, targets, feed, { type: 'lose', why, lookAt });
    return;
  }
  const why = { code: 'feed.abandoned', words: 'The process that uploaded the feed has ended before it handed it in.' };
  await commitFeed(execution, targets, feed, { type: 'drop', why }, deferAll(feed, why, clock.now().toISOString()));
};
