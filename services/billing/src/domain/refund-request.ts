import type { RefundComponent } from '@orderbus/contracts';
import type { RefundLine } from './credit-memo.ts';
import type { LineMoney } from './line-money.ts';
import { sum } from './remaining.ts';

/** What goes back for a line. */
export interface LineCredit {
  readonly lineId: string;
  readonly quantity: number;
  readonly money: LineMoney;
  readonly adjustmentRefundMinor: number;
  readonly adjustmentFeeMinor: number;
}

type Parts = readonly (readonly [RefundComponent, number])[];

/**
 * As Amazon is asked: by line and by kind. Where the tax is in the prices, there is none apart. A discount lowers what it was given on;
 * where it is more than that, it lowers the next kind, since Amazon takes no negative part but the fee.
 */
export const refundLineOf = ({ lineId, quantity, money, adjustmentRefundMinor, adjustmentFeeMinor }: LineCredit): RefundLine => {
  const parts: Parts = [...partsOf(money), ['goodwill', adjustmentRefundMinor]];
  const components = positive(parts).map(([kind, amountMinor]) => ({ kind, amountMinor }));
  return {
    lineId,
    ...(quantity > 0 ? { quantity } : {}),
    components: adjustmentFeeMinor > 0 ? [...components, { kind: 'restocking-fee', amountMinor: -adjustmentFeeMinor }] : components,
  };
};

export const netOf = ({ money, adjustmentRefundMinor, adjustmentFeeMinor }: LineCredit): number =>
  money.amounts.totalMinor + adjustmentRefundMinor - adjustmentFeeMinor;

const partsOf = ({ amounts, taxes }: LineMoney): Parts => {
  const { itemMinor, shippingMinor, giftWrapMinor, discountMinor, otherMinor, taxMinor } = amounts;
  const told = taxes === undefined || taxes.included ? undefined : taxes;
  const [shippingTax, giftWrapTax] = [told?.shippingMinor ?? 0, told?.giftWrapMinor ?? 0];
  return [
    ['item', itemMinor + discountMinor + otherMinor],
    ['item-tax', taxMinor - shippingTax - giftWrapTax],
    ['shipping', shippingMinor],
    ['shipping-tax', shippingTax],
    ['gift-wrap', giftWrapMinor],
    ['gift-wrap-tax', giftWrapTax],
  ];
};

const positive = (parts: Parts): [RefundComponent, number][] => {
  let debt = -sum(parts.map(([, minor]) => Math.min(minor, 0)));
  return parts.flatMap(([kind, minor]) => {
    const kept = Math.max(minor, 0);
    const paid = Math.min(kept, debt);
    debt -= paid;
    return kept > paid ? [[kind, kept - paid] as [RefundComponent, number]] : [];
  });
};

/** Splits an amount by weights that are not negative, to the cent, and gives nobody more than his weight where they are enough. */
export const allocate = (minor: number, weights: readonly number[]): number[] => {
  const whole = sum(weights);
  if (minor === 0 || whole <= 0) return weights.map(() => 0);
  const shares = weights.map((weight) => Number((BigInt(minor) * BigInt(weight)) / BigInt(whole)));
  let rest = minor - sum(shares);
  return shares.map((share, n) => {
    const more = rest > 0 && (weights[n] as number) > share ? 1 : 0;
    rest -= more;
    return share + more;
  });
};
