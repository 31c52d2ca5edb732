import type { operations } from '../../../api/generated/billing.d.ts';
import type { Billing, OrderFacts } from '../facts.ts';
import { hasShipped } from './about.ts';
import { adjustmentOf, amountOf } from './amounts.ts';
import { allOf, isAll, type Quantities } from './invoice.ts';

export type CreditBody = operations['postCreditMemos']['requestBody']['content']['application/json'];
export type Preview = operations['postCreditMemosPreview']['responses'][200]['content']['application/json'];
export type Reason = CreditBody['reason'];

export const reasons: readonly Reason[] = [
  ...(['customer-return', 'general-adjustment', 'customer-cancel', 'different-item', 'exchange', 'undeliverable'] as const),
  ...(['refused-delivery', 'could-not-ship', 'no-inventory', 'pricing-error', 'customer-address-incorrect', 'other'] as const),
];

/** How amounts are typed here: their decimals, and the sign before them. */
export interface AmountStyle {
  readonly decimals: number;
  readonly sign: string;
}

/** A credit memo as somebody fills it in; amounts as they were typed. */
export interface CreditDraft {
  readonly kind: 'refund' | 'correction';
  readonly reason: Reason;
  readonly quantities: Quantities;
  /** Lines whose units go on the shelf again. */
  readonly restocked: ReadonlySet<string>;
  /** Absent, as long as nobody has typed it: all of it with the last units, none with some of them. */
  readonly shipping: string | undefined;
  readonly onTop: string;
  readonly kept: string;
  readonly comment: string;
  /** Also if the same was asked for a moment ago. */
  readonly confirm: boolean;
}

/** Where more has gone back than the units that came back were worth, not all of what is left can: so much of it is kept. */
export const excessOf = ({ toGiveBack, paidMinor, backMinor }: Pick<Billing, 'toGiveBack' | 'paidMinor' | 'backMinor'>): number =>
  Math.max(0, toGiveBack.reduce((sum, { totalMinor }) => sum + totalMinor, 0) - (paidMinor - backMinor));

/** All that is left; a correction where more was billed than is due. */
export const draftOf = (left: Billing['toGiveBack'], isCorrection: boolean, hasShipped: boolean, kept = ''): CreditDraft => ({
  kind: isCorrection ? 'correction' : 'refund',
  reason: isCorrection ? 'general-adjustment' : hasShipped ? 'customer-return' : 'could-not-ship',
  quantities: allOf(left),
  restocked: new Set(),
  ...{ shipping: undefined, onTop: '', kept, comment: '', confirm: false },
});

export type AmountField = 'shipping' | 'onTop' | 'kept';

/** The fields in which something else than an amount stands. */
export const unreadable = (draft: CreditDraft, style: AmountStyle): readonly AmountField[] =>
  draft.kind === 'correction'
    ? []
    : [
        ...(draft.shipping !== undefined && minorOf(draft.shipping, style) === undefined ? (['shipping'] as const) : []),
        ...(adjustmentOf(draft.onTop, style.decimals, style.sign) === undefined ? (['onTop'] as const) : []),
        ...(adjustmentOf(draft.kept, style.decimals, style.sign) === undefined ? (['kept'] as const) : []),
      ];

const minorOf = (text: string, { decimals, sign }: AmountStyle): number | undefined =>
  text.trim() === '' ? 0 : amountOf(text, decimals, sign);

/** What is asked for; fields that cannot be read are taken for empty. */
export const bodyOf = (orderId: string, draft: CreditDraft, left: Billing['toGiveBack'], style: AmountStyle): CreditBody => {
  const said = {
    ...{ orderId, kind: draft.kind, reason: draft.reason },
    ...(draft.comment.trim() === '' ? {} : { comment: draft.comment.trim() }),
    ...(draft.confirm ? { confirm: true } : {}),
  };
  if (draft.kind === 'correction') return said;
  const lines = left
    .map(({ lineId }) => ({ lineId, quantity: draft.quantities[lineId] ?? 0, ...(draft.restocked.has(lineId) ? { restock: true } : {}) }))
    .filter(({ quantity }) => quantity > 0);
  return {
    ...said,
    lines,
    ...shippingOf(draft, left, style),
    ...adjusted('adjustmentRefund', draft.onTop, style),
    ...adjusted('adjustmentFee', draft.kept, style),
  };
};

/** The shipping goes back with the last of the units, unless somebody says otherwise. */
const shippingOf = (draft: CreditDraft, left: Billing['toGiveBack'], style: AmountStyle): Pick<CreditBody, 'shippingMinor'> => {
  if (draft.shipping !== undefined) return { shippingMinor: minorOf(draft.shipping, style) ?? 0 };
  return left.length > 0 && isAll(draft.quantities, left) ? {} : { shippingMinor: 0 };
};

const adjusted = (name: 'adjustmentRefund' | 'adjustmentFee', text: string, { decimals, sign }: AmountStyle) => {
  const adjustment = adjustmentOf(text, decimals, sign) ?? { minor: 0 };
  if ('percent' in adjustment) return adjustment.percent > 0 ? { [`${name}Percent`]: adjustment.percent } : {};
  return adjustment.minor > 0 ? { [`${name}Minor`]: adjustment.minor } : {};
};

/** What is left of the order's money once this has gone back. */
export const balanceAfter = ({ paidMinor, backMinor, totalMinor }: Preview): number => paidMinor - backMinor - totalMinor;

/** Why a credit memo as it is filled in is not possible: at which field, and which of the sentences, with its figures. */
export interface CreditMistake {
  readonly field: 'total' | 'shipping' | 'kept' | 'lines' | 'order' | 'kind';
  readonly code: 'over-cap' | 'nothing' | 'shipping' | 'no-shipping' | 'kept' | 'too-many' | 'other';
  /** What the server says of it. */
  readonly problem: Preview['problems'][number];
}

/** The server names the field; the figures of the preview say the rest. */
export const mistakesIn = (preview: Preview): readonly CreditMistake[] =>
  preview.problems.map((problem) => ({ ...meant(problem.field, preview), problem }));

const meant = (field: string, { shippingLeftMinor, totalMinor }: Preview): Omit<CreditMistake, 'problem'> => {
  if (/^lines\.\d+\.quantity$/.test(field)) return { field: 'lines', code: 'too-many' };
  switch (field) {
    case 'totalMinor':
      return { field: 'total', code: totalMinor <= 0 ? 'nothing' : 'over-cap' };
    case 'shippingMinor':
      return { field: 'shipping', code: shippingLeftMinor === 0 ? 'no-shipping' : 'shipping' };
    case 'adjustmentFeeMinor':
      return { field: 'kept', code: 'kept' };
    case 'kind':
      return { field: 'kind', code: 'other' };
    default:
      return { field: field === 'orderId' ? 'order' : 'lines', code: 'other' };
  }
};

/** Units that are to go on the shelf again: only what has left the house can come back. */
export const restockable = (facts: OrderFacts): boolean => facts.order.fulfilledBy === 'merchant' && hasShipped(facts);
