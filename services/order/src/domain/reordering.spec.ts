import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { about, aLine, anOrder, aSnapshot, askToCancel, cancellationId, seen, surroundings } from '../../test/builders.ts';
import { arrivals, histories, isCanceledUnordered, play } from '../../test/streams.ts';
import { decide } from './decide.ts';
import type { FactCommand, Order } from './order.ts';
import { defaultSettings } from './settings.ts';

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
process.stdout.write(`services/order/src/domain/reordering.spec.ts: SEED=${seed}\n`);

/** Where an order stands; the number of events on the way there may differ. */
const standing = (order: Order | undefined) => {
  if (order === undefined) return undefined;
  const { version: _, ...rest } = order;
  return rest;
};

describe('whatever the order of arrival', () => {
  test('the same events, shuffled and repeated, leave an order in the same place', () => {
    const streams = histories.chain((history) => fc.record({ history: fc.constant(history), arrival: arrivals(history) }));
    fc.assert(
      fc.property(streams, ({ history, arrival }) => {
        const [expected, actual] = [play(history), play(arrival)];
        if (isCanceledUnordered(expected) || isCanceledUnordered(actual)) {
          expect([expected?.state, actual?.state]).toEqual(['canceled', 'canceled']);
          expect(actual?.lines).toEqual(expected?.lines);
        } else expect(standing(actual)).toEqual(standing(expected));
      }),
      { seed, numRuns: 2_000 },
    );
  });

  test('an order whose units were set aside early ends where all others do', () => {
    const settingsOf = () => ({ ...defaultSettings, reservePending: true });
    const early = { ...surroundings, stores: { ...surroundings.stores, settingsOf } };
    const streams = histories.chain((history) => fc.record({ history: fc.constant(history), arrival: arrivals(history) }));
    fc.assert(
      fc.property(streams, ({ history, arrival }) => {
        const [expected, actual] = [play(history), play(arrival, undefined, early)];
        if (isCanceledUnordered(expected) || isCanceledUnordered(actual))
          expect([expected?.state, actual?.state]).toEqual(['canceled', 'canceled']);
        // What is no order yet has its units or not: nobody but fulfillment is told.
        else if (expected?.number == null) expect([actual?.state, actual?.number]).toEqual([expected?.state, expected?.number]);
        else expect(standing(actual)).toEqual(standing(expected));
      }),
      { seed, numRuns: 1_000 },
    );
  });

  test("Amazon's answer to a cancellation, and the snapshots that show what it did, end the same", () => {
    const answer = fc.constantFrom<FactCommand[]>(
      [],
      [{ type: 'cancellation-accepted', cancellationId }],
      [{ type: 'cancellation-refused', cancellationId, words: 'It has been shipped.' }],
    );
    const stories = fc.record({
      from: fc.constantFrom('new', 'blocked', 'processing' as const),
      lines: fc.constantFrom(undefined, [{ lineId: '10000000000001', quantity: 1 }]),
      answer,
      shown: fc.array(
        fc.record({
          status: fc.constantFrom('unshipped', 'partially-shipped', 'shipped', 'canceled' as const),
          quantity: fc.integer({ min: 1, max: 2 }),
        }),
        { maxLength: 3 },
      ),
    });
    const streams = stories.chain(({ from, lines, answer, shown }) => {
      const asked = play([{ ...askToCancel, lines }], anOrder(from)) as Order;
      const history = [
        ...shown.map(({ status, quantity }, n) => seen(aSnapshot({ status, lines: [aLine({ quantity })] }), n + 2)),
        ...answer,
      ];
      return fc.record({ asked: fc.constant(asked), history: fc.constant(history), arrival: arrivals(history) });
    });
    fc.assert(
      fc.property(streams, ({ asked, history, arrival }) => expect(standing(play(arrival, asked))).toEqual(standing(play(history, asked)))),
      { seed, numRuns: 1_000 },
    );
  });

  test('everything again from the beginning changes nothing and tells nobody', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const order = play(history);
        for (const command of history) expect(decide(order, command, about, surroundings)).toHaveProperty('refused');
      }),
      { seed, numRuns: 500 },
    );
  });
});
