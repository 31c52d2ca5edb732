import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { about, numbers } from '../../test/builders.ts';
import { arrivals, histories, isCanceledUnordered, play } from '../../test/streams.ts';
import { decide } from './decide.ts';
import type { Order } from './order.ts';

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
          expect([expected?.status, actual?.status]).toEqual(['canceled', 'canceled']);
          expect(actual?.lines).toEqual(expected?.lines);
        } else expect(standing(actual)).toEqual(standing(expected));
      }),
      { seed, numRuns: 3_000 },
    );
  });

  test('everything again from the beginning changes nothing and tells nobody', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const order = play(history);
        for (const command of history) expect(decide(order, command, about, numbers)).toHaveProperty('refused');
      }),
      { seed, numRuns: 1_000 },
    );
  });
});
