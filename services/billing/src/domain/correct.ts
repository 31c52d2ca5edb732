import { type Actor, type CancelReason, CreditMemoIssued, type RefundReason } from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import { lineOf, rateOf } from './bill.ts';
import type { CreditLine, CreditMemo } from './credit-memo.ts';
import { everything, givingBack, isNothing, minus, nothing, shareOf } from './line-money.ts';
import type { About, CommandOf, DocumentBook, State } from './order-billing.ts';
import { backMinor, leftToBill, leftToGiveBack, paidMinor, roomOf, type Standing, sum, tipLeft, unitsTooMany } from './remaining.ts';
import { notUploaded } from './upload.ts';

/** What was billed and is not owed. */
export interface Correction {
  readonly lines: readonly CreditLine[];
  readonly tipMinor: number;
  readonly adjustmentRefundMinor: number;
  readonly adjustmentFeeMinor: number;
  readonly totalMinor: number;
}

const unadjusted = { adjustmentRefundMinor: 0, adjustmentFeeMinor: 0 };

type Event = ReturnType<typeof CreditMemoIssued.of>;
type Corrected = { readonly state: State; readonly events: readonly Event[] };

const orderbus: Actor = { kind: 'system', name: 'Orderbus' };

/** Amazon charges nothing for units that it has canceled. Shipping goes with the last unit of a line. */
export const correctUnits = (
  before: State,
  { cancellationId, reason, at }: CommandOf<'cancel-units'>,
  about: About,
  book: DocumentBook,
): Corrected => {
  const lines = leftToGiveBack(before).flatMap(({ line, quantity: left, money }): CreditLine[] => {
    const quantity = Math.min(unitsTooMany(before, line), left);
    if (quantity <= 0) return [];
    const share = shareOf(money, quantity, left, quantity === left ? everything : givingBack);
    return share.amounts.totalMinor > roomOf(before, line.lineId) ? [] : [lineOf(line, quantity, share)];
  });
  const correction = { lines, tipMinor: 0, ...unadjusted, totalMinor: totalOf(lines) };
  return enter(before, correction, documentIdOf(cancellationId, 'credit-memo'), reasonOf[reason], orderbus, at, about, book);
};

/** Amazon charges nothing for an order that it has canceled: what was billed and is not given back is not owed. */
export const correctRest = (before: State, at: string, about: About, book: DocumentBook): Corrected => {
  const left = leftToGiveBack(before).filter(({ money }) => !isNothing(money));
  const lines = left.map(({ line, quantity, money }) => lineOf(line, quantity, money));
  const tipMinor = 0 - tipLeft({ ...before, tipMinor: 0 });
  const totalMinor = paidMinor(before) - backMinor(before);
  // What was given on top of the lines' own money has been given already, and what was kept of it is still to be given.
  const givenMinor = totalOf(lines) + tipMinor - totalMinor;
  const adjustments = { adjustmentRefundMinor: Math.max(-givenMinor, 0), adjustmentFeeMinor: Math.max(givenMinor, 0) };
  const id = documentIdOf(about.id, `correction:${before.memos.length + 1}`);
  return enter(before, { lines, tipMinor, ...adjustments, totalMinor }, id, 'other', orderbus, at, about, book);
};

/** What was billed beyond Amazon's newest figures; nothing where it was not. */
export const differenceOf = (standing: Standing): Correction => {
  const lines = leftToBill(standing).flatMap(({ line, money }): CreditLine[] => {
    const quantity = Math.max(unitsTooMany(standing, line), 0);
    return isNothing(money) && quantity === 0 ? [] : [lineOf(line, quantity, minus(nothing, money))];
  });
  const tipMinor = 0 - tipLeft(standing);
  return { lines, tipMinor, ...unadjusted, totalMinor: totalOf(lines) + tipMinor };
};

/** Nobody is paid, and nobody is asked: it has its number at once. */
export const enter = (
  before: State,
  { lines, tipMinor, adjustmentRefundMinor, adjustmentFeeMinor, totalMinor }: Correction,
  id: string,
  reason: RefundReason,
  actor: Actor,
  at: string,
  about: About,
  book: DocumentBook,
): Corrected => {
  if (totalMinor <= 0) return { state: before, events: [] };
  const numbered = book.nextNumber('credit-memo', about.tenant, before.shop);
  const memo: CreditMemo = {
    ...{ id, kind: 'correction', state: 'settled', attempt: 1, number: numbered.number, reason, vatRate: rateOf(before, about, book) },
    ...{ lines, tipMinor, adjustmentRefundMinor, adjustmentFeeMinor, totalMinor, asked: [], fingerprint: '', returnId: null },
    ...{ requestedAt: at, requestedBy: actor, submittedAt: null, settledAt: at, refusal: null, uncertain: null, upload: notUploaded },
  };
  const { orderNumber, amazonOrderId, country, shop } = before;
  const currency = before.currency as string;
  book.keepMemo({
    ...memo,
    tenant: about.tenant,
    orderId: about.id,
    orderNumber,
    amazonOrderId,
    country,
    shop,
    currency,
    isNew: true,
    numbered,
  });
  return { state: { ...before, memos: [...before.memos, memo] }, events: [issuedEvent(memo, currency, about)] };
};

export const issuedEvent = ({ id, kind, number, totalMinor, reason, lines }: CreditMemo, currency: string, about: About): Event =>
  CreditMemoIssued.of({
    ...{ orderId: about.id, creditMemoId: id, kind, number: number as string, currency, totalMinor, reason },
    lines: lines.flatMap(({ lineId, quantity }) => (quantity > 0 ? [{ lineId, quantity }] : [])),
  });

const totalOf = (lines: readonly CreditLine[]): number => sum(lines.map(({ amounts }) => amounts.totalMinor));

const reasonOf: Readonly<Record<CancelReason, RefundReason>> = {
  'no-inventory': 'no-inventory',
  'buyer-canceled': 'customer-cancel',
  'undeliverable-address': 'undeliverable',
  'customer-exchange': 'exchange',
  'pricing-error': 'pricing-error',
};
