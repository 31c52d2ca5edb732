import { describe, expect, test } from '@jest/globals';
import type { Permit } from '../amazon/request.ts';
import type { FeedStep } from '../domain/feed.ts';
import type { FeedWork } from './feed-work.ts';
import { type HandIn, handInFeed } from './hand-in-feed.ts';

const minuteMs = 60_000;

/** Hands in an empty feed, whose call is about to leave when the lease has so much time left. Answers what Amazon got, and what was written down. */
const handIn = async (leftMs: number) => {
  const steps: FeedStep['type'][] = [];
  let arrived = 0;
  const run = async (_tx: unknown, items: readonly { command: FeedStep }[]) => {
    steps.push(...items.map(({ command }) => command.type));
    return items.map(() => ({ events: [] }));
  };
  const execution = { database: { transaction: (work: (tx: object) => unknown) => work({}) }, committed: () => {} };
  const work = {
    execution,
    targets: { feeds: { run }, commands: { run: async () => [] } },
    clock: { now: () => new Date() },
    patience: { processingMs: () => minuteMs, unknownMs: () => minuteMs },
    log: { warn: () => {}, error: () => {} },
  };
  const api = {
    createFeedDocument: async () => ({ feedDocumentId: 'doc-1', url: 'https://documents.example/1' }),
    uploadFeedDocument: async () => {},
    createFeed: async (_feed: object, _signal: AbortSignal, { permit }: { permit?: Permit } = {}) => {
      await permit?.().catch((cause) => Promise.reject(Object.assign(cause, { details: { sent: false } })));
      arrived += 1;
      return { feedId: '1' };
    },
  };
  const feed = { id: 'f-1', tenant: 'na', type: 'POST_ORDER_ACKNOWLEDGEMENT_DATA', marketplaceIds: [], messages: [], wishes: [] } as const;
  const isTaken = await handInFeed(
    work as unknown as FeedWork,
    {
      ...{ feed, api, merchantIdentifier: 'A1', leasedUntilMs: Date.now() + leftMs },
      signal: new AbortController().signal,
    } as unknown as HandIn,
  );
  return { isTaken, arrived, steps };
};

describe('a feed that is handed in', () => {
  test('within its lease is at Amazon', async () => {
    expect(await handIn(minuteMs)).toEqual({ isTaken: true, arrived: 1, steps: ['submit', 'take'] });
  });

  test('by a process that was held up for longer does not leave: others search for it by now', async () => {
    expect(await handIn(-1)).toEqual({ isTaken: false, arrived: 0, steps: ['submit', 'drop'] });
  });
});
