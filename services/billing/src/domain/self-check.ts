import type { Amounts, LineTaxes, OrderLine } from '@orderbus/contracts';
import { sumMinor } from '@orderbus/kernel';

export interface LineProblem {
  readonly code: 'line-does-not-add-up' | 'discount-raises' | 'tax-does-not-add-up';
  /** The figures, with the line's id. */
  readonly detail: string;
}

/**
 * What is wrong with a line's own money. Amazon documents neither the sign of a discount nor whether prices contain the tax: a line
 * whose figures fit together was read rightly, and no other one becomes a document.
 */
export const selfCheck = ({ lineId, amounts, taxes }: Pick<OrderLine, 'lineId' | 'amounts' | 'taxes'>): LineProblem[] => {
  if (amounts === undefined) return [];
  const problem = (code: LineProblem['code'], figures: string): LineProblem => ({ code, detail: `line ${lineId}: ${figures}` });
  const problems: LineProblem[] = [];
  const parts = sumOfParts(amounts);
  if (parts !== amounts.totalMinor) problems.push(problem('line-does-not-add-up', `parts ${parts}, total ${amounts.totalMinor}`));
  if (amounts.discountMinor > 0) problems.push(problem('discount-raises', `discount ${amounts.discountMinor}`));
  if (taxes === undefined) return problems;
  if (taxes.discountMinor > 0) problems.push(problem('discount-raises', `tax of the discount ${taxes.discountMinor}`));
  const told = taxes.included ? 0 : sumOfTaxes(taxes);
  if (told !== amounts.taxMinor) problems.push(problem('tax-does-not-add-up', `by kind ${told}, tax ${amounts.taxMinor}`));
  return problems;
};

const sumOfParts = (a: Amounts): number =>
  sumMinor([a.itemMinor, a.shippingMinor, a.giftWrapMinor, a.taxMinor, a.discountMinor, a.otherMinor]);

const sumOfTaxes = (t: LineTaxes): number => sumMinor([t.itemMinor, t.shippingMinor, t.giftWrapMinor, t.discountMinor, t.otherMinor]);
