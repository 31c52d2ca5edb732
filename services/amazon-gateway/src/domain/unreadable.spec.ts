import { describe, expect, test } from '@jest/globals';
import { decideUnreadable, type UnreadableCommand, type UnreadableOrder } from './unreadable.ts';

const about = { id: '9b1deb4d-3b7d-5bad-9bdd-2b0d7b3dcb6d', tenant: 'store-1' };
const context = { now: '2026-03-01T12:00:00.000Z', seal: () => 'sealed' };
const keep: UnreadableCommand = { type: 'keep', raw: {}, contentHash: 'hash', problems: ['orderItems: missing'], amazonOrderId: '111-1' };
const kept: UnreadableOrder = {
  ...{ ...about, version: 1, amazonOrderId: '111-1', contentHash: 'hash', sealedRaw: 'sealed', problems: ['orderItems: missing'] },
  ...{ firstSeenAt: '2026-02-01T00:00:00.000Z', changedAt: '2026-02-01T00:00:00.000Z', resolvedAt: null },
};
const outcome = (known: UnreadableOrder | undefined, command: UnreadableCommand) => {
  const decision = decideUnreadable(known, command, about, context);
  return 'refused' in decision ? decision.refused : [decision.state.resolvedAt === null ? 'open' : 'resolved', decision.events.length];
};

describe('an unreadable order', () => {
  test.each([
    ['is kept and reported when it is new', undefined, keep, ['open', 1]],
    ['is not reported again with the same content', kept, keep, 'already-done'],
    ['is reported again with other content', kept, { ...keep, contentHash: 'other' }, ['open', 1]],
    ['is reported again when it had been readable meanwhile', { ...kept, resolvedAt: context.now }, keep, ['open', 1]],
    ['is resolved, and that is told, when it can be read', kept, { type: 'resolve' }, ['resolved', 1]],
    ['is resolved once', { ...kept, resolvedAt: context.now }, { type: 'resolve' }, 'already-done'],
    ['was none when it could always be read', undefined, { type: 'resolve' }, 'already-done'],
  ] as const)('%s', (_, known, command, expected) => {
    expect(outcome(known, command)).toEqual(expected);
  });

  test('remembers when it was first seen', () => {
    const decision = decideUnreadable(kept, { ...keep, contentHash: 'other' }, about, context);
    expect(decision).toMatchObject({ state: { firstSeenAt: kept.firstSeenAt, changedAt: context.now } });
  });
});
