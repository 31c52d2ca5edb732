import { describe, expect, test } from '@jest/globals';
import { follow, orderId, parcel, play, release, reserve, restock, retry, want } from '../../test/play.ts';
import { aShelf, counts } from '../../test/world.ts';
import type { ReservationCommand, ReservationStatus, WantedLine } from './reservation.ts';
import { decide, lifecycle } from './reserve.ts';

describe('every state answers every command', () => {
  const states: Record<'unknown' | ReservationStatus, ReservationCommand[]> = {
    unknown: [],
    reserved: [reserve(want('LAMP', 1))],
    short: [reserve(want('CUP', 1))],
    released: [reserve(want('LAMP', 1)), release],
    'not-needed': [{ ...reserve(want('LAMP', 1)), fulfilledBy: 'amazon' }],
  };
  const commands = {
    ...{ reserve: { ...reserve(want('LAMP', 1)), orderVersion: 2 }, follow: follow(2, want('LAMP', 1)), release, retry },
    ...{ parcel: parcel(1, { LAMP: 1 }), restock: restock({}) },
  };
  const table: Record<keyof typeof states, Record<keyof typeof commands, string>> = {
    unknown: {
      ...{ reserve: 'reserved + stock.reserved', follow: 'too-early', release: 'too-early', retry: 'already-done' },
      ...{ parcel: 'too-early', restock: 'too-early' },
    },
    reserved: {
      ...{ reserve: 'reserved + stock.reserved', follow: 'reserved', release: 'released + stock.released', retry: 'already-done' },
      ...{ parcel: 'reserved', restock: 'reserved' },
    },
    // The lamp is there, the cup is wanted no more; and in the last cell the cup has come.
    short: {
      reserve: 'reserved + stock.reserved',
      follow: 'reserved + stock.reserved',
      release: 'released + stock.released',
      retry: 'reserved + stock.reserved',
      parcel: 'reserved + stock.reserved',
      restock: 'short',
    },
    released: {
      ...{ reserve: 'already-done', follow: 'released', release: 'already-done', retry: 'already-done' },
      ...{ parcel: 'released', restock: 'released' },
    },
    'not-needed': {
      ...{ reserve: 'already-done', follow: 'already-done', release: 'already-done', retry: 'already-done' },
      ...{ parcel: 'already-done', restock: 'already-done' },
    },
  };
  const cells = Object.keys(lifecycle).flatMap((state) => Object.keys(commands).map((command) => [state, command] as const)) as [
    keyof typeof states,
    keyof typeof commands,
  ][];

  test.each(cells)('%s: %s', (state, command) => {
    const before = states[state].length > 0 ? play(aShelf({ LAMP: 5, CUP: 0 }), ...states[state]).reservation : undefined;
    const decision = decide(before, commands[command], orderId, aShelf({ LAMP: { onHand: 5, reserved: 1 }, CUP: 1 }));
    const outcome =
      'refused' in decision ? decision.refused : [decision.state.status, ...decision.events.map((e) => e.definition.type)].join(' + ');
    expect(outcome).toBe(table[state][command]);
  });
});

describe('a line', () => {
  test('gets all of its units or none', () => {
    const shelf = aShelf({ LAMP: 2 });
    const { reservation, told } = play(shelf, reserve(want('LAMP', 3)));
    expect(reservation).toMatchObject({
      lines: [{ reserved: 0, short: true }],
      missing: [{ sku: 'LAMP', cause: 'out-of-stock', wanted: 3, available: 2 }],
    });
    expect(told).toEqual(['stock.short']);
    expect(counts(shelf, 'LAMP')).toBe('2 / 0');
  });

  test('and another one of the same product share what there is, the first one first', () => {
    const shelf = aShelf({ LAMP: 3 });
    const { reservation } = play(shelf, reserve(want('LAMP', 2, 0, 'a'), want('LAMP', 2, 0, 'b')));
    expect(reservation.lines).toMatchObject([{ reserved: 2 }, { reserved: 0, short: true }]);
    expect(reservation.missing).toEqual([{ sku: 'LAMP', cause: 'out-of-stock', wanted: 2, available: 1 }]);
  });

  test('that wants more later keeps what it has until there is enough', () => {
    const shelf = aShelf({ LAMP: 3 });
    const { reservation, told } = play(shelf, reserve(want('LAMP', 2)), follow(2, want('LAMP', 4)));
    expect(reservation).toMatchObject({ lines: [{ reserved: 2, short: true }], missing: [{ wanted: 4, available: 3 }] });
    expect(told).toEqual(['stock.reserved', 'stock.short']);
    shelf.move({ sku: 'LAMP', location: 'main', deltaOnHand: 1, deltaReserved: 0, reason: 'adjusted' });
    expect(decide(reservation, retry, orderId, shelf)).toMatchObject({ state: { status: 'reserved', lines: [{ reserved: 4 }] } });
    expect(counts(shelf, 'LAMP')).toBe('4 / 4');
  });

  test('that is partly shipped gives its units up one by one', () => {
    const shelf = aShelf({ LAMP: 5 });
    const { reservation, told } = play(shelf, reserve(want('LAMP', 3)), follow(2, want('LAMP', 3, 1)), follow(3, want('LAMP', 3, 3)));
    expect(reservation.lines).toMatchObject([{ reserved: 0, shipped: 3, short: false }]);
    expect(counts(shelf, 'LAMP')).toBe('2 / 0');
    expect(told).toEqual(['stock.reserved']);
  });

  test('that waited and was shipped all the same waits no more, and takes what is on hand at most', () => {
    const shelf = aShelf({ LAMP: 1 });
    const { reservation, told } = play(shelf, reserve(want('LAMP', 3)), follow(2, want('LAMP', 3, 3)));
    expect(reservation).toMatchObject({ status: 'reserved', missing: [] });
    expect(told).toEqual(['stock.short', 'stock.reserved']);
    expect(counts(shelf, 'LAMP')).toBe('0 / 0');
  });

  test('that was shipped before we knew the order takes nothing', () => {
    const shelf = aShelf({ LAMP: 5 });
    const { reservation } = play(shelf, reserve(want('LAMP', 3, 2)));
    expect(reservation.lines).toMatchObject([{ reserved: 1 }]);
    expect(counts(shelf, 'LAMP')).toBe('5 / 1');
  });

  test('of fewer shipped units than before brings the difference back', () => {
    const shelf = aShelf({ LAMP: 5 });
    play(shelf, reserve(want('LAMP', 3)), follow(2, want('LAMP', 3, 2)), follow(3, want('LAMP', 3, 1)));
    expect(counts(shelf, 'LAMP')).toBe('4 / 2');
  });

  test('that is gone from the order gives everything back', () => {
    const shelf = aShelf({ LAMP: 5, CUP: 5 });
    const { reservation } = play(shelf, reserve(want('LAMP', 3), want('CUP', 1)), follow(2, want('CUP', 1)));
    expect(reservation.lines).toMatchObject([{ ordered: 0, reserved: 0 }, { reserved: 1 }]);
    expect(counts(shelf, 'LAMP')).toBe('5 / 0');
  });

  test('that is new in the order, or of another product now, is set aside', () => {
    const shelf = aShelf({ LAMP: 5, CUP: 5 });
    const { reservation } = play(shelf, reserve(want('LAMP', 3, 0, 'a')), follow(2, want('CUP', 2, 0, 'a'), want('LAMP', 1, 0, 'b')));
    expect(reservation.lines).toMatchObject([
      { lineId: 'a', sku: 'CUP', reserved: 2 },
      { lineId: 'b', sku: 'LAMP', reserved: 1 },
    ]);
    expect([counts(shelf, 'LAMP'), counts(shelf, 'CUP')]).toEqual(['5 / 1', '5 / 2']);
  });

  test('gives its units back before another line of the same order looks for some', () => {
    const shelf = aShelf({ LAMP: 3 });
    const { reservation } = play(shelf, reserve(want('LAMP', 1, 0, 'a'), want('LAMP', 2, 0, 'b')), follow(2, want('LAMP', 3, 0, 'a')));
    expect(reservation).toMatchObject({ status: 'reserved', lines: [{ reserved: 3 }, { reserved: 0 }] });
  });
});

describe('a product whose stock is not managed', () => {
  test('is promised without limit, and its shipments are nobody’s business', () => {
    const shelf = aShelf({ GIFT: { manageStock: false } });
    const { reservation } = play(shelf, reserve(want('GIFT', 100)), follow(2, want('GIFT', 100, 40)));
    expect(reservation).toMatchObject({ status: 'reserved', lines: [{ reserved: 60, fromStock: false }] });
    expect(shelf.movements).toEqual([]);
  });

  test('and was managed before gives units back as soon as the line wants more', () => {
    const managed = aShelf({ LAMP: 2 });
    const { reservation } = play(managed, reserve(want('LAMP', 2)));
    const shelf = aShelf({ LAMP: { onHand: 2, reserved: 2, manageStock: false } });
    expect(decide(reservation, follow(2, want('LAMP', 3)), orderId, shelf)).toMatchObject({
      state: { lines: [{ reserved: 3, fromStock: false }] },
    });
    expect(counts(shelf, 'LAMP')).toBe('2 / 0');
  });

  test('and is managed later holds units only for what is ordered from then on', () => {
    const { reservation } = play(aShelf({ LAMP: { manageStock: false } }), reserve(want('LAMP', 2)));
    const shelf = aShelf({ LAMP: 3 });
    expect(decide(reservation, follow(2, want('LAMP', 3)), orderId, shelf)).toMatchObject({
      state: { lines: [{ reserved: 3, fromStock: true }] },
    });
    expect(counts(shelf, 'LAMP')).toBe('3 / 3');
  });
});

describe('units that are asked for before there is an order', () => {
  const again = (orderVersion: number, ...lines: WantedLine[]) => ({ ...reserve(...lines), orderVersion });

  test('are set aside, and what is said of them is said again to whoever asks again', () => {
    const shelf = aShelf({ LAMP: 1 });
    const { reservation, told } = play(shelf, reserve(want('LAMP', 2)), again(2, want('LAMP', 2)), again(3, want('LAMP', 1)));
    expect(told).toEqual(['stock.short', 'stock.short', 'stock.reserved']);
    expect(reservation).toMatchObject({ status: 'reserved', orderVersion: 3, lines: [{ reserved: 1 }] });
  });

  test('are not asked for again by a message that comes late or twice', () => {
    const { told } = play(aShelf({ LAMP: 5 }), again(2, want('LAMP', 1)), reserve(want('LAMP', 5)), again(2, want('LAMP', 1)));
    expect(told).toEqual(['stock.reserved', 'already-done', 'already-done']);
  });

  test('go back when it does not become an order, and are set aside once more when it does after all', () => {
    const shelf = aShelf({ LAMP: 2 });
    const { reservation } = play(shelf, reserve(want('LAMP', 2)), follow(2));
    expect([counts(shelf, 'LAMP'), reservation.lines]).toMatchObject(['2 / 0', [{ ordered: 0, reserved: 0 }]]);
    expect(decide(reservation, again(3, want('LAMP', 2)), orderId, shelf)).toMatchObject({ state: { lines: [{ reserved: 2 }] } });
    expect(counts(shelf, 'LAMP')).toBe('2 / 2');
  });
});

describe('a released reservation', () => {
  test('tells what it held', () => {
    const shelf = aShelf({ LAMP: 1, CUP: 0 });
    const { reservation } = play(shelf, reserve(want('LAMP', 1), want('CUP', 1)));
    expect(decide(reservation, release, orderId, shelf)).toMatchObject({
      state: { status: 'released', missing: [], lines: [{ reserved: 0 }, { reserved: 0, short: false }] },
      events: [{ data: { lines: [{ lineId: 'line-LAMP', sku: 'LAMP', quantity: 1 }] } }],
    });
    expect(counts(shelf, 'LAMP')).toBe('1 / 0');
  });
});

describe('a snapshot that arrives after the cancellation', () => {
  test('still takes what was shipped before out of the house, and sets nothing aside', () => {
    const shelf = aShelf({ LAMP: 5 });
    const { reservation, told } = play(
      shelf,
      reserve(want('LAMP', 3)),
      release,
      follow(2, want('LAMP', 3, 2)),
      follow(2, want('LAMP', 3, 2)),
    );
    expect(reservation).toMatchObject({ status: 'released', lines: [{ reserved: 0, shipped: 2 }] });
    expect(told).toEqual(['stock.reserved', 'stock.released', 'already-done']);
    expect(counts(shelf, 'LAMP')).toBe('3 / 0');
  });
});

describe('news', () => {
  test('is not that still too few units are there', () => {
    const { reservation } = play(aShelf({ LAMP: 0 }), reserve(want('LAMP', 3)));
    expect(decide(reservation, retry, orderId, aShelf({ LAMP: 2 }))).toEqual({ refused: 'already-done' });
  });

  test('is that another line has its units by now', () => {
    const { reservation } = play(aShelf({ LAMP: 0, CUP: 0 }), reserve(want('LAMP', 1), want('CUP', 1)));
    expect(decide(reservation, retry, orderId, aShelf({ LAMP: 1, CUP: 0 }))).toMatchObject({
      state: { status: 'short', missing: [{ sku: 'CUP' }] },
      events: [{ definition: { type: 'stock.short' }, data: { lines: [{ sku: 'LAMP', quantity: 1 }] } }],
    });
  });
});
