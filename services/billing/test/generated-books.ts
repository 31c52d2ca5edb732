import type { Amounts, LineTaxes } from '@orderbus/contracts';
import fc from 'fast-check';
import type { Billed, BilledLine, PaidBack } from '../src/domain/books.ts';
import { amounts } from './orders.ts';

/** Where it is sold to, its currency, and how many percent of tax the seller has settled on there. */
const market = fc.constantFrom(
  { country: 'DE', currency: 'EUR', rates: { DE: 19 } },
  { country: 'FR', currency: 'EUR', rates: { FR: 5.5 } },
  { country: 'GB', currency: 'GBP', rates: {} },
  { country: 'JP', currency: 'JPY', rates: { JP: 10 } },
  { country: 'US', currency: 'USD', rates: { US: 8 } },
  { country: 'CA', currency: 'CAD', rates: {} },
  { country: undefined, currency: 'KWD', rates: {} },
  { country: 'KW', currency: 'KWD', rates: { KW: 0 } },
);

const some = (max: number) => fc.oneof(fc.constant(0), fc.integer({ min: 1, max }));
const percent = (minor: number, share: number): number => Math.floor((minor * share) / 100);

const line: fc.Arbitrary<Omit<BilledLine, 'lineId'>> = fc
  .record({
    item: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000_000 })),
    shipping: some(50_000),
    giftWrap: some(9_999),
    other: fc.oneof(fc.constant(0), fc.integer({ min: -500, max: 500 })),
    discountShare: fc.oneof(fc.constantFrom(0, 100), fc.integer({ min: 0, max: 100 })),
    taxShare: fc.integer({ min: 0, max: 27 }),
    told: fc.constantFrom('on-top-by-kind', 'on-top', 'included-by-kind', 'included', 'not-told'),
    taxCollectedBy: fc.constantFrom('marketplace', 'seller'),
    taxScheme: fc.constantFrom(undefined, 'ioss', 'uoss'),
    programs: fc.constantFrom(undefined, ['prime'], ['cash-on-delivery']),
  })
  .map(({ item, shipping, giftWrap, other, discountShare, taxShare, told, ...rest }) => {
    const parts = { shippingMinor: shipping, giftWrapMinor: giftWrap, otherMinor: other, discountMinor: -percent(item, discountShare) };
    const taxes: LineTaxes = {
      included: told.startsWith('included'),
      itemMinor: percent(item, taxShare),
      shippingMinor: percent(shipping, taxShare),
      giftWrapMinor: percent(giftWrap, taxShare),
      discountMinor: -percent(percent(item, discountShare), taxShare),
      otherMinor: 0,
    };
    const whole = { ...taxes, itemMinor: 0, shippingMinor: 0, giftWrapMinor: 0, discountMinor: 0, otherMinor: taxOf(taxes) };
    return {
      ...rest,
      amounts: amounts(item, { ...parts, taxMinor: told.startsWith('on-top') ? taxOf(taxes) : 0 }),
      ...(told.endsWith('by-kind') ? { taxes } : told === 'included' ? { taxes: whole } : {}),
    };
  });

export const taxOf = (t: LineTaxes): number => t.itemMinor + t.shippingMinor + t.giftWrapMinor + t.discountMinor + t.otherMinor;

const ids = { documentId: '5d0b3c1e-8f58-5a86-9e0e-2f4fd1c2a111', orderId: '7d3f6f0e-54a3-5d4b-9d62-0a1b8d0a7c11' };

/** Whole orders as invoices: every way of telling a tax, every currency, tips, wrapping, discounts, nothing at all. */
export const generatedInvoice: fc.Arbitrary<Billed> = fc
  .record({ market, lines: fc.array(line, { minLength: 1, maxLength: 4 }), tipMinor: some(2_000) })
  .map(({ market, lines, tipMinor }) => invoiceOf(market, numbered(lines), tipMinor));

const numbered = (lines: readonly Omit<BilledLine, 'lineId'>[]): BilledLine[] =>
  lines.map((line, n) => ({ lineId: String(n + 1), ...line }));

const invoiceOf = (market: Pick<Billed, 'country' | 'currency' | 'rates'>, lines: readonly BilledLine[], tipMinor: number): Billed => ({
  ...{ ...ids, ...market, number: '000000001', tenant: 'store-1', lines, tipMinor },
  totalMinor: lines.reduce((sum, { amounts }) => sum + amounts.totalMinor, tipMinor),
});

/** The same money on several documents: each figure is cut where the shares say, and the last document takes the rest. */
export const cutUp = (invoice: Billed, shares: readonly number[]): Billed[] => {
  let rest = invoice;
  const parts = shares.map((share, n) => {
    const part = mapped(rest, (minor) => percent(Math.abs(minor), share) * Math.sign(minor));
    rest = difference(rest, part);
    return { ...part, documentId: `00000000-0000-4000-8000-00000000000${n}` };
  });
  return [...parts, rest];
};

/** A credit memo of everything on it. */
export const paidBack = (invoice: Billed): PaidBack => invoice;

const figures = ['itemMinor', 'shippingMinor', 'giftWrapMinor', 'discountMinor', 'otherMinor'] as const;

type Parts = Record<(typeof figures)[number], number>;

const mapped = (invoice: Billed, part: (minor: number) => number): Billed =>
  invoiceOf(
    invoice,
    invoice.lines.map(({ taxes, ...line }) => {
      const of = (from: Amounts | LineTaxes) => Object.fromEntries(figures.map((name) => [name, part(from[name])])) as Parts;
      const cut = taxes && { ...of(taxes), included: taxes.included };
      const taxMinor = cut ? (cut.included ? 0 : taxOf(cut)) : part(line.amounts.taxMinor);
      const { itemMinor, ...rest } = of(line.amounts);
      return { ...line, amounts: amounts(itemMinor, { ...rest, taxMinor }), ...(cut === undefined ? {} : { taxes: cut }) };
    }),
    part(invoice.tipMinor),
  );

const difference = (from: Billed, taken: Billed): Billed =>
  invoiceOf(
    from,
    from.lines.map((line, n) => {
      const other = taken.lines[n] as BilledLine;
      const less = <T extends object>(a: T, b: T): T =>
        Object.fromEntries(
          Object.entries(a).map(([name, minor]) => [name, typeof minor === 'number' ? minor - Number(b[name as keyof T]) : minor]),
        ) as T;
      return {
        ...line,
        amounts: less(line.amounts, other.amounts),
        ...(line.taxes === undefined ? {} : { taxes: less(line.taxes, other.taxes as LineTaxes) }),
      };
    }),
    from.tipMinor - taken.tipMinor,
  );
