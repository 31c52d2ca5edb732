import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { Feed } from '../domain/feed.ts';

export const FeedEntity = new EntitySchema<Feed>({
  name: 'amazon_feed',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    type: { type: 'text' },
    state: { type: 'text' },
    marketplaceIds: { name: 'marketplace_ids', type: 'jsonb' },
    messages: { type: 'jsonb' },
    openedAt: { name: 'opened_at', type: 'timestamptz' },
    submittedAt: { name: 'submitted_at', type: 'timestamptz', nullable: true },
    finishedAt: { name: 'finished_at', type: 'timestamptz', nullable: true },
    documentId: { name: 'document_id', type: 'text', nullable: true },
    amazonFeedId: { name: 'amazon_feed_id', type: 'text', nullable: true },
    amazonStatus: { name: 'amazon_status', type: 'text', nullable: true },
    looks: { type: 'int' },
    nextLookAt: { name: 'next_look_at', type: 'timestamptz', nullable: true },
    stuckAt: { name: 'stuck_at', type: 'timestamptz', nullable: true },
    words: { type: 'text', nullable: true },
    wordsCode: { name: 'words_code', type: 'text', nullable: true },
    wordsFacts: { name: 'words_facts', type: 'jsonb', nullable: true },
    report: { type: 'jsonb', nullable: true },
    accepted: { type: 'int', nullable: true },
    rejected: { type: 'int', nullable: true },
  },
});

/** All columns of `amazon_feed as f`, for queries of whole feeds. */
export const feedColumns = Object.entries(FeedEntity.options.columns as Record<string, EntitySchemaColumnOptions>)
  .map(([property, column]) => `f.${column.name ?? property} as "${property}"`)
  .join(', ');
