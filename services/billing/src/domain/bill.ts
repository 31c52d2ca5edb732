import { type Actor, accept, type Decision, InvoiceIssued, type LineQuantity, refuse } from '@orderbus/contracts';
import { documentIdOf, formatMoney } from '@orderbus/kernel';
import { assess, type InvoiceContent, type InvoiceLine } from './invoice.ts';
import { billing, everything, isNothing, type LineMoney, shareOf } from './line-money.ts';
import type { About, CommandOf, DocumentBook, KnownLine, OrderBilling, State, Units } from './order-billing.ts';
import { billedOf, isIssued, type Left, leftToBill, type Standing, sum, tipLeft } from './remaining.ts';
import { notUploaded } from './upload.ts';

type Content = Omit<InvoiceContent, 'currency'>;
type Issued = { readonly state: State; readonly event: ReturnType<typeof InvoiceIssued.of> };

/** A person wants an invoice: of these units, or of all that is left. Later money (a tip) is billed with what is left, or by itself. */
export const bill = (
  before: OrderBilling,
  { invoiceId, lines, actor }: CommandOf<'bill'>,
  about: About,
  book: DocumentBook,
): Decision<State> => {
  if (before.invoices.some(({ id }) => id === invoiceId)) return refuse('already-done');
  const why = whyNotBilled(before);
  if (why !== undefined) return refuse('not-allowed', why);
  const content = contentOf(before, lines);
  if (typeof content === 'string') return refuse('not-allowed', content);
  const { state, event } = issue(before, content, about, book, invoiceId, actor);
  return accept(state, event);
};

/** The gate, in words. Nothing where there may be an invoice. */
export const whyNotBilled = (
  order: Pick<OrderBilling, 'status' | 'reason' | 'detail' | 'currency' | 'dueMinor' | 'tipMinor' | 'lines'>,
): string | undefined => {
  if (order.status === 'canceled') return 'the order is canceled';
  if (order.reason === 'invoice-by-amazon') return 'Amazon issues the invoice of this order';
  if (order.status === 'open' || order.status === 'invoiced') return undefined;
  return settlesItself.has(order.reason ?? '') && assessNow(order).verdict === 'issue'
    ? undefined
    : `${wordsOf[order.status]}: ${order.detail ?? order.reason}`;
};

/** Amazon's newer figures may add up, or tell a total. */
const settlesItself = new Set([
  'no-totals',
  'zero-total',
  'no-lines',
  'line-without-amounts',
  'line-does-not-add-up',
  'discount-raises',
  'tax-does-not-add-up',
  'order-does-not-add-up',
  'negative-total',
]);
const wordsOf = { review: 'its money does not add up', 'not-needed': 'it needs no invoice' } as const;

const assessNow = ({ currency, dueMinor, tipMinor, lines }: Parameters<typeof whyNotBilled>[0]) =>
  assess({
    ...{ programs: [], balanced: true, lines },
    ...(currency === null ? {} : { totals: { currency, grandTotalMinor: dueMinor, tipMinor } }),
  });

/** Bills what has shipped and is not billed, as far as it is left. The same state where there is nothing. */
export const billShipped = (before: State, about: About, book: DocumentBook): Decision<State> => {
  const wanted = leftToBill(before).flatMap(({ line: { lineId }, quantity }) => {
    const shipped = shippedOf(before, lineId) - billedOf(before, lineId).quantity;
    return Math.min(shipped, quantity) > 0 ? [{ lineId, quantity: Math.min(shipped, quantity) }] : [];
  });
  const content = wanted.length === 0 ? undefined : contentOf(before, wanted);
  // Less than nothing: it waits until it can be billed together with the rest.
  if (content === undefined || typeof content === 'string') return accept(before);
  const { state, event } = issue(before, content, about, book, nextIdOf(before, about));
  return accept(state, event);
};

/** The first invoice of an order, and the next one, have the same id whenever they are derived: none is issued twice. */
export const nextIdOf = ({ invoices }: Pick<State, 'invoices'>, { id }: About): string =>
  documentIdOf(id, invoices.length === 0 ? 'invoice' : `invoice:${invoices.length + 1}`);

/** Amazon and we tell of the same units: whoever tells more knows more. */
const shippedOf = ({ shippedUnits: { atAmazon, parcels } }: State, lineId: string): number =>
  Math.max(atAmazon[lineId] ?? 0, sum(Object.values(parcels).map(({ units }) => units[lineId] ?? 0)));

export const unitsOf = (lines: readonly LineQuantity[]): Units =>
  lines.reduce<Record<string, number>>((all, { lineId, quantity }) => Object.assign(all, { [lineId]: (all[lineId] ?? 0) + quantity }), {});

/** What an invoice of these units says, of everything that is left if none are named; or why there is none. */
const contentOf = (standing: Standing & Pick<State, 'currency'>, wanted: readonly LineQuantity[] | undefined): Content | string => {
  const left = leftToBill(standing);
  const lines = wanted === undefined ? restOf(left) : namedOf(left, wanted);
  if (typeof lines === 'string') return lines;
  const tipMinor = tipLeft(standing);
  const totalMinor = sum(lines.map(({ amounts }) => amounts.totalMinor)) + tipMinor;
  const units = sum(lines.map(({ quantity }) => quantity));
  if (units === 0 && lines.length === 0 && tipMinor === 0) return 'nothing is left to be billed';
  if (totalMinor < 0 || (units === 0 && totalMinor === 0))
    return `${amount(-totalMinor, standing.currency)} more was billed than is due: a correction gives it back, not an invoice`;
  return { lines, tipMinor, totalMinor };
};

const restOf = (left: readonly Left[]): InvoiceLine[] =>
  left.flatMap(({ line, quantity, of, money }) => {
    if (quantity === 0) return of > 0 || isNothing(money) ? [] : [lineOf(line, 0, money)];
    return [lineOf(line, quantity, quantity === of ? shareOf(money, 1, 1, everything) : shareOf(money, quantity, of, billing))];
  });

const namedOf = (left: readonly Left[], wanted: readonly LineQuantity[]): InvoiceLine[] | string => {
  const lines: InvoiceLine[] = [];
  for (const { lineId, quantity } of wanted) {
    const found = left.find(({ line }) => line.lineId === lineId);
    if (found === undefined) return `line ${lineId}: not a line of this order`;
    if (quantity > found.quantity) return `line ${lineId}: ${found.quantity} can be billed, not ${quantity}`;
    lines.push(lineOf(found.line, quantity, shareOf(found.money, quantity, found.of, billing)));
  }
  return lines;
};

export const lineOf = (
  { ordered: _, amounts: __, taxes: ___, ...line }: KnownLine,
  quantity: number,
  { amounts, taxes }: LineMoney,
): InvoiceLine => ({
  ...{ ...line, quantity, amounts },
  ...(taxes === undefined ? {} : { taxes }),
});

const amount = (minor: number, currency: string | null): string =>
  currency === null ? String(minor) : `${formatMoney({ minor, currency })} ${currency}`;

/** Enters it in the book under the next number. */
export const issue = (before: State, content: Content, about: About, book: DocumentBook, id: string, actor?: Actor): Issued => {
  const { orderNumber, amazonOrderId, country } = before;
  const currency = before.currency as string;
  const numbered = book.nextNumber('invoice', about.tenant, before.shop);
  const vatRate = rateOf(before, about, book);
  book.enterInvoice({
    ...content,
    ...numbered,
    id,
    tenant: about.tenant,
    orderId: about.id,
    orderNumber,
    amazonOrderId,
    country,
    currency,
    vatRate,
  });
  const lines = content.lines.map(({ lineId, quantity, amounts, taxes }) => ({
    lineId,
    quantity,
    amounts,
    ...(taxes === undefined ? {} : { taxes }),
  }));
  const { number, shop } = numbered;
  const { totalMinor, tipMinor } = content;
  const invoice = { id, number, shop, status: 'issued', vatRate, totalMinor, tipMinor, lines, upload: notUploaded } as const;
  const units = isWhole(before, content)
    ? {}
    : { lines: lines.flatMap(({ lineId, quantity }) => (quantity > 0 ? [{ lineId, quantity }] : [])) };
  return {
    state: { ...before, invoices: [...before.invoices, invoice] },
    event: InvoiceIssued.of({
      orderId: about.id,
      invoiceId: id,
      number,
      currency,
      totalMinor,
      ...units,
      ...(actor === undefined ? {} : { actor }),
    }),
  };
};

/** All that was ordered, at once. */
const isWhole = ({ invoices, lines }: State, content: Content): boolean =>
  !invoices.some(isIssued) &&
  lines.every((line) => content.lines.some(({ lineId, quantity }) => lineId === line.lineId && quantity === line.ordered));

/** The seller's own tax rate where it is sold to. */
export const rateOf = ({ country }: Pick<State, 'country'>, { tenant }: About, book: Pick<DocumentBook, 'settingsOf'>): number | null =>
  country === null ? null : (book.settingsOf(tenant).vatRates[country] ?? null);
