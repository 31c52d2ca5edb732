import type { CreditMemo } from './credit-memo.ts';
import { type LineMoney, minus, nothing, plus, sumOf } from './line-money.ts';
import type { KnownLine, OrderBilling } from './order-billing.ts';
import { countsAsBack } from './refund-lifecycle.ts';

export type Standing = Pick<OrderBilling, 'status' | 'lines' | 'invoices' | 'memos' | 'canceledUnits' | 'tipMinor' | 'dueMinor'>;

/** What is left of a line: to be billed, or to be given back. */
export interface Left {
  readonly line: KnownLine;
  readonly quantity: number;
  /** The units that `money` is for: more than `quantity` where Amazon's figures still contain units that are canceled. */
  readonly of: number;
  readonly money: LineMoney;
}

interface Part {
  readonly quantity: number;
  readonly money: LineMoney;
}

/** By line: what Amazon's newest figures tell and no invoice does. Less than nothing where more was billed. */
export const leftToBill = (standing: Standing): Left[] =>
  standing.lines.flatMap((line) => {
    if (line.amounts === undefined) return [];
    const billed = billedOf(standing, line.lineId);
    const corrected = backOf(standing.memos.filter(isCorrection), line.lineId);
    const quantity = Math.max(unitsWanted(standing, line) - billed.quantity, 0);
    const money = plus(minus({ amounts: line.amounts, taxes: line.taxes }, billed.money), corrected.money);
    return [{ line, quantity, of: Math.max(line.quantity - billed.quantity, quantity), money }];
  });

/** By line: what was billed, and has not gone back, nor is on its way. */
export const leftToGiveBack = (standing: Standing): Left[] =>
  standing.lines.map((line) => {
    const billed = billedOf(standing, line.lineId);
    const back = backOf(standing.memos, line.lineId);
    const quantity = Math.max(billed.quantity - back.quantity, 0);
    return { line, quantity, of: quantity, money: minus(billed.money, back.money) };
  });

/** Units that are billed although they are canceled. */
export const unitsTooMany = (standing: Standing, line: KnownLine): number =>
  billedOf(standing, line.lineId).quantity -
  backOf(standing.memos.filter(isCorrection), line.lineId).quantity -
  unitsWanted(standing, line);

/** What Amazon would still pay back for a line. What was given on top, or kept, counts: it is about money, not about units. */
export const roomOf = (standing: Standing, lineId: string): number =>
  billedOf(standing, lineId).money.amounts.totalMinor - sum(standing.memos.filter(isBack).map((memo) => netOf(memo, lineId)));

export const tipLeft = ({ tipMinor, invoices, memos }: Standing): number =>
  tipMinor -
  sum(invoices.filter(isIssued).map((invoice) => invoice.tipMinor)) +
  sum(memos.filter(isCorrection).map((memo) => memo.tipMinor));

export const paidMinor = ({ invoices }: Pick<Standing, 'invoices'>): number =>
  sum(invoices.filter(isIssued).map(({ totalMinor }) => totalMinor));

/** What has gone back, or may have. */
export const backMinor = ({ memos }: Pick<Standing, 'memos'>): number => sum(memos.filter(isBack).map(({ totalMinor }) => totalMinor));

/** What the documents say that the buyer owes. What was paid back was owed, unless the order was canceled. */
export const standingMinor = ({ status, invoices, memos }: Standing): number =>
  paidMinor({ invoices }) - backMinor({ memos: status === 'canceled' ? memos : memos.filter(isCorrection) });

export const billedOf = ({ invoices }: Pick<Standing, 'invoices'>, lineId: string): Part =>
  total(invoices.filter(isIssued).flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId)));

export const isIssued = ({ status }: { readonly status: 'issued' | 'canceled' }): boolean => status === 'issued';

export const sum = (minors: readonly number[]): number => minors.reduce((all, minor) => all + minor, 0);

const isCorrection = ({ kind }: CreditMemo): boolean => kind === 'correction';
const isBack = ({ state }: CreditMemo): boolean => countsAsBack(state);

const backOf = (memos: readonly CreditMemo[], lineId: string): Part =>
  total(memos.filter(isBack).flatMap(({ lines }) => lines.filter((line) => line.lineId === lineId)));

const netOf = ({ kind, lines, asked }: CreditMemo, lineId: string): number =>
  kind === 'correction'
    ? sum(lines.filter((line) => line.lineId === lineId).map(({ amounts }) => amounts.totalMinor))
    : sum(asked.filter((line) => line.lineId === lineId).flatMap(({ components }) => components.map(({ amountMinor }) => amountMinor)));

const unitsWanted = ({ canceledUnits }: Standing, { lineId, quantity, ordered }: KnownLine): number =>
  Math.max(Math.min(quantity, ordered - (canceledUnits[lineId] ?? 0)), 0);

const total = (parts: readonly (LineMoney & { readonly quantity: number })[]): Part =>
  parts.length === 0 ? { quantity: 0, money: nothing } : { quantity: sum(parts.map(({ quantity }) => quantity)), money: sumOf(parts) };
