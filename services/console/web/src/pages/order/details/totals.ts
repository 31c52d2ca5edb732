import type { Order } from '../facts.ts';

/** The kinds of money that a buyer pays, in the order of a bill. */
const parts = ['itemMinor', 'shippingMinor', 'giftWrapMinor', 'discountMinor', 'taxMinor', 'otherMinor', 'tipMinor'] as const;
type Part = (typeof parts)[number];

export interface PartTotal {
  readonly part: Part;
  readonly minor: number;
}

/** What the buyer pays, by kind, over all lines: what is zero is left out, but for the goods themselves. */
export const partTotalsOf = ({ lines, totals }: Pick<Order, 'lines' | 'totals'>): readonly PartTotal[] =>
  parts
    .map((part) => ({
      part,
      minor: part === 'tipMinor' ? (totals?.tipMinor ?? 0) : lines.reduce((sum, { amounts }) => sum + (amounts?.[part] ?? 0), 0),
    }))
    .filter(({ part, minor }) => part === 'itemMinor' || minor !== 0);

/** Tax that the prices contain: it is told beside the sum, not added to it. */
export const includedTaxOf = ({ lines }: Pick<Order, 'lines'>): number =>
  lines.reduce(
    (sum, { taxes }) =>
      sum + (taxes?.included ? taxes.itemMinor + taxes.shippingMinor + taxes.giftWrapMinor + taxes.discountMinor + taxes.otherMinor : 0),
    0,
  );
