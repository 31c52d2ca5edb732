import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { follow, parcel, play, release, reserve, restock, voided, want } from '../../test/play.ts';
import { aShelf, counts } from '../../test/world.ts';
import { applyStockCommand } from './stock-command.ts';

const places = (reservation: { lines: readonly { allocations: readonly object[] }[] }) =>
  reservation.lines.flatMap((line) => line.allocations);

describe('the units of a line', () => {
  test('come from one location if one has enough, the one with the lowest priority', () => {
    const shelf = aShelf({ LAMP: { at: { main: 2, attic: 5, shop: 5 } } });
    const { reservation } = play(shelf, reserve(want('LAMP', 3)));
    expect(places(reservation)).toEqual([{ location: 'attic', reserved: 3, shipped: 0, returned: 0 }]);
    expect([counts(shelf, 'LAMP', 'main'), counts(shelf, 'LAMP', 'attic')]).toEqual(['2 / 0', '5 / 3']);
  });

  test('come from several locations when none has enough, by priority', () => {
    const shelf = aShelf({ LAMP: { at: { main: 2, attic: 3, shop: 1 } } });
    const { reservation } = play(shelf, reserve(want('LAMP', 4)));
    expect(places(reservation)).toMatchObject([
      { location: 'main', reserved: 2 },
      { location: 'attic', reserved: 2 },
    ]);
    expect(counts(shelf, 'LAMP')).toBe('6 / 4');
  });

  test('are never taken from a location that is disabled', () => {
    const shelf = aShelf({ LAMP: { at: { main: { onHand: 9, locationEnabled: false }, attic: 2 } } });
    const { reservation } = play(shelf, reserve(want('LAMP', 3)));
    expect(reservation.missing).toEqual([{ sku: 'LAMP', cause: 'out-of-stock', wanted: 3, available: 2 }]);
  });

  test('are joined by more of them where the first ones lie', () => {
    const shelf = aShelf({ LAMP: { at: { main: { onHand: 1 }, attic: 5 } } });
    const first = play(shelf, reserve(want('LAMP', 2)));
    expect(places(first.reservation)).toMatchObject([{ location: 'attic', reserved: 2 }]);
    applyStockCommand({ type: 'adjust', sku: 'LAMP', delta: 5, reason: 'delivery', actor: 'Ada' }, shelf);
    const { reservation } = play(shelf, reserve(want('LAMP', 2)), follow(2, want('LAMP', 4)));
    expect(places(reservation)).toMatchObject([{ location: 'main', reserved: 4 }]);
  });

  test('go back to where they lay, those set aside last first', () => {
    const shelf = aShelf({ LAMP: { at: { main: 2, attic: 3 } } });
    const { reservation } = play(shelf, reserve(want('LAMP', 4)), follow(2, want('LAMP', 1)));
    expect(places(reservation)).toMatchObject([{ location: 'main', reserved: 1 }]);
    expect([counts(shelf, 'LAMP', 'main'), counts(shelf, 'LAMP', 'attic')]).toEqual(['2 / 1', '3 / 0']);
  });

  test('that went out without having been set aside leave what is free, of disabled locations last', () => {
    const shelf = aShelf({ LAMP: { at: { shut: { onHand: 5, locationEnabled: false }, main: 1 } } });
    play(shelf, reserve(want('LAMP', 3)), follow(2, want('LAMP', 3, 3)));
    expect([counts(shelf, 'LAMP', 'main'), counts(shelf, 'LAMP', 'shut')]).toEqual(['0 / 0', '3 / 0']);
  });
});

describe('a parcel', () => {
  test('takes its units off the shelf once: Amazon says the same of them later', () => {
    const shelf = aShelf({ LAMP: 5 });
    const { reservation, told } = play(shelf, reserve(want('LAMP', 3)), parcel(1, { LAMP: 2 }), follow(2, want('LAMP', 3, 2)));
    expect(reservation.lines).toMatchObject([{ shipped: 2, told: 2, reserved: 1 }]);
    expect(counts(shelf, 'LAMP')).toBe('3 / 1');
    expect(told).toEqual(['stock.reserved']);
  });

  test('takes nothing more when Amazon knew before', () => {
    const shelf = aShelf({ LAMP: 5 });
    play(shelf, reserve(want('LAMP', 3)), follow(2, want('LAMP', 3, 3)), parcel(1, { LAMP: 2 }), parcel(1, { LAMP: 1 }, 'parcel-2'));
    expect(counts(shelf, 'LAMP')).toBe('2 / 0');
  });

  test('is what was said about it last, whatever comes first', () => {
    const shelf = aShelf({ LAMP: 5 });
    const { reservation, told } = play(
      shelf,
      reserve(want('LAMP', 3)),
      parcel(2, { LAMP: 3 }),
      parcel(1, { LAMP: 1 }),
      parcel(2, { LAMP: 2 }),
    );
    expect(reservation.lines).toMatchObject([{ shipped: 3, reserved: 0 }]);
    expect(told).toEqual(['stock.reserved', 'already-done', 'already-done']);
    expect(counts(shelf, 'LAMP')).toBe('2 / 0');
  });

  test('that holds less after a correction leaves the rest set aside', () => {
    const shelf = aShelf({ LAMP: { at: { main: 2, attic: 3 } } });
    const { reservation } = play(shelf, reserve(want('LAMP', 4)), parcel(1, { LAMP: 4 }), parcel(2, { LAMP: 1 }));
    expect(places(reservation)).toEqual([
      { location: 'main', reserved: 1, shipped: 1, returned: 0 },
      { location: 'attic', reserved: 2, shipped: 0, returned: 0 },
    ]);
    expect(counts(shelf, 'LAMP')).toBe('4 / 3');
  });

  test('that is voided puts its units back: set aside while the order wants them', () => {
    const shelf = aShelf({ LAMP: { enabled: true, onHand: 2 } });
    const { reservation, told } = play(shelf, reserve(want('LAMP', 2)), parcel(1, { LAMP: 2 }), voided(2));
    expect(reservation).toMatchObject({ status: 'reserved', lines: [{ shipped: 0, reserved: 2, fromStock: true }] });
    expect(counts(shelf, 'LAMP')).toBe('2 / 2');
    expect(told).toEqual(['stock.reserved']);
    expect(shelf.movements.map(({ reason, deltaOnHand, deltaReserved }) => [reason, deltaOnHand, deltaReserved])).toEqual([
      ['reserved', 0, 2],
      ['shipped', -2, -2],
      ['voided', 2, 0],
      ['reserved', 0, 2],
    ]);
  });

  test('that is voided puts them back where they lay, although nothing new would be set aside there', () => {
    const open = aShelf({ LAMP: { at: { shop: 2, main: 5 } } });
    const { reservation } = play(open, reserve(want('LAMP', 2)), parcel(1, { LAMP: 2 }));
    const shelf = aShelf({ LAMP: { at: { shop: { locationEnabled: false }, main: { onHand: 5, enabled: false } } } });
    const after = play(shelf, { from: reservation }, voided(2));
    expect(after.reservation).toMatchObject({ status: 'reserved', lines: [{ reserved: 2 }] });
    expect([counts(shelf, 'LAMP', 'shop'), counts(shelf, 'LAMP', 'main')]).toEqual(['2 / 2', '5 / 0']);
  });

  test('that is voided after the order was canceled puts them onto the shelf', () => {
    const shelf = aShelf({ LAMP: 2 });
    const { reservation } = play(shelf, reserve(want('LAMP', 2)), parcel(1, { LAMP: 2 }), release, voided(2));
    expect(reservation).toMatchObject({ status: 'released', lines: [{ shipped: 0, reserved: 0 }] });
    expect(counts(shelf, 'LAMP')).toBe('2 / 0');
  });

  test('that is voided brings back what left and no more: the count was wrong before', () => {
    const shelf = aShelf({ LAMP: 1 });
    const { reservation } = play(shelf, reserve(want('LAMP', 3)), parcel(1, { LAMP: 3 }), voided(2));
    expect(counts(shelf, 'LAMP')).toBe('1 / 1');
    expect(reservation).toMatchObject({ status: 'short', missing: [{ wanted: 3, available: 1 }] });
  });

  test('of a product whose stock is not managed moves nothing', () => {
    const shelf = aShelf({ GIFT: { manageStock: false } });
    const { reservation } = play(shelf, reserve(want('GIFT', 3)), parcel(1, { GIFT: 2 }), voided(2));
    expect(reservation.lines).toMatchObject([{ reserved: 3, fromStock: false, allocations: [] }]);
    expect(shelf.movements).toEqual([]);
  });

  test('of a line that is not known yet counts as soon as it is', () => {
    const shelf = aShelf({ LAMP: 5, CUP: 5 });
    play(shelf, reserve(want('LAMP', 1)), parcel(1, { CUP: 2 }), follow(2, want('LAMP', 1), want('CUP', 2)));
    expect(counts(shelf, 'CUP')).toBe('3 / 0');
  });
});

describe('units that come back', () => {
  test('go to where they left from', () => {
    const shelf = aShelf({ LAMP: { at: { main: 1, attic: 2 } } });
    const { reservation } = play(
      shelf,
      reserve(want('LAMP', 3)),
      parcel(1, { LAMP: 3 }),
      restock({ LAMP: 2 }),
      restock({ LAMP: 1 }, 'return-2'),
    );
    expect([counts(shelf, 'LAMP', 'main'), counts(shelf, 'LAMP', 'attic')]).toEqual(['1 / 0', '2 / 0']);
    expect(reservation.lines).toMatchObject([{ shipped: 3, reserved: 0 }]);
    expect(shelf.movements.slice(-1)).toMatchObject([{ reason: 'returned', deltaOnHand: 1, deltaReserved: 0 }]);
  });

  test('without having left from a shelf of ours go to the main one', () => {
    const shelf = aShelf({ LAMP: { at: { attic: 0, main: 0 } } });
    play(shelf, reserve(want('LAMP', 2, 2)), restock({ LAMP: 2 }));
    expect([counts(shelf, 'LAMP', 'main'), counts(shelf, 'LAMP', 'attic')]).toEqual(['2 / 0', '0 / 0']);
  });

  test('go to the main location when theirs has been removed since', () => {
    const before = aShelf({ LAMP: { at: { attic: 2, main: 0 } } });
    const { reservation } = play(before, reserve(want('LAMP', 2)), parcel(1, { LAMP: 2 }));
    const shelf = aShelf({ LAMP: 0 });
    play(shelf, { from: reservation }, restock({ LAMP: 1 }), voided(2));
    expect(counts(shelf, 'LAMP')).toBe('3 / 2');
  });

  test('come back once', () => {
    const shelf = aShelf({ LAMP: 3 });
    const { told } = play(shelf, reserve(want('LAMP', 1)), parcel(1, { LAMP: 1 }), restock({ LAMP: 1 }), restock({ LAMP: 1 }));
    expect(told).toEqual(['stock.reserved', 'already-done']);
    expect(counts(shelf, 'LAMP')).toBe('3 / 0');
  });

  test('of a line that is not known yet wait for it', () => {
    expect(play(aShelf({ LAMP: 3 }), reserve(want('LAMP', 1)), restock({ CUP: 1 })).told).toEqual(['stock.reserved', 'too-early']);
  });
});

describe('whatever is done', () => {
  const step = fc.oneof(
    fc
      .record({ revision: fc.nat(4), id: fc.nat(2), units: fc.nat(4) })
      .map(({ revision, id, units }) => parcel(revision, { LAMP: units }, `p-${id}`)),
    fc
      .record({ version: fc.nat(9), ordered: fc.nat(9), shipped: fc.nat(9) })
      .map(({ version, ordered, shipped }) => follow(version, want('LAMP', ordered, shipped))),
    fc.nat(3).map((units) => restock(units > 0 ? { LAMP: units } : {}, `r-${units}`)),
    fc.constant(release),
    fc.constant({ type: 'retry' } as const),
  );

  test('a line holds what it holds at its locations, and these hold what all movements say', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 12 }),
        fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
        (steps, [main = 0, attic = 0, shop = 0]) => {
          const start = { main, attic, shop: { onHand: shop, locationEnabled: false } };
          const shelf = aShelf({ LAMP: { at: start } });
          const { reservation } = play(shelf, reserve(want('LAMP', 5)), ...steps);
          const [line] = reservation.lines;
          const sum = (kind: 'reserved' | 'shipped') => line?.allocations.reduce((units, one) => units + one[kind], 0);
          expect(sum('reserved')).toBe(line?.reserved);
          expect(counts(shelf, 'LAMP')).toBe(`${main + attic + shop + moved('deltaOnHand', shelf)} / ${line?.reserved}`);
          expect(moved('deltaReserved', shelf)).toBe(line?.reserved);
          expect(sum('shipped')).toBeLessThanOrEqual(line?.shipped ?? 0);
        },
      ),
      { numRuns: 500 },
    );
  });

  const moved = (kind: 'deltaOnHand' | 'deltaReserved', { movements }: ReturnType<typeof aShelf>) =>
    movements.reduce((units, movement) => units + movement[kind], 0);
});
