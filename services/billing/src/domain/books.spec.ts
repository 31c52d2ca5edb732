import { describe, expect, test } from '@jest/globals';
import type { LineTaxes } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { aLine, amounts } from '../../test/orders.ts';
import { type Billed, type BilledLine, entryOfCanceledInvoice, entryOfCreditMemo, entryOfInvoice, type JournalEntry } from './books.ts';
import { accounts, chart } from './chart-of-accounts.ts';

const line = (changes: Partial<BilledLine>): BilledLine => aLine(changes as object) as BilledLine;
const taxes = (included: boolean, parts: Partial<LineTaxes>): LineTaxes => ({
  ...{ included, itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, discountMinor: 0, otherMinor: 0 },
  ...parts,
});

const document = (lines: readonly BilledLine[], changes: Partial<Billed> = {}): Billed => {
  const tipMinor = changes.tipMinor ?? 0;
  return {
    ...{ documentId: '5d0b3c1e-8f58-5a86-9e0e-2f4fd1c2a111', number: '000000007', orderId: '7d3f6f0e-54a3-5d4b-9d62-0a1b8d0a7c11' },
    ...{ tenant: 'store-1', currency: 'EUR', lines, tipMinor },
    totalMinor: lines.reduce((sum, { amounts }) => sum + amounts.totalMinor, tipMinor),
    ...changes,
  };
};

const posted = ({ lines }: JournalEntry): string[] =>
  lines.map(({ account, debitMinor, creditMinor }) => (debitMinor > 0 ? `${account} Dr ${debitMinor}` : `${account} Cr ${creditMinor}`));
const invoiced = (lines: readonly BilledLine[], changes?: Partial<Billed>) => posted(entryOfInvoice(document(lines, changes)));

const american = line({
  amounts: amounts(10_000, { shippingMinor: 500, discountMinor: -1_000, taxMinor: 760 }),
  taxes: taxes(false, { itemMinor: 800, shippingMinor: 40, discountMinor: -80 }),
});
const german = line({
  taxCollectedBy: 'seller',
  amounts: amounts(11_900, { shippingMinor: 595, giftWrapMinor: 119, discountMinor: -1_190 }),
  taxes: taxes(true, { itemMinor: 1_900, shippingMinor: 95, giftWrapMinor: 19, discountMinor: -190 }),
});

describe('an invoice', () => {
  test('shows the tax that Amazon keeps, and leaves it neither to be received nor to be paid', () => {
    expect(invoiced([american], { currency: 'USD' })).toEqual([
      'receivable-amazon Dr 10260',
      'tax-of-marketplace Dr 760',
      'discounts Dr 1000',
      'receivable-amazon Cr 760',
      'tax-of-marketplace Cr 760',
      'revenue-goods Cr 10000',
      'revenue-shipping Cr 500',
    ]);
  });

  test('with tax in its prices posts revenue without it, and the tax as owed by the seller', () => {
    expect(invoiced([german])).toEqual([
      'receivable-amazon Dr 11424',
      'discounts Dr 1000',
      'tax-payable Cr 1824',
      'revenue-goods Cr 10000',
      'revenue-shipping Cr 500',
      'revenue-gift-wrap Cr 100',
    ]);
  });

  test('with a tax of the whole line in its prices posts the goods without it', () => {
    const amount = amounts(690, { shippingMinor: 500 });
    const sold = line({ taxCollectedBy: 'seller', amounts: amount, taxes: taxes(true, { otherMinor: 190 }) });
    expect(invoiced([sold])).toEqual([
      'receivable-amazon Dr 1190',
      'tax-payable Cr 190',
      'revenue-goods Cr 500',
      'revenue-shipping Cr 500',
    ]);
  });

  test('whose tax nobody tells posts what was paid, unless the seller has a rate', () => {
    const sold = [line({ taxCollectedBy: 'seller', amounts: amounts(1_190) })];
    expect(invoiced(sold)).toEqual(['receivable-amazon Dr 1190', 'revenue-goods Cr 1190']);
    expect(invoiced(sold, { country: 'DE', rates: { DE: 19 } })).toEqual([
      'receivable-amazon Dr 1190',
      'tax-payable Cr 190',
      'revenue-goods Cr 1000',
    ]);
  });

  test('in yen has a tip and no tax', () => {
    expect(invoiced([line({ amounts: amounts(1_500) })], { currency: 'JPY', tipMinor: 200 })).toEqual([
      'receivable-amazon Dr 1700',
      'revenue-goods Cr 1500',
      'tips Cr 200',
    ]);
  });

  test('that is paid on delivery is received from the carrier, with its fee', () => {
    const paidOnDelivery = line({ amounts: amounts(1_000, { otherMinor: 300 }), programs: ['cash-on-delivery'] });
    expect(invoiced([paidOnDelivery, line({ lineId: '2', amounts: amounts(500) })])).toEqual([
      'receivable-carrier Dr 1800',
      'revenue-goods Cr 1500',
      'adjustments Cr 300',
    ]);
  });

  test('with a lowering adjustment has it on the other side', () => {
    expect(invoiced([line({ amounts: amounts(1_000, { otherMinor: -1 }) })])).toEqual([
      'receivable-amazon Dr 999',
      'adjustments Dr 1',
      'revenue-goods Cr 1000',
    ]);
  });

  test('of nothing but a full discount moves revenue and discount, and nothing is to be received', () => {
    expect(invoiced([line({ amounts: amounts(500, { discountMinor: -500 }) })])).toEqual(['discounts Dr 500', 'revenue-goods Cr 500']);
    expect(invoiced([line({ amounts: amounts(0) })])).toEqual([]);
  });

  test('that does not add up is not posted', () => {
    const crooked = document([line({})], { totalMinor: 2_000 });
    expect(() => entryOfInvoice(crooked)).toThrow(AppError);
    expect(() => entryOfInvoice(crooked)).toThrow('"differenceMinor":1');
  });

  test('has the same entry whenever it is posted, and another one when it is canceled', () => {
    const entry = entryOfInvoice(document([german]));
    expect(entryOfInvoice(document([german]))).toEqual(entry);
    expect(entryOfCanceledInvoice(entry).entryId).not.toBe(entry.entryId);
  });

  test('that is canceled has every account where it was before', () => {
    const entry = entryOfInvoice(document([american], { at: '2026-01-31T00:00:00.000Z' }));
    const canceled = entryOfCanceledInvoice(entry);
    expect(canceled).toMatchObject({ kind: 'invoice-canceled', documentId: entry.documentId, documentNumber: entry.documentNumber });
    expect(canceled).not.toHaveProperty('at');
    for (const account of accounts) {
      const moved = [...entry.lines, ...canceled.lines].filter((one) => one.account === account);
      expect(moved.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0)).toBe(0);
    }
  });
});

describe('a credit memo', () => {
  test('takes money and tax back, less a restocking fee, and Amazon gives back what it has kept', () => {
    const memo = { ...document([american], { currency: 'USD', totalMinor: 10_060 }), adjustmentFeeMinor: 200 };
    expect(posted(entryOfCreditMemo(memo))).toEqual([
      'receivable-amazon Dr 760',
      'tax-of-marketplace Dr 760',
      'refunds-goods Dr 9000',
      'refunds-shipping Dr 500',
      'receivable-amazon Cr 10060',
      'tax-of-marketplace Cr 760',
      'restocking-fees Cr 200',
    ]);
  });

  test('lowers the tax that the seller owes', () => {
    expect(posted(entryOfCreditMemo(document([german])))).toEqual([
      'tax-payable Dr 1824',
      'refunds-goods Dr 9000',
      'refunds-shipping Dr 500',
      'refunds-gift-wrap Dr 100',
      'receivable-amazon Cr 11424',
    ]);
  });

  test('may give without anything coming back', () => {
    const memo = { ...document([], { totalMinor: 500 }), adjustmentRefundMinor: 500 };
    expect(posted(entryOfCreditMemo(memo))).toEqual(['goodwill Dr 500', 'receivable-amazon Cr 500']);
  });

  test('of what the carrier collected is paid by Amazon', () => {
    const memo = document([line({ amounts: amounts(1_000), programs: ['cash-on-delivery'] })]);
    expect(posted(entryOfCreditMemo(memo))).toEqual(['refunds-goods Dr 1000', 'receivable-amazon Cr 1000']);
  });

  test('that only corrects is as if it had not been invoiced: no refund, and nothing from Amazon', () => {
    const sold = document([{ ...german, programs: ['cash-on-delivery'] }]);
    const correction = entryOfCreditMemo({ ...sold, kind: 'correction' });
    expect(correction.kind).toBe('correction');
    expect(posted(correction).toSorted()).toEqual(posted(entryOfCanceledInvoice(entryOfInvoice(sold))).toSorted());
  });

  test('that does not add up is not posted', () => {
    expect(() => entryOfCreditMemo({ ...document([german]), adjustmentFeeMinor: 1 })).toThrow('books.document-does-not-add-up');
  });
});

describe('the chart of accounts', () => {
  test('has each code once, in the order of the codes, and each account on its side', () => {
    const codes = accounts.map((account) => chart[account].code);
    expect(codes).toEqual([...new Set(codes)].toSorted());
    for (const { type, normal } of Object.values(chart))
      expect(normal).toBe(type === 'asset' || type === 'contra-revenue' ? 'debit' : 'credit');
  });
});
