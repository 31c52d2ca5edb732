import type { OrderLine } from '@orderbus/contracts';
import fc from 'fast-check';
import { aLine, amounts, anOrder, type Created } from './orders.ts';

/** Currencies without decimals, with two, and with three. */
const currency = fc.constantFrom('JPY', 'KRW', 'EUR', 'USD', 'GBP', 'MXN', 'KWD', 'BHD');
const part = fc.integer({ min: 0, max: 50_000 });

const line: fc.Arbitrary<Omit<OrderLine, 'lineId'>> = fc
  .record({
    sku: fc.constantFrom('SKU-LAMP', 'SKU-CUP', 'SKU-DÜSE', 'SKU-茶'),
    quantity: fc.integer({ min: 1, max: 99 }),
    itemMinor: fc.integer({ min: 1, max: 5_000_000 }),
    parts: fc.record({ shippingMinor: part, giftWrapMinor: part, taxMinor: part, otherMinor: part }),
    discountShare: fc.integer({ min: 0, max: 100 }),
    taxCollectedBy: fc.constantFrom('marketplace', 'seller'),
  })
  .map(({ itemMinor, parts, discountShare, ...rest }) => {
    const discountMinor = -Math.floor((itemMinor * discountShare) / 100);
    return aLine({ ...rest, amounts: amounts(itemMinor, { ...parts, discountMinor }) });
  });

/** Orders of one to eight lines, discounted, gift-wrapped, taxed and tipped, whose money adds up. */
export const generatedOrder: fc.Arbitrary<Created> = fc
  .record({ currency, lines: fc.array(line, { minLength: 1, maxLength: 8 }), tipMinor: fc.oneof(fc.constant(0), part) })
  .map(({ currency, lines, tipMinor }) => {
    const numbered = lines.map((line, n) => ({ ...line, lineId: String(n + 1) }));
    const grandTotalMinor = numbered.reduce((sum, { amounts }) => sum + (amounts?.totalMinor ?? 0), tipMinor);
    return anOrder({ lines: numbered, totals: { currency, grandTotalMinor, tipMinor } });
  });
