import { describe, expect, test } from '@jest/globals';
import { about, after, aLine, anOrder, aSnapshot, invoiceId, missing, orderId, seen, surroundings } from '../../test/builders.ts';
import { parcelId } from '../../test/streams.ts';
import { decide, mayCreate } from './decide.ts';
import { moneyOf } from './money.ts';
import type { Command, Order, OrderState } from './order.ts';
import { noUnits } from './quantities.ts';
import { defaultSettings } from './settings.ts';

const given = (order: Order | undefined) => ({
  when: (command: Command) => {
    const decision = decide(order, command, about, surroundings);
    return {
      thenIs: (state: Partial<OrderState>, ...events: readonly [type: string, data: object][]) => {
        expect(decision).toMatchObject({ state });
        const happened = 'events' in decision ? decision.events.map((event) => [event.definition.type, event.data]) : [];
        expect(happened).toEqual(events.map(([type, data]) => [type, expect.objectContaining(data)]));
        for (const event of 'events' in decision ? decision.events : []) event.definition.schema.parse(event.data);
      },
      thenRefused: (refused: string) => expect(decision).toMatchObject({ refused }),
    };
  },
});
const identity = { orderId, number: '000000042', amazonOrderId: '111-0000001-0000001' };

describe('an order that we ship', () => {
  test('is remembered while Amazon holds it back, and has no number yet', () => {
    given(undefined)
      .when(seen(aSnapshot({ status: 'pending', lines: [] })))
      .thenIs({ state: 'pending', number: null, stock: 'none' });
  });

  test('becomes an order when Amazon lets us ship, and waits for its stock', () => {
    given(anOrder('pending'))
      .when(seen(aSnapshot(), 2))
      .thenIs({ state: 'new', number: '000000042', stock: 'waiting', amazonVersion: 2 }, [
        'order.created',
        { ...identity, fulfilledBy: 'merchant', lines: [aLine()], totals: { currency: 'USD', grandTotalMinor: 2600, tipMinor: 0 } },
      ]);
  });

  test('that is seen first when it was shipped already is created complete, and says so', () => {
    given(undefined)
      .when(seen(aSnapshot({ status: 'shipped' })))
      .thenIs({ state: 'complete', stock: 'waiting' }, ['order.created', identity], ['order.updated', { ...identity, status: 'complete' }]);
  });

  test("that was canceled before it was an order is nobody else's business", () => {
    given(anOrder('pending'))
      .when(seen(aSnapshot({ status: 'canceled' }), 2))
      .thenIs({ state: 'canceled', number: null });
  });

  test('without totals is created without totals', () => {
    const { totals: _, ...replacement } = aSnapshot({ replaces: '111-0000000-0000009' });
    given(undefined)
      .when(seen(replacement))
      .thenIs({ currency: null, grandTotalMinor: null }, ['order.created', { replaces: '111-0000000-0000009' }]);
    expect(after(seen(replacement)).tipMinor).toBeNull();
  });
});

describe('an order that Amazon ships', () => {
  test('is not an order before it is shipped', () => {
    given(undefined)
      .when(seen(aSnapshot({ fulfilledBy: 'amazon', status: 'unshipped' })))
      .thenIs({ state: 'pending', number: null });
  });

  test('is created complete, and asks for no stock', () => {
    given(undefined)
      .when(seen(aSnapshot({ fulfilledBy: 'amazon', status: 'shipped' })))
      .thenIs(
        { state: 'complete', stock: 'none' },
        ['order.created', { fulfilledBy: 'amazon' }],
        ['order.updated', { status: 'complete' }],
      );
  });
});

describe('a later snapshot', () => {
  test('that shows something else is passed on as a whole', () => {
    const lines = [aLine({ quantity: 1 })];
    given(anOrder('processing'))
      .when(seen(aSnapshot({ lines }), 2))
      .thenIs({ state: 'processing', lines, amazonVersion: 2 }, ['order.updated', { ...identity, status: 'processing', lines }]);
  });

  test('that shows the same, in another spelling of the time, tells nobody; its version is remembered', () => {
    const shipBy = { from: '2026-03-02T08:00:00.000Z', to: '2026-03-04T08:00:00.000Z' };
    given(anOrder('new'))
      .when(seen(aSnapshot({ shipBy, updatedAt: '2026-03-01T11:00:00Z' }), 5))
      .thenIs({ amazonVersion: 5 });
  });

  test('with a status that we do not know changes no status, and is kept', () => {
    given(anOrder('processing'))
      .when(seen(aSnapshot({ status: 'unknown' }), 2))
      .thenIs({ state: 'processing', amazonStatus: 'unknown' });
  });

  test('that arrives twice is done already', () => {
    given(anOrder('new')).when(seen(aSnapshot(), 1)).thenRefused('already-done');
  });

  test('that says shipped completes the order, even a blocked one: it was shipped elsewhere', () => {
    given(anOrder('blocked'))
      .when(seen(aSnapshot({ status: 'shipped' }), 2))
      .thenIs({ state: 'complete' }, ['order.updated', { status: 'complete' }], ['order.attention_cleared', { cause: 'stock-missing' }]);
  });

  test('that says canceled cancels with the reason the buyer gave', () => {
    given(anOrder('processing'))
      .when(seen(aSnapshot({ status: 'canceled', cancelRequested: { reason: 'ordered by mistake' } }), 2))
      .thenIs({ state: 'canceled' }, ['order.canceled', { ...identity, reason: 'the buyer asked for it: ordered by mistake' }]);
  });

  test('that says canceled after shipped cancels, and says that the goods are gone', () => {
    given(anOrder('complete'))
      .when(seen(aSnapshot({ status: 'canceled' }), 3))
      .thenIs({ state: 'canceled' }, ['order.canceled', { reason: 'canceled at Amazon after it was shipped' }]);
  });
});

describe('an older snapshot that arrives late', () => {
  test('changes no facts', () => {
    const order = after(seen(aSnapshot({ lines: [aLine({ quantity: 1 })] }), 3));
    given(order)
      .when(seen(aSnapshot({ lines: [aLine({ quantity: 1, title: 'Mug' })] }), 2))
      .thenRefused('already-done');
  });

  test('still tells how many units were ever ordered: those that are missing now were canceled', () => {
    const order = after(seen(aSnapshot({ lines: [aLine({ quantity: 1 })] }), 3));
    given(order)
      .when(seen(aSnapshot({ lines: [aLine({ quantity: 5 })] }), 2))
      .thenIs({ lines: order.lines, ledger: { '10000000000001': { ...noUnits, ordered: 5, canceled: 4 } } });
  });

  test('still makes it an order, with the newer facts, when the newer one could not tell', () => {
    const order = after(seen(aSnapshot({ status: 'unknown', lines: [aLine({ quantity: 1 })] }), 2));
    given(order)
      .when(seen(aSnapshot({ status: 'unshipped' }), 1))
      .thenIs({ state: 'new', amazonStatus: 'unknown', amazonVersion: 2 }, ['order.created', { lines: [aLine({ quantity: 1 })] }]);
  });
});

describe('stock', () => {
  test('that is reserved starts the processing of a blocked order, which no longer says what it waits for', () => {
    given(anOrder('blocked'))
      .when({ type: 'stock-reserved', version: 2 })
      .thenIs(
        { state: 'processing', blockReasons: [], stock: 'reserved' },
        ['order.processing_started', identity],
        ['order.attention_cleared', { cause: 'stock-missing' }],
      );
  });

  test('that is missing blocks, with the reasons', () => {
    given(anOrder('new'))
      .when({ type: 'stock-short', missing: [missing()], version: 1 })
      .thenIs(
        { state: 'blocked', stock: 'short' },
        ['order.blocked', { ...identity, reasons: [missing()] }],
        ['order.attention_raised', { cause: 'stock-missing' }],
      );
  });

  test('that is missing for another reason is told again; for the same one it is not', () => {
    const reasons = [missing({ cause: 'disabled' })];
    given(anOrder('blocked'))
      .when({ type: 'stock-short', missing: reasons, version: 2 })
      .thenIs({ blockReasons: reasons }, ['order.blocked', { reasons }]);
    given(anOrder('blocked'))
      .when({ type: 'stock-short', missing: [missing()], version: 2 })
      .thenIs({ stockVersion: 2 });
  });

  test('whose answers were reordered ends with the last one given', () => {
    given(anOrder('processing'))
      .when({ type: 'stock-short', missing: [missing()], version: 1 })
      .thenRefused('already-done');
  });

  test('that is released sends a living order back to waiting', () => {
    given(anOrder('processing'))
      .when({ type: 'stock-released', version: 2 })
      .thenIs({ state: 'new', stock: 'released' }, ['order.updated', { status: 'new' }]);
  });

  test('of a canceled order is remembered and changes nothing', () => {
    given(anOrder('canceled')).when({ type: 'stock-released', version: 1 }).thenIs({ state: 'canceled', stock: 'released' });
  });
});

describe('an invoice', () => {
  const document = { documentId: invoiceId, number: '000000007', totalMinor: 2600, lines: null };
  const issued: Command = { type: 'invoice-issued', ...document };
  const canceled: Command = { type: 'invoice-canceled', ...document };
  const billed = { kind: 'invoice', number: '000000007', totalMinor: 2600, lines: null, canceled: false } as const;
  const units = (order: Order) => order.ledger['10000000000001']?.invoiced;

  test('is noted with the order, and its cancellation too', () => {
    given(anOrder('new'))
      .when(issued)
      .thenIs({ billed: { [invoiceId]: billed } });
    const known = after(seen(aSnapshot(), 1), issued);
    expect(units(known)).toBe(2);
    given(known)
      .when(canceled)
      .thenIs({ billed: { [invoiceId]: { ...billed, canceled: true } } });
  });

  test('that is heard of after its cancellation stays canceled', () => {
    given(after(seen(aSnapshot(), 1), canceled))
      .when(issued)
      .thenRefused('already-done');
  });

  test('of some units leaves the others to be invoiced by the next', () => {
    const lines = [{ lineId: '10000000000001', quantity: 1 }];
    const first = after(seen(aSnapshot(), 1), { ...issued, lines, totalMinor: 1300 });
    expect([units(first), moneyOf(first).dueMinor]).toEqual([1, 1300]);
    const second = after(
      seen(aSnapshot(), 1),
      { ...issued, lines, totalMinor: 1300 },
      { ...issued, documentId: parcelId, lines, totalMinor: 1300 },
    );
    expect([units(second), moneyOf(second).dueMinor]).toEqual([2, 0]);
  });

  test('that is corrected is owed as far as it is right', () => {
    const corrected = after(seen(aSnapshot(), 1), issued, {
      ...document,
      type: 'invoice-corrected',
      documentId: parcelId,
      totalMinor: 600,
    });
    expect(moneyOf(corrected)).toMatchObject({ invoicedMinor: 2000, refundableMinor: 2000 });
  });
});

describe('a number', () => {
  test('may be needed by what can make it an order, and by nothing else', () => {
    const always = (command: Command) => mayCreate(command, defaultSettings);
    expect(always(seen(aSnapshot({ status: 'unshipped' })))).toBe(true);
    expect(always(seen(aSnapshot({ status: 'unshipped', fulfilledBy: 'amazon' })))).toBe(false);
    expect(always(seen(aSnapshot({ status: 'shipped', fulfilledBy: 'amazon' })))).toBe(true);
    expect(always(seen(aSnapshot({ status: 'canceled' })))).toBe(false);
    expect(always({ type: 'reconsider' })).toBe(true);
    expect(always({ type: 'stock-reserved', version: 1 })).toBe(false);
    expect(mayCreate({ type: 'stock-reserved', version: 1 }, { ...defaultSettings, admission: 'strict' })).toBe(true);
  });
});
