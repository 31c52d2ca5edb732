import type { Amounts, LineTaxes, OrderLine, Totals } from '@orderbus/contracts';
import { sumMinor } from '@orderbus/kernel';
import { type LineProblem, selfCheck } from './self-check.ts';

/** What `order.created` says that matters to billing. */
export interface BillableOrder {
  readonly number: string;
  readonly amazonOrderId: string;
  readonly programs: readonly string[];
  readonly replaces?: string | undefined;
  readonly totals?: Totals | undefined;
  readonly lines: readonly OrderLine[];
  readonly shop?: string | undefined;
  readonly country?: string | undefined;
  readonly fulfilledBy?: 'merchant' | 'amazon' | undefined;
  /** False when Amazon's own parts did not add up; the difference stands in a line's other amounts. */
  readonly balanced: boolean;
}

type Line = Omit<OrderLine, 'quantityShipped' | 'programs'> & { readonly programs?: readonly string[] | undefined };
type Assessable = Pick<BillableOrder, 'programs' | 'replaces' | 'totals' | 'balanced'> & { readonly lines: readonly Line[] };

/** A line as it stands on the invoice, copied from the order: the order may change, the document does not. */
export interface InvoiceLine {
  readonly lineId: string;
  readonly sku: string;
  readonly asin?: string;
  readonly title: string;
  readonly quantity: number;
  readonly taxCollectedBy: OrderLine['taxCollectedBy'];
  readonly amounts: Amounts;
  readonly taxes?: LineTaxes;
  readonly taxScheme?: string;
  readonly programs?: readonly string[];
}

/** The money part of an invoice, complete and adding up to the cent. */
export interface InvoiceContent {
  readonly currency: string;
  readonly lines: readonly InvoiceLine[];
  readonly tipMinor: number;
  readonly totalMinor: number;
}

type NotNeededReason = 'invoice-by-amazon' | 'replacement' | 'no-totals' | 'zero-total';
type ReviewReason =
  | 'replacement-with-total'
  | 'no-lines'
  | 'line-without-amounts'
  | LineProblem['code']
  | 'order-does-not-add-up'
  | 'negative-total'
  | 'amazon-does-not-add-up';

/** What is to be done about an order's invoice: issue this one, none, or have a person look before any is issued. */
export type Assessment =
  | { readonly verdict: 'issue'; readonly content: InvoiceContent }
  | { readonly verdict: 'not-needed'; readonly reason: NotNeededReason }
  | { readonly verdict: 'review'; readonly reason: ReviewReason; readonly detail: string };

/**
 * Amazon's money is taken over as it is, never computed anew; so it must be consistent before it becomes a document.
 * Whatever is not, is for a person: a missing invoice can be issued later, a wrong one cannot be taken back.
 */
export const assess = ({ programs, replaces, totals, lines, balanced }: Assessable): Assessment => {
  if (programs.includes('invoice-by-amazon')) return { verdict: 'not-needed', reason: 'invoice-by-amazon' };
  if (totals === undefined) return { verdict: 'not-needed', reason: replaces === undefined ? 'no-totals' : 'replacement' };
  const problem = contradiction(totals, lines);
  if (problem) return problem;
  if (!balanced) return review('amazon-does-not-add-up', `Amazon's parts and its total of ${totals.grandTotalMinor} differ`);
  if (totals.grandTotalMinor === 0) return { verdict: 'not-needed', reason: replaces === undefined ? 'zero-total' : 'replacement' };
  if (replaces !== undefined) return review('replacement-with-total', `replaces ${replaces}, and Amazon says ${totals.grandTotalMinor}`);
  if (totals.grandTotalMinor < 0) return review('negative-total', `Amazon says ${totals.grandTotalMinor}`);
  if (lines.length === 0) return review('no-lines', `nothing to invoice, and Amazon says ${totals.grandTotalMinor}`);
  const { currency, tipMinor, grandTotalMinor: totalMinor } = totals;
  return { verdict: 'issue', content: { currency, tipMinor, totalMinor, lines: lines.map(copied) } };
};

/** The first place where parts and whole differ. An order of nothing may lack amounts: replacements do. */
const contradiction = ({ grandTotalMinor, tipMinor }: Totals, lines: readonly Line[]): Assessment | undefined => {
  const amounts = lines.flatMap((line) => (line.amounts ? [line.amounts] : []));
  const [crooked] = lines.flatMap(selfCheck);
  if (crooked) return review(crooked.code, crooked.detail);
  const bare = lines.find((line) => line.amounts === undefined);
  if (bare && grandTotalMinor !== 0) return review('line-without-amounts', `line ${bare.lineId}`);
  const linesMinor = sumMinor(amounts.map((a) => a.totalMinor));
  if (sumMinor([linesMinor, tipMinor]) !== grandTotalMinor)
    return review('order-does-not-add-up', `lines ${linesMinor}, tip ${tipMinor}, Amazon says ${grandTotalMinor}`);
  return undefined;
};

const review = (reason: ReviewReason, detail: string): Assessment => ({ verdict: 'review', reason, detail });

/** What a document has to keep of a line that has amounts. */
export const copied = ({ lineId, sku, asin, title, quantity, taxCollectedBy, amounts, taxes, taxScheme, programs }: Line): InvoiceLine => ({
  lineId,
  sku,
  ...(asin === undefined ? {} : { asin }),
  title,
  quantity,
  taxCollectedBy,
  amounts: amounts as Amounts,
  ...(taxes === undefined ? {} : { taxes }),
  ...(taxScheme === undefined ? {} : { taxScheme }),
  ...(programs === undefined ? {} : { programs }),
});
