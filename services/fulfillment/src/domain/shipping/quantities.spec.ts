import { describe, expect, test } from '@jest/globals';
import type { LineQuantity } from '@orderbus/contracts';
import fc from 'fast-check';
import { after, anOpenOrder, aShippingLine, by, confirm, edit, orderId, pack, reject } from '../../../test/parcels.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { Shipping } from './order.ts';
import { isThere, type Parcel } from './parcel.ts';
import { leftOf, unitsIn } from './quantities.ts';

const left = ({ order, parcels }: Shipping): number[] => order.lines.map((line) => leftOf(line, parcels));
const seen = (version: number, quantity: number, quantityShipped: number): Command => ({
  ...{ type: 'follow', version, status: 'processing' },
  snapshot: { number: '1', amazonOrderId: '114-0000000-0000012', lines: [aShippingLine('L1', quantity, { quantityShipped })] },
});
const one = (shipmentId: string, quantity: number) => pack({ shipmentId, lines: [{ lineId: 'L1', quantity }] });

describe('the units that are left', () => {
  test('are those that Amazon counts beside ours, too: somebody has shipped them without us', () => {
    const elsewhere = anOpenOrder({ lines: [aShippingLine('L1', 5, { quantityShipped: 1 })] });
    expect(left(elsewhere)).toEqual([4]);
    const shipped = after(elsewhere, one('p1', 3));
    expect(left(shipped)).toEqual([1]);
    // Amazon has counted ours by now.
    expect(left(after(shipped, confirm(), seen(5, 5, 4)))).toEqual([1]);
    expect(left(after(shipped, confirm(), seen(5, 5, 5)))).toEqual([0]);
  });

  test('are the same before and after Amazon counts our parcel', () => {
    const shipped = after(anOpenOrder({ lines: [aShippingLine('L1', 5)] }), one('p1', 2));
    expect([shipped, after(shipped, seen(5, 5, 2)), after(shipped, confirm(), seen(5, 5, 2))].map(left)).toEqual([[3], [3], [3]]);
  });

  test('are more again when a parcel held fewer than was said, although Amazon still counts the first word', () => {
    const corrected = after(anOpenOrder(), one('p1', 2), confirm(), edit({ lines: [{ lineId: 'L1', quantity: 1 }] }), seen(5, 2, 2));
    expect(left(corrected)).toEqual([0]);
    expect(left(after(corrected, confirm(2), seen(6, 2, 1)))).toEqual([1]);
  });
});

/** Amazon as it is: it takes what fits, counts what it has taken, and what others ship. */
const anAmazon = () => {
  const ordered: [number, number] = [5, 2];
  const foreign: [number, number] = [0, 0];
  const book = new Map<string, readonly LineQuantity[]>();
  const lines = [0, 1] as const;
  const taken = (n: 0 | 1, except = ''): number =>
    foreign[n] +
    unitsIn(
      `L${n + 1}`,
      [...book].flatMap(([id, held]) => (id === except ? [] : [{ lines: held }])),
    );
  return {
    ordered,
    foreign,
    shipped: (n: 0 | 1) => taken(n),
    /** Somebody ships a unit in Seller Central. */
    shipElsewhere: (n: 0 | 1) => {
      if (taken(n) < ordered[n]) foreign[n]++;
    },
    cancelOne: (n: 0 | 1) => {
      ordered[n] = Math.max(taken(n), ordered[n] - 1);
    },
    hear: ({ id, revision, lines: packed }: Parcel): Command => {
      const fits = lines.every((n) => taken(n, id) + unitsIn(`L${n + 1}`, [{ lines: packed }]) <= ordered[n]);
      if (fits) book.set(id, packed);
      return { ...(fits ? confirm(revision) : reject(revision)), shipmentId: id } as Command;
    },
  };
};
type Amazon = ReturnType<typeof anAmazon>;

type Doing = (state: Shipping, amazon: Amazon, n: number) => Command | undefined;

const id = fc.constantFrom('p1', 'p2', 'p3', 'p4');
const line = fc.constantFrom(0 as const, 1 as const);
const quantity = fc.integer({ min: 1, max: 4 });
const isUnheard = ({ writeState }: Parcel): boolean => writeState === 'waiting';

const packing = fc.record({ shipmentId: id, line, quantity: fc.option(quantity), handedOver: fc.boolean() }).map(
  ({ shipmentId, line: n, quantity: units, handedOver }): Doing =>
    () =>
      pack({ shipmentId, lines: units === null ? undefined : [{ lineId: `L${n + 1}`, quantity: units }] }, handedOver),
);
const changing = fc.record({ shipmentId: id, type: fc.constantFrom('hand-over', 'void', 'retry', 'edit'), line, quantity }).map(
  ({ shipmentId, type, line: n, quantity: units }): Doing =>
    () =>
      ({
        type,
        shipmentId,
        reason: null,
        ...by,
        ...(type === 'edit' ? { lines: [{ lineId: `L${n + 1}`, quantity: units }] } : {}),
      }) as Command,
);
const answering: Doing = ({ parcels }, amazon) => {
  const next = parcels.find(isUnheard);
  return next && amazon.hear(next);
};
/** While Amazon has not answered, nobody can tell whose units it counts. */
const looking: Doing = ({ order, parcels }, amazon, n) =>
  parcels.some(isUnheard)
    ? undefined
    : {
        ...{ type: 'follow', version: n + 10, status: 'processing' },
        snapshot: {
          amazonOrderId: '114-0000000-0000012',
          number: '1',
          lines: order.lines.map((each, k) => ({
            ...each,
            quantity: amazon.ordered[k] as number,
            quantityShipped: amazon.shipped(k as 0 | 1),
          })),
        },
      };
const elsewhere = fc.record({ line, ships: fc.boolean() }).map(
  ({ line: n, ships }): Doing =>
    (_, amazon) => {
      if (ships) amazon.shipElsewhere(n);
      else amazon.cancelOne(n);
      return undefined;
    },
);
const doings = fc.array(fc.oneof(packing, packing, changing, fc.constant(answering), fc.constant(looking), elsewhere), { maxLength: 50 });

/** What is in our parcels of a line. */
const held = ({ parcels }: Shipping, n: number): number => unitsIn(`L${n + 1}`, parcels.filter(isThere));

const expectNothingTooMuch = (before: Shipping, after: Shipping, elsewhereKnown: readonly number[]): void => {
  expect(Math.min(after.order.toShip, ...left(after))).toBeGreaterThanOrEqual(0);
  for (const [n, { quantity: ordered }] of after.order.lines.entries()) {
    const isMore = held(after, n) > held(before, n);
    expect(isMore && held(after, n) + (elsewhereKnown[n] as number) > ordered).toBe(false);
  }
};

describe('whatever people, other programs and Amazon do', () => {
  test('no parcel is made or changed beyond what is ordered and not shipped elsewhere, and nothing is negative', () => {
    fc.assert(
      fc.property(doings, (all) => {
        const amazon = anAmazon();
        let state = anOpenOrder({ lines: [aShippingLine('L1', 5), aShippingLine('L2', 2)] });
        let known = [...amazon.foreign];
        for (const [n, doing] of all.entries()) {
          const command = doing(state, amazon, n);
          const step = command && decide(state, command, orderId);
          if (!step || 'refused' in step) continue;
          if (command.type === 'follow') known = [...amazon.foreign];
          expectNothingTooMuch(state, step.state, known);
          state = step.state;
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
