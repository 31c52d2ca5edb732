export const feedStatuses = ['CANCELLED', 'DONE', 'FATAL', 'IN_PROGRESS', 'IN_QUEUE'] as const;
export type FeedStatus = (typeof feedStatuses)[number];

/** A feed as the sandbox knows it. Never changed in place; times are milliseconds since 1970. */
export interface WorldFeed {
  readonly feedId: string;
  readonly sellerId: string;
  readonly feedType: string;
  readonly marketplaceIds: readonly string[];
  readonly inputDocumentId: string;
  /** What was told beside the document. */
  readonly options?: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly status: FeedStatus;
  /** When it goes on by itself. Without it, it is over or stuck. */
  readonly dueAt?: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly resultDocumentId?: string;
  /** It will end FATAL, without its effect or with it. */
  readonly fate?: 'fatal' | 'fatal-after-effect';
}

/** What a feed says, or the report about it. */
export interface FeedDocument {
  readonly documentId: string;
  readonly sellerId: string;
  readonly contentType: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** Base64. Absent until it has been uploaded. */
  readonly content?: string;
  readonly compression?: 'GZIP';
}

/** How a feed ends that does not end well: never, without its effect, or with it. */
export interface FeedFates {
  /** Asked once per feed, when its processing begins. */
  feedFate(feedId: string, sellerId: string): 'stuck' | 'fatal' | 'fatal-after-effect' | undefined;
}
