import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { blank, type Memory, type Notice, needOf, remember } from './need.ts';

const notice = (n: number, facts: Notice['facts'], round = 0): Notice => ({
  ...{ kind: 'order-blocked', subject: 'order', place: { round, version: n }, eventId: `event-${round}-${n}`, orderId: null, facts },
  at: new Date(Date.UTC(2026, 4, 4, 0, round * 60 + n)).toISOString(),
});
const opened = (n: number, round = 0) => notice(n, { n }, round);
const settled = (n: number, round = 0) => notice(n, null, round);
const heard = (...notices: readonly Notice[]): Memory => notices.reduce(remember, blank);

describe('a need', () => {
  test('is open from what opened it first, and says what was told last', () => {
    expect(needOf(heard(opened(1), opened(2)))).toMatchObject({ since: opened(1).at, facts: { n: 2 }, resolvedAt: null });
  });

  test('is resolved by what settles it', () => {
    expect(needOf(heard(opened(1), settled(2)))).toMatchObject({ since: opened(1).at, resolvedAt: settled(2).at });
  });

  test('is another one when it is opened again', () => {
    expect(needOf(heard(opened(1), settled(2), opened(3)))).toMatchObject({ since: opened(3).at, facts: { n: 3 }, resolvedAt: null });
  });

  test('never was when nothing has opened it', () => {
    expect(needOf(heard(settled(2)))).toBeUndefined();
  });

  test('is not opened by what comes late: it was settled since', () => {
    expect(needOf(heard(settled(2), opened(1)))).toMatchObject({ resolvedAt: settled(2).at });
  });

  test('that is told of in rounds is settled by the answer to a later round, whatever its version', () => {
    expect(needOf(heard(opened(9, 1), settled(1, 2)))).toMatchObject({ resolvedAt: settled(1, 2).at });
    expect(needOf(heard(settled(9, 1), opened(1, 2)))).toMatchObject({ resolvedAt: null });
  });

  test('comes out the same in whatever order, and however often, it is told of', () => {
    const stories = fc.uniqueArray(
      fc.record({ round: fc.integer({ min: 0, max: 2 }), n: fc.integer({ min: 1, max: 6 }), opens: fc.boolean() }),
      { selector: ({ round, n }) => `${round} ${n}`, maxLength: 10 },
    );
    fc.assert(
      fc.property(
        stories
          .map((story) => story.map(({ round, n, opens }) => (opens ? opened(n, round) : settled(n, round))))
          .chain((story) => fc.tuple(fc.constant(story), fc.shuffledSubarray(story, { minLength: story.length }), fc.subarray(story))),
        ([story, shuffled, twice]) => {
          const inOrder = [...story].sort((a, b) => a.place.round - b.place.round || a.place.version - b.place.version);
          expect(heard(...shuffled, ...twice)).toEqual(heard(...inOrder));
        },
      ),
    );
  });
});
