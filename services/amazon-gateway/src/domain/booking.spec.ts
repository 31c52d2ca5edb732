import { describe, expect, test } from '@jest/globals';
import { matchBookings, type Transaction, type Unbooked } from './booking.ts';
import { bookingPatience } from './booking-patience.ts';

const at = (minute: number): string => new Date(Date.UTC(2026, 2, 2, 12, minute)).toISOString();
const refund = (commandId: string, changes: Partial<Unbooked> = {}): Unbooked => ({
  ...{ commandId, currency: 'EUR', amountMinor: 500, since: at(0), acceptedAt: at(10) },
  ...changes,
});
const transaction = (transactionId: string, changes: Partial<Transaction> = {}): Transaction => ({
  ...{ transactionId, currency: 'EUR', settledAt: at(20), amountsMinor: [500] },
  ...changes,
});
const pairs = (...[refunds, transactions, taken = []]: [Unbooked[], Transaction[], string[]?]) =>
  Object.fromEntries(
    matchBookings(refunds, transactions, new Set(taken)).map(({ commandId, booking }) => [commandId, booking.transactionId]),
  );

describe('a transaction in the books', () => {
  test('settles the refund of its amount and currency, and no other', () => {
    expect(pairs([refund('a')], [transaction('t')])).toEqual({ a: 't' });
    expect(pairs([refund('a')], [transaction('t', { amountsMinor: [499] })])).toEqual({});
    expect(pairs([refund('a')], [transaction('t', { currency: 'GBP' })])).toEqual({});
    expect(pairs([refund('a')], [transaction('t', { amountsMinor: [575, 500] })])).toEqual({ a: 't' });
  });

  test('settles one refund: equal ones in the order in which they were accepted, one in doubt last', () => {
    const refunds = [refund('doubtful', { acceptedAt: null }), refund('later', { acceptedAt: at(12) }), refund('first')];
    const [early, late] = [transaction('t-1'), transaction('t-2', { settledAt: at(30) })];
    expect(pairs(refunds, [late])).toEqual({ first: 't-2' });
    expect(pairs(refunds, [late, early])).toEqual({ first: 't-1', later: 't-2' });
    expect(pairs(refunds, [late, early, transaction('t-3', { settledAt: at(40) })])).toEqual({
      first: 't-1',
      later: 't-2',
      doubtful: 't-3',
    });
  });

  test('that has settled one, or that is older than the wish, settles none', () => {
    expect(pairs([refund('a')], [transaction('t')], ['t'])).toEqual({});
    expect(pairs([refund('a', { since: at(30) })], [transaction('t')])).toEqual({});
    expect(pairs([refund('a', { since: at(24) })], [transaction('t')])).toEqual({ a: 't' });
  });

  test('that comes on two pages is one', () => {
    expect(pairs([refund('a'), refund('b')], [transaction('t'), transaction('t')])).toEqual({ a: 't' });
  });
});

test('the books are looked into less and less often, at least every six hours, for 14 days', () => {
  const patience = bookingPatience(900_000);
  const waits = Array.from({ length: 100 }, (_, looks) => patience(looks)).filter((ms) => ms !== undefined);
  expect(waits.every((ms, n) => ms >= (waits[n - 1] ?? 0) && ms <= 6 * 3_600_000)).toBe(true);
  expect(waits[0]).toBe(15 * 60_000);
  const days = waits.reduce((sum, ms) => sum + ms, 0) / 86_400_000;
  expect(days).toBeGreaterThan(13);
  expect(days).toBeLessThan(15);
});
