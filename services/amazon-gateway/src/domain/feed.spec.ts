import { describe, expect, test } from '@jest/globals';
import { AmazonFeedFinished, AmazonFeedStuck } from '@orderbus/contracts';
import { decideFeed, type Feed, type FeedStep } from './feed.ts';
import { feedLifecycle, feedStates } from './feed-lifecycle.ts';

const now = '2026-03-02T12:00:00.000Z';
const lookAt = '2026-03-02T12:00:15.000Z';
const why = { code: 'amazon.unreachable', words: 'Amazon cannot be reached.', facts: { amazonSays: 'later' }, requestId: 'r' };
const message = { commandId: '7d0a4a1e-8d3b-5a52-9d65-0f7f1a5f2c31', attempt: 1, isRefund: true };
const feed = (state: Feed['state'], changes: Partial<Feed> = {}): Feed => ({
  ...{ id: 'f', tenant: 'na', version: 0, type: 'POST_PAYMENT_ADJUSTMENT_DATA', state, marketplaceIds: ['M'], messages: [message] },
  ...{ openedAt: now, submittedAt: now, finishedAt: null, documentId: null, amazonFeedId: '5001', amazonStatus: null, looks: 0 },
  ...{ nextLookAt: now, stuckAt: null, words: null, wordsCode: null, wordsFacts: null, report: null, accepted: null, rejected: null },
  ...changes,
});
const result = { report: null, accepted: 1, rejected: 0 };
const steps: { [Type in FeedStep['type']]: FeedStep & { readonly type: Type } } = {
  open: { type: 'open', feed: { type: 'POST_PAYMENT_ADJUSTMENT_DATA', marketplaceIds: ['M'], messages: [message] } },
  submit: { type: 'submit', documentId: 'd' },
  take: { type: 'take', amazonFeedId: '5001', lookAt },
  lose: { type: 'lose', why, lookAt },
  drop: { type: 'drop', why },
  look: { type: 'look', counts: true, lookAt },
  'give-up': { type: 'give-up', why },
  end: { type: 'end', as: 'fatal', ...result },
};
const decide = (known: Feed | undefined, step: FeedStep) => decideFeed(known, step, undefined, { now });

describe('a feed', () => {
  const cells = (['none', ...feedStates] as const).flatMap((state) =>
    Object.values(steps).map((step) => [state, step.type, feedLifecycle[state][step.type]] as const),
  );
  test.each(cells)('that is %s: %s leads to %s', (state, type, cell) => {
    const decision = decide(state === 'none' ? undefined : feed(state), steps[type]);
    if ('refused' in decision) expect(decision.refused).toBe(cell);
    else expect(decision.state.state).toBe(cell === 'as-said' ? 'fatal' : cell);
  });

  test('is handed in from one state only, and nothing leads back there', () => {
    expect(feedStates.filter((state) => feedLifecycle[state].submit === 'submitting')).toEqual(['uploading']);
    expect(feedStates.filter((state) => Object.values<string>(feedLifecycle[state]).includes('uploading'))).toEqual([]);
  });
});

describe('a feed that Amazon does not finish', () => {
  const overdue = { ...steps.look, isOverdue: true };

  test('is told of once', () => {
    const first = decide(feed('processing'), overdue);
    if ('refused' in first) throw new Error(first.refused);
    expect(first.events).toEqual([
      AmazonFeedStuck.of({ feedId: '5001', feedType: 'POST_PAYMENT_ADJUSTMENT_DATA', submittedAt: now, commands: 1 }),
    ]);
    expect(decide(feed('processing', first.state), overdue)).toMatchObject({ events: [] });
  });

  test('is told of again when it ends after all, but only then', () => {
    const event = AmazonFeedFinished.of({ feedId: '5001', feedType: 'POST_PAYMENT_ADJUSTMENT_DATA', accepted: 1, rejected: 0 });
    expect(decide(feed('processing', { stuckAt: now }), steps.end)).toMatchObject({ events: [event] });
    expect(decide(feed('processing'), steps.end)).toMatchObject({ events: [] });
  });
});
