import { accept, type Decision, RefundRequested, refuse } from '@orderbus/contracts';
import { rateOf } from './bill.ts';
import { correctRest, enter, issuedEvent } from './correct.ts';
import type { CreditMemo } from './credit-memo.ts';
import type { About, CommandOf, CreditWish, DocumentBook, Numbered, OrderBilling, State } from './order-billing.ts';
import { planCredit } from './plan-credit.ts';
import { countsAsBack, isIssued, refundLifecycle } from './refund-lifecycle.ts';
import { leftToGiveBack, roomOf, sum } from './remaining.ts';
import { notUploaded } from './upload.ts';

/** Amazon is asked to pay back. The money counts as gone from here on: nobody can ask for it twice. */
export const credit = (before: OrderBilling, command: CommandOf<'credit'>, about: About, book: DocumentBook): Decision<State> => {
  const { memoId: id, returnId, confirm, actor, at } = command;
  if (before.memos.some((memo) => memo.id === id)) return refuse('already-done');
  const wish = returnId === null ? command.wish : ofReturn(before, command.wish);
  if (returnId !== null && wish.lines?.length === 0) return refuse('already-done');
  const twin = confirm ? undefined : twinOf(before, wish, at);
  if (twin !== undefined) return refuse('not-allowed', `the same was asked for a moment ago: ${twin.id}`);
  const plan = planCredit(before, wish);
  if (plan.problems.length > 0) return refuse('not-allowed', plan.problems.map(({ message }) => message).join('; '));
  if (wish.kind === 'correction') {
    const { state, events } = enter(before, plan, id, wish.reason, actor, at, about, book);
    return accept(state, ...events);
  }
  const { lines, adjustmentRefundMinor, adjustmentFeeMinor, totalMinor, asked } = plan;
  const memo: CreditMemo = {
    ...{ id, kind: 'refund', state: 'requested', attempt: 1, number: null, reason: wish.reason, vatRate: rateOf(before, about, book) },
    ...{ lines, tipMinor: 0, adjustmentRefundMinor, adjustmentFeeMinor, totalMinor, asked, fingerprint: fingerprintOf(wish), returnId },
    ...{ requestedAt: at, requestedBy: actor, submittedAt: null, settledAt: null, refusal: null, uncertain: null, upload: notUploaded },
  };
  keep(before, memo, about, book);
  return accept({ ...before, memos: [...before.memos, memo] }, requestOf(memo, before, about, actor));
};

/** What came back is paid back as far as it was not before. The shipping goes back with the last of it, unless a person says otherwise. */
const ofReturn = (before: OrderBilling, wish: CreditWish): CreditWish => {
  const left = new Map(leftToGiveBack(before).map(({ line, quantity }) => [line.lineId, quantity]));
  const lines = wish.lines?.flatMap((line) => {
    const quantity = Math.min(line.quantity, left.get(line.lineId) ?? line.quantity);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  const isLast = [...left].every(([lineId, quantity]) => quantity === (lines?.find((line) => line.lineId === lineId)?.quantity ?? 0));
  return { ...wish, lines, ...(isLast ? {} : { shippingMinor: 0 }) };
};

/** One that asks for the same, and was made in the last minute: two clicks, more likely than two wishes. */
export const twinOf = ({ memos }: Pick<OrderBilling, 'memos'>, wish: CreditWish, at: string): CreditMemo | undefined =>
  memos.findLast(
    ({ fingerprint, requestedAt, state }) =>
      fingerprint === fingerprintOf(wish) && countsAsBack(state) && Date.parse(at) - Date.parse(requestedAt) < 60_000,
  );

const fingerprintOf = ({ kind, reason, lines, ...amounts }: CreditWish): string => {
  const named = lines?.map(({ lineId, quantity }) => [lineId, quantity]).toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([
    kind,
    reason,
    named,
    Object.entries(amounts)
      .filter(([, minor]) => minor !== undefined)
      .toSorted(),
  ]);
};

/** Amazon is asked once more, for the same. What was freed by the refusal may have gone back otherwise since. */
export const retry = (before: OrderBilling, { memoId, actor }: CommandOf<'retry'>, about: About, book: DocumentBook): Decision<State> => {
  const memo = before.memos.find(({ id }) => id === memoId);
  if (memo === undefined) return refuse('too-early', 'this credit memo is not known');
  if (refundLifecycle[memo.state].retry !== 'requested')
    return refuse('not-allowed', `it is ${memo.state}: only what was refused is asked for again`);
  const full = memo.asked.find(({ lineId, components }) => sum(components.map(({ amountMinor }) => amountMinor)) > roomOf(before, lineId));
  if (full !== undefined) return refuse('not-allowed', `line ${full.lineId}: its money has gone back otherwise, or is on its way`);
  const again: CreditMemo = { ...memo, state: 'requested', attempt: memo.attempt + 1, refusal: null, uncertain: null, submittedAt: null };
  keep(before, again, about, book);
  return accept(replaced(before, again), requestOf(again, before, about, actor));
};

/** What the gateway tells of a refund. */
export const hear = (
  before: OrderBilling,
  { fact, memoId, at, refusal }: CommandOf<'hear'>,
  about: About,
  book: DocumentBook,
): Decision<State> => {
  const memo = before.memos.find(({ id }) => id === memoId);
  if (memo === undefined) return refuse('too-early', 'nobody has asked for this refund yet');
  const cell = refundLifecycle[memo.state][fact];
  if (cell === 'already-done') return refuse(cell);
  const numbered = isIssued(cell) && memo.number === null ? book.nextNumber('credit-memo', about.tenant, before.shop) : undefined;
  const after: CreditMemo = {
    ...{ ...memo, state: cell, number: memo.number ?? numbered?.number ?? null, uncertain: null },
    refusal: cell === 'refused' ? (refusal ?? null) : null,
    submittedAt: cell === 'submitted' ? at : memo.submittedAt,
    settledAt: cell === 'settled' ? at : null,
  };
  keep(before, after, about, book, numbered);
  const state = replaced(before, after);
  if (numbered !== undefined) return accept(state, issuedEvent(after, before.currency as string, about));
  if (cell !== 'refused' || state.status !== 'canceled') return accept(state);
  const corrected = correctRest(state, at, about, book);
  return accept(corrected.state, ...corrected.events);
};

/** Nobody can tell whether Amazon has done it. It is not asked again from here: a person says so at the gateway. */
export const doubt = (
  before: OrderBilling,
  { doubt: uncertain }: CommandOf<'doubt'>,
  about: About,
  book: DocumentBook,
): Decision<State> => {
  // The gateway sends the refunds of an order one after the other: it is the oldest that is under way.
  const memo = before.memos.find(({ state }) => refundLifecycle[state].doubt === state);
  if (memo === undefined || memo.uncertain?.commandId === uncertain.commandId) return refuse('already-done');
  const after: CreditMemo = { ...memo, uncertain };
  keep(before, after, about, book);
  return accept(replaced(before, after));
};

const requestOf = ({ id, attempt, reason, asked }: CreditMemo, { currency }: State, about: About, actor: CreditMemo['requestedBy']) =>
  RefundRequested.of({
    orderId: about.id,
    refundId: id,
    attempt,
    reason,
    currency: currency as string,
    lines: asked.map((line) => ({ ...line, components: [...line.components] })),
    actor,
  });

const keep = (before: State, memo: CreditMemo, about: About, book: DocumentBook, numbered?: Numbered): void => {
  const isNew = !before.memos.some(({ id }) => id === memo.id);
  const { orderNumber, amazonOrderId, country, shop } = before;
  book.keepMemo({
    ...memo,
    tenant: about.tenant,
    orderId: about.id,
    orderNumber,
    amazonOrderId,
    country,
    shop,
    currency: before.currency as string,
    isNew,
    numbered,
  });
};

const replaced = (before: State, memo: CreditMemo): State => ({
  ...before,
  memos: before.memos.map((one) => (one.id === memo.id ? memo : one)),
});
