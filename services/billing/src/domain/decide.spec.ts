import { describe, expect, test } from '@jest/globals';
import { about, billing, crediting, hearing, type Life, lifeOf, opening, sending } from '../../test/life.ts';
import { aLine, amounts, totals } from '../../test/orders.ts';
import { lifecycle } from './decide.ts';
import type { BillingCommand, BillingStatus } from './order-billing.ts';
import { totalsDiffer } from './order-billing.ts';

const two = { lines: [aLine({ quantity: 2 })] };
const memoId = '1f0f5d0c-7d1d-5b7a-a5ad-0f6a5f0a1f0a';

/** An order that somebody wanted one unit of back, which Amazon refused. */
const withRefusal = (life: Life): Life => {
  life.tell(crediting({ lines: [{ lineId: '40000000000001', quantity: 1 }] }, { memoId }));
  life.tell(hearing(memoId, 'refuse'));
  return life;
};

const partly = (): Life => {
  const life = lifeOf(two, { invoicing: 'manual' });
  life.tell(billing([['40000000000001', 1]]));
  return withRefusal(life);
};

const states: Record<'unknown' | BillingStatus, () => Life> = {
  unknown: () => lifeOf('unheard-of'),
  open: partly,
  invoiced: () => withRefusal(lifeOf(two)),
  'not-needed': () => lifeOf({ programs: ['invoice-by-amazon'] }),
  review: () => lifeOf({ totals: totals(1) }),
  canceled: () => {
    const life = withRefusal(lifeOf({ ...two, lines: [aLine({ quantity: 2, quantityShipped: 1 })] }));
    life.tell(commands.cancel);
    return life;
  },
};

const commands = {
  open: opening(),
  update: { type: 'update', orderVersion: 2, totals: totals(2_499, 500), lines: two.lines, complete: false },
  cancel: { type: 'cancel', orderVersion: 3, reason: 'no stock', at: '2026-05-04T10:00:00.000Z' },
  rename: { type: 'rename', orderVersion: 4, number: 'EU-000000012' },
  'cancel-units': {
    ...{ type: 'cancel-units', cancellationId: memoId, reason: 'no-inventory', at: '2026-05-04T10:00:00.000Z' },
    lines: [{ lineId: '40000000000001', quantity: 1 }],
  },
  ship: sending('p-1', 1, [['40000000000001', 1]]),
  bill: billing(),
  credit: crediting({ lines: [{ lineId: '40000000000001', quantity: 1 }] }),
  retry: { type: 'retry', memoId, actor: { kind: 'person', name: 'Ada' } },
  hear: hearing(memoId, 'accept'),
  doubt: { type: 'doubt', doubt: { commandId: memoId, since: '2026-05-04T10:00:00.000Z', words: 'No answer' } },
  upload: { type: 'upload', documentId: memoId },
  'hear-upload': { type: 'hear-upload', documentId: memoId, attempt: 0 },
} as const satisfies { [Type in BillingCommand['type']]: BillingCommand };

const unknown = 'too-early';
/** What each command leads to: a status with the events that tell of it, or a refusal. */
const table: Record<keyof typeof states, Record<keyof typeof commands, string>> = {
  unknown: {
    ...{ open: 'invoiced + invoice.issued', update: unknown, cancel: unknown, rename: unknown, 'cancel-units': unknown, ship: unknown },
    ...{ bill: unknown, credit: unknown, retry: unknown, hear: unknown, doubt: unknown, upload: unknown, 'hear-upload': unknown },
  },
  open: {
    ...{ open: 'already-done', update: 'open', cancel: 'canceled + invoice.canceled', rename: 'open', 'cancel-units': 'invoiced' },
    ...{ ship: 'open', bill: 'invoiced + invoice.issued', credit: 'open + refund.requested', retry: 'open + refund.requested' },
    ...{ hear: 'open + credit_memo.issued', doubt: 'already-done', upload: 'not-allowed', 'hear-upload': 'open' },
  },
  invoiced: {
    ...{ open: 'already-done', update: 'invoiced', cancel: 'canceled + invoice.canceled', rename: 'invoiced' },
    ...{ 'cancel-units': 'invoiced + credit_memo.issued', ship: 'invoiced', bill: 'not-allowed', credit: 'invoiced + refund.requested' },
    ...{ retry: 'invoiced + refund.requested', hear: 'invoiced + credit_memo.issued', doubt: 'already-done', upload: 'not-allowed' },
    ...{ 'hear-upload': 'invoiced' },
  },
  'not-needed': {
    ...{ open: 'already-done', update: 'not-needed', cancel: 'canceled', rename: 'not-needed', 'cancel-units': 'not-needed' },
    ...{ ship: 'not-needed', bill: 'not-allowed', credit: 'not-allowed', retry: 'not-allowed', hear: unknown, doubt: 'already-done' },
    ...{ upload: 'not-allowed', 'hear-upload': unknown },
  },
  review: {
    ...{ open: 'already-done', update: 'review', cancel: 'canceled', rename: 'review', 'cancel-units': 'review', ship: 'review' },
    ...{ bill: 'not-allowed', credit: 'not-allowed', retry: 'not-allowed', hear: unknown, doubt: 'already-done', upload: 'not-allowed' },
    ...{ 'hear-upload': unknown },
  },
  canceled: {
    ...{ open: 'already-done', update: 'already-done', cancel: 'already-done', rename: 'canceled', 'cancel-units': 'already-done' },
    ...{ ship: 'already-done', bill: 'not-allowed', credit: 'not-allowed', retry: 'not-allowed', hear: 'canceled + credit_memo.issued' },
    ...{ doubt: 'already-done', upload: 'not-allowed', 'hear-upload': 'canceled' },
  },
};

const cells = Object.keys(lifecycle).flatMap((state) => Object.keys(commands).map((command) => [state, command] as const)) as [
  keyof typeof states,
  keyof typeof commands,
][];

describe('billing of an order', () => {
  test.each(cells)('%s: %s', (state, command) => {
    const life = states[state]();
    const outcome = life.tell(commands[command]);
    const refused = ['already-done', 'too-early', 'not-allowed'].includes(outcome[0] as string);
    expect(refused ? outcome[0] : [life.order().status, ...outcome].join(' + ')).toBe(table[state][command]);
  });

  test('derives the id of its first invoice, so that it can never be issued a second time under another one', () => {
    expect(lifeOf().order().invoiceId).toBe(lifeOf().order().invoiceId);
  });

  test('enters the document with the number that it has taken, and takes none when there is no document', () => {
    const { book, tell } = lifeOf({ totals: totals(1) });
    tell(opening());
    expect(book.entered).toEqual([]);
    expect(book.nextNumber('invoice', 'store-1', null).number).toBe('000000001');
    expect(lifeOf().book.entered).toMatchObject([{ number: '000000001', tenant: 'store-1', orderId: about.id, totalMinor: 1_999 }]);
  });

  test('bears the new number of the order on later documents', () => {
    const life = lifeOf(two, { invoicing: 'manual' });
    life.tell(commands.rename);
    expect(life.tell({ ...commands.rename, orderVersion: 3, number: 'OLD' })).toEqual(['already-done']);
    life.tell(billing());
    expect(life.book.entered).toMatchObject([{ orderNumber: 'EU-000000012' }]);
  });
});

describe('the amount due', () => {
  test('follows the newest totals, whatever comes first', () => {
    const life = lifeOf();
    life.tell({ ...commands.update, orderVersion: 3, totals: totals(1_500) });
    expect(life.tell(commands.update)).toEqual(['already-done']);
    expect(life.order()).toMatchObject({ dueMinor: 1_500, invoicedMinor: 1_999 });
  });

  test('stays when a snapshot tells no totals', () => {
    expect(lifeOf().tell({ ...commands.update, totals: undefined })).toEqual(['already-done']);
  });

  test('differs from the invoiced one when a tip comes late, and not when Amazon issues the invoice or it is still to be billed', () => {
    const late = lifeOf();
    late.tell(commands.update);
    expect(totalsDiffer(late.order())).toBe(true);
    expect(totalsDiffer(lifeOf().order())).toBe(false);
    expect(totalsDiffer(states['not-needed']().order())).toBe(false);
    expect(totalsDiffer(partly().order())).toBe(false);
    expect(totalsDiffer(states.canceled().order())).toBe(false);
  });
});

describe('an invoice by hand', () => {
  const why = (life: Life) => life.tell(billing())[1];

  test('is refused in words', () => {
    expect(why(lifeOf())).toBe('nothing is left to be billed');
    expect(why(states['not-needed']())).toBe('Amazon issues the invoice of this order');
    expect(why(states.review())).toBe('its money does not add up: lines 1999, tip 0, Amazon says 1');
    expect(why(states.canceled())).toBe('the order is canceled: this is not possible');
    expect(lifeOf(two, { invoicing: 'manual' }).tell(billing([['40000000000001', 3]]))[1]).toBe(
      'line 40000000000001: 2 can be billed, not 3',
    );
    expect(lifeOf(two, { invoicing: 'manual' }).tell(billing([['7', 1]]))[1]).toBe('line 7: not a line of this order');
  });

  test('is possible for an order in review once newer figures add up', () => {
    const life = states.review();
    life.tell({ ...commands.update, totals: totals(1_999), lines: [aLine()] });
    expect(life.tell(billing())).toEqual(['invoice.issued']);
    expect(life.order()).toMatchObject({ status: 'invoiced', reason: null, detail: null, invoicedMinor: 1_999 });
  });

  test('bills a late tip by itself, and it names no units', () => {
    const life = lifeOf(two);
    life.tell(commands.update);
    expect(life.tell(billing())).toEqual(['invoice.issued']);
    expect(life.book.entered[1]).toMatchObject({ lines: [], tipMinor: 500, totalMinor: 500 });
    expect(life.events.at(-1)).toMatchObject({ data: { lines: [] } });
    expect(totalsDiffer(life.order())).toBe(false);
  });

  test('does not bill less than nothing: a correction gives back', () => {
    const life = lifeOf({ lines: [aLine({ amounts: amounts(1_999) })] });
    life.tell({ ...commands.update, totals: totals(1_500), lines: [aLine({ amounts: amounts(1_500) })] });
    expect(why(life)).toBe('4.99 EUR more was billed than is due: a correction gives it back, not an invoice');
  });
});
