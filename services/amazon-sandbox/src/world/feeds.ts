import { AppError } from '@orderbus/kernel';
import type { FeedFates, FeedStatus, WorldFeed } from './feed.ts';
import type { Keeper } from './keeper.ts';

export interface FeedDelays {
  /** From the creation of a feed to the beginning of its processing, if no other is before it. */
  readonly queueMs: number;
  readonly processingMs: number;
}

/** How the processing of a feed ended. */
export interface FeedOutcome {
  readonly status: 'DONE' | 'FATAL';
  readonly resultDocumentId?: string;
}

type ProcessFeed = (feed: WorldFeed, at: number) => FeedOutcome;

export interface FeedQuery {
  readonly sellerId: string;
  readonly feedTypes: ReadonlySet<string>;
  readonly marketplaceIds: ReadonlySet<string> | undefined;
  readonly statuses: ReadonlySet<FeedStatus> | undefined;
  readonly from: number;
  readonly to: number;
  /** The last feed that is known already. */
  readonly before: string | undefined;
  readonly limit: number;
}

interface FeedsSetting {
  readonly keeper: Keeper;
  readonly fates: FeedFates;
  readonly delays: FeedDelays;
  readonly process: ProcessFeed;
}

/** Feeds wait, are processed and end. Those of one seller and type go one after the other: a stuck one blocks those behind it. */
export class Feeds {
  readonly #setting: FeedsSetting;
  readonly #feeds = new Map<string, WorldFeed>();
  /** Unfinished ones by seller and type, oldest first. */
  readonly #queues = new Map<string, string[]>();
  #lastId = 0;

  constructor(setting: FeedsSetting) {
    this.#setting = setting;
  }

  create(order: Pick<WorldFeed, 'sellerId' | 'feedType' | 'marketplaceIds' | 'inputDocumentId' | 'options'>, now: number): WorldFeed {
    // A number like Amazon's. By the clock, so that a world that begins again does not use one twice.
    this.#lastId = Math.max(this.#lastId + 1, now);
    const feed: WorldFeed = {
      feedId: String(this.#lastId),
      ...order,
      createdAt: now,
      status: 'IN_QUEUE',
      dueAt: now + this.#setting.delays.queueMs,
    };
    this.#queueOf(feed).push(feed.feedId);
    return this.#save(feed);
  }

  find(sellerId: string, feedId: string): WorldFeed | undefined {
    const feed = this.#feeds.get(feedId);
    return feed?.sellerId === sellerId ? feed : undefined;
  }

  /** Newest first. */
  search(query: FeedQuery): WorldFeed[] {
    const found: WorldFeed[] = [];
    for (const feed of [...this.#feeds.values()].reverse()) {
      if (found.length === query.limit) break;
      if ((query.before === undefined || Number(feed.feedId) < Number(query.before)) && matches(feed, query)) found.push(feed);
    }
    return found;
  }

  /** @throws AppError `conflict` unless it still waits. */
  cancel(feed: WorldFeed, now: number): void {
    if (feed.status !== 'IN_QUEUE')
      throw new AppError('conflict', 'sandbox.feed-not-in-queue', { feedId: feed.feedId, status: feed.status });
    this.#end(feed, { status: 'CANCELLED' }, now);
  }

  /**
   * A stuck feed goes on; its processing takes the usual time from now.
   * @throws AppError `not-found`, or `conflict` when it is not stuck.
   */
  release(feedId: string, now: number): WorldFeed {
    const feed = this.#feeds.get(feedId);
    if (!feed) throw new AppError('not-found', 'sandbox.feed-unknown', { feedId });
    if (feed.status !== 'IN_PROGRESS' || feed.dueAt !== undefined) {
      throw new AppError('conflict', 'sandbox.feed-not-stuck', { feedId, status: feed.status });
    }
    return this.#save({ ...feed, dueAt: now + this.#setting.delays.processingMs });
  }

  nextTime(): number {
    return this.#next()?.dueAt ?? Number.POSITIVE_INFINITY;
  }

  live(): void {
    const feed = this.#next();
    if (feed?.dueAt === undefined) return;
    if (feed.status === 'IN_QUEUE') this.#start(feed, feed.dueAt);
    else this.#finish(feed, feed.dueAt);
  }

  resume(feeds: readonly WorldFeed[]): void {
    for (const feed of [...feeds].sort((a, b) => Number(a.feedId) - Number(b.feedId))) {
      this.#feeds.set(feed.feedId, feed);
      this.#lastId = Math.max(this.#lastId, Number(feed.feedId));
      if (isUnfinished(feed)) this.#queueOf(feed).push(feed.feedId);
    }
  }

  reset(): void {
    this.#feeds.clear();
    this.#queues.clear();
  }

  /** The first due of those at the head of their queues. */
  #next(): WorldFeed | undefined {
    let next: WorldFeed | undefined;
    for (const [head] of this.#queues.values()) {
      const feed = head === undefined ? undefined : this.#feeds.get(head);
      if (feed?.dueAt !== undefined && feed.dueAt < (next?.dueAt ?? Number.POSITIVE_INFINITY)) next = feed;
    }
    return next;
  }

  #start(feed: WorldFeed, at: number): void {
    const { dueAt: _begins, ...waited } = feed;
    const fate = this.#setting.fates.feedFate(feed.feedId, feed.sellerId);
    const started: WorldFeed = { ...waited, status: 'IN_PROGRESS', startedAt: at };
    if (fate === 'stuck') this.#save(started);
    else this.#save({ ...started, dueAt: at + this.#setting.delays.processingMs, ...(fate && { fate }) });
  }

  #finish(feed: WorldFeed, at: number): void {
    const outcome = feed.fate === 'fatal' ? undefined : this.#setting.process(feed, at);
    this.#end(feed, feed.fate || !outcome ? { status: 'FATAL' } : outcome, at);
  }

  #end(feed: WorldFeed, outcome: { readonly status: FeedStatus; readonly resultDocumentId?: string }, at: number): void {
    const { dueAt: _due, ...rest } = feed;
    this.#save({ ...rest, ...outcome, endedAt: at });
    const queue = this.#queueOf(feed);
    queue.splice(queue.indexOf(feed.feedId), 1);
    const next = queue[0] === undefined ? undefined : this.#feeds.get(queue[0]);
    if (next?.status === 'IN_QUEUE') this.#save({ ...next, dueAt: Math.max(next.dueAt ?? at, at) });
  }

  #queueOf({ sellerId, feedType }: WorldFeed): string[] {
    const key = `${sellerId}/${feedType}`;
    const known = this.#queues.get(key);
    if (known) return known;
    const fresh: string[] = [];
    this.#queues.set(key, fresh);
    return fresh;
  }

  #save(feed: WorldFeed): WorldFeed {
    this.#feeds.set(feed.feedId, feed);
    this.#setting.keeper.keep({ feed });
    return feed;
  }
}

const isUnfinished = ({ status }: WorldFeed): boolean => status === 'IN_QUEUE' || status === 'IN_PROGRESS';

const matches = (feed: WorldFeed, query: FeedQuery): boolean =>
  feed.sellerId === query.sellerId &&
  query.feedTypes.has(feed.feedType) &&
  (query.statuses?.has(feed.status) ?? true) &&
  (!query.marketplaceIds || feed.marketplaceIds.some((id) => query.marketplaceIds?.has(id))) &&
  feed.createdAt >= query.from &&
  feed.createdAt <= query.to;
