import { describe, expect, test } from '@jest/globals';
import type { LineTaxes } from '@orderbus/contracts';
import { aLine, amounts } from '../../test/orders.ts';
import { moneyOf, type TaxedLine, taxDueOfSeller, taxSummary } from './tax.ts';

const taxes = (included: boolean, parts: Partial<LineTaxes>): LineTaxes => ({
  ...{ included, itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, discountMinor: 0, otherMinor: 0 },
  ...parts,
});
const line = (changes: Partial<TaxedLine> = {}): TaxedLine => aLine(changes as object) as TaxedLine;

describe('tax that Amazon tells by kind', () => {
  test('stands on top of the prices in North America', () => {
    const sold = line({
      amounts: amounts(10_000, { shippingMinor: 500, giftWrapMinor: 300, discountMinor: -1_000, taxMinor: 784 }),
      taxes: taxes(false, { itemMinor: 800, shippingMinor: 40, giftWrapMinor: 24, discountMinor: -80 }),
    });
    const marketplace = { collectedBy: 'marketplace', included: false };
    expect(taxSummary([sold], { country: 'US' })).toEqual([
      { ...marketplace, kind: 'item', baseMinor: 10_000, taxMinor: 800 },
      { ...marketplace, kind: 'shipping', baseMinor: 500, taxMinor: 40 },
      { ...marketplace, kind: 'gift-wrap', baseMinor: 300, taxMinor: 24 },
      { ...marketplace, kind: 'discount', baseMinor: -1_000, taxMinor: -80 },
    ]);
  });

  test('is taken out of prices that contain it', () => {
    const sold = line({
      taxCollectedBy: 'seller',
      amounts: amounts(11_900, { shippingMinor: 595, discountMinor: -1_190 }),
      taxes: taxes(true, { itemMinor: 1_900, shippingMinor: 95, discountMinor: -190 }),
    });
    const seller = { collectedBy: 'seller', included: true };
    const rows = taxSummary([sold], { country: 'DE', rates: { DE: 7 } });
    expect(rows).toEqual([
      { ...seller, kind: 'item', baseMinor: 10_000, taxMinor: 1_900 },
      { ...seller, kind: 'shipping', baseMinor: 500, taxMinor: 95 },
      { ...seller, kind: 'discount', baseMinor: -1_000, taxMinor: -190 },
    ]);
    expect(taxDueOfSeller(rows)).toBe(1_805);
  });

  test('is told by the line, whatever is usual in its country', () => {
    const sold = line({ amounts: amounts(1_000), taxes: taxes(true, { itemMinor: 100 }) });
    expect(taxSummary([sold], { country: 'US' })).toMatchObject([{ included: true, baseMinor: 900, taxMinor: 100 }]);
  });

  test('may be nothing: that is told, too, and no rate of ours replaces it', () => {
    const sold = line({ amounts: amounts(1_000), taxes: taxes(true, {}) });
    expect(taxSummary([sold], { country: 'DE', rates: { DE: 19 } })).toEqual([
      { kind: 'item', collectedBy: 'marketplace', included: true, baseMinor: 1_000, taxMinor: 0 },
    ]);
  });

  test('that does not add up to the whole tax leaves a rest under other', () => {
    const sold = line({ amounts: amounts(1_000, { taxMinor: 90 }), taxes: taxes(false, { itemMinor: 80 }) });
    expect(taxSummary([sold])).toMatchObject([
      { kind: 'item', baseMinor: 1_000, taxMinor: 80 },
      { kind: 'other', baseMinor: 0, taxMinor: 10 },
    ]);
  });
});

describe('tax of a line as a whole', () => {
  test('is on the item where there is nothing else', () => {
    const sold = line({ amounts: amounts(1_000, { discountMinor: -100, taxMinor: 72 }) });
    expect(taxSummary([sold])).toEqual([{ kind: 'item', collectedBy: 'marketplace', included: false, baseMinor: 900, taxMinor: 72 }]);
  });

  test.each(['shippingMinor', 'giftWrapMinor', 'otherMinor'])('is one row of its own where there is %s', (part) => {
    const sold = line({ amounts: amounts(1_000, { [part]: 100, taxMinor: 88 }) });
    expect(taxSummary([sold])).toEqual([{ kind: 'other', collectedBy: 'marketplace', included: false, baseMinor: 1_100, taxMinor: 88 }]);
  });

  test('is taken out of prices that contain it, from the goods', () => {
    const taxed = taxes(true, { otherMinor: 190 });
    const row = { collectedBy: 'marketplace', included: true, taxMinor: 190 };
    expect(taxSummary([line({ amounts: amounts(1_190), taxes: taxed })])).toEqual([{ ...row, kind: 'item', baseMinor: 1_000 }]);
    const shipped = line({ amounts: amounts(690, { shippingMinor: 500 }), taxes: taxed });
    expect(taxSummary([shipped])).toEqual([{ ...row, kind: 'other', baseMinor: 1_000 }]);
    expect(moneyOf([shipped]).map(({ of, baseMinor }) => [of, baseMinor])).toEqual([
      ['item', 690],
      ['shipping', 500],
      ['item', -190],
    ]);
  });

  test('is on top, even where prices usually contain it: the total contains it, too', () => {
    const sold = line({ amounts: amounts(1_000, { taxMinor: 190 }) });
    expect(taxSummary([sold], { country: 'DE', rates: { DE: 19 } })).toMatchObject([{ included: false, baseMinor: 1_000, taxMinor: 190 }]);
  });
});

describe('tax that nobody tells', () => {
  const options = { country: 'DE', rates: { DE: 19, FR: 5.5, CA: 5, US: 8, PR: 11.5 } };
  const own = (changes: Partial<TaxedLine> = {}) => line({ taxCollectedBy: 'seller', ...changes });

  test('is not guessed at where the marketplace collects it', () => {
    expect(taxSummary([line()], options)).toEqual([]);
    expect(taxSummary([line()], { ...options, vatRate: 19 })).toEqual([]);
  });

  test('is taken out of the price by the rate of the seller, who is told that it is his', () => {
    const sold = own({ amounts: amounts(1_999, { shippingMinor: 499 }) });
    expect(taxSummary([sold], options)).toEqual([
      { kind: 'item', collectedBy: 'seller', included: true, baseMinor: 1_680, taxMinor: 319, rate: 19 },
      { kind: 'shipping', collectedBy: 'seller', included: true, baseMinor: 419, taxMinor: 80, rate: 19 },
    ]);
  });

  test('is rounded once for all lines together, half up, and base and tax are the price', () => {
    const cents = Array.from({ length: 3 }, (_, n) => own({ lineId: String(n), amounts: amounts(4) }));
    expect(taxSummary(cents, options)).toMatchObject([{ baseMinor: 10, taxMinor: 2 }]);
    // 1.5 without the tax: up.
    expect(taxSummary([own({ amounts: amounts(3) })], { country: 'DE', rates: { DE: 100 } })).toMatchObject([
      { baseMinor: 2, taxMinor: 1 },
    ]);
    expect(taxSummary([own({ amounts: amounts(1_055) })], { ...options, country: 'FR' })).toMatchObject([
      { baseMinor: 1_000, taxMinor: 55 },
    ]);
  });

  test('of a discount mirrors that of the price', () => {
    const sold = own({ amounts: amounts(1_999, { discountMinor: -1_999 }) });
    expect(taxSummary([sold], options).map(({ baseMinor, taxMinor }) => [baseMinor, taxMinor])).toEqual([
      [1_680, 319],
      [-1_680, -319],
    ]);
  });

  test('is exact where numbers are not', () => {
    const [row] = taxSummary([own({ amounts: amounts(9_007_199_254_740_970) })], options);
    expect(row).toMatchObject({ baseMinor: 7_569_075_003_984_008, taxMinor: 1_438_124_250_756_962 });
  });

  test.each(['US', 'CA', 'PR'])('is none in %s, where it would have been on top', (country) => {
    expect(taxSummary([own()], { ...options, country })).toEqual([]);
  });

  test('stays unknown without a rate or without a country', () => {
    expect(taxSummary([own()], { country: 'IT', rates: options.rates })).toEqual([]);
    expect(taxSummary([own()], { rates: options.rates })).toEqual([]);
    expect(taxSummary([own()])).toEqual([]);
  });

  test('is that of the rate with which the document was issued, whatever the rates are now', () => {
    expect(taxSummary([own({ amounts: amounts(1_160) })], { ...options, vatRate: 16 })).toMatchObject([
      { included: true, baseMinor: 1_000, taxMinor: 160, rate: 16 },
    ]);
    expect(taxSummary([own()], { country: null, vatRate: 16 })).toEqual([]);
    expect(taxSummary([own()], { country: 'US', vatRate: 16 })).toEqual([]);
  });
});

describe('tax of the marketplace', () => {
  const both = [
    line({ lineId: '1', amounts: amounts(1_000, { taxMinor: 80 }), taxes: taxes(false, { itemMinor: 80 }) }),
    line({ lineId: '2', amounts: amounts(500, { taxMinor: 40 }), taxes: taxes(false, { itemMinor: 40 }), taxCollectedBy: 'seller' }),
  ];

  test('is kept apart from the seller’s, who does not owe it', () => {
    const rows = taxSummary(both);
    expect(rows.map(({ collectedBy, baseMinor, taxMinor }) => [collectedBy, baseMinor, taxMinor])).toEqual([
      ['marketplace', 1_000, 80],
      ['seller', 500, 40],
    ]);
    expect(taxDueOfSeller(rows)).toBe(40);
  });

  test('is kept apart by scheme', () => {
    const schemes = ['ioss', 'uoss', undefined].map((taxScheme, n) =>
      line({ lineId: String(n), amounts: amounts(121), taxes: taxes(true, { itemMinor: 21 }), taxScheme }),
    );
    expect(taxSummary([...schemes, schemes[0] as TaxedLine]).map(({ scheme, taxMinor }) => [scheme, taxMinor])).toEqual([
      [undefined, 21],
      ['ioss', 42],
      ['uoss', 21],
    ]);
  });
});
