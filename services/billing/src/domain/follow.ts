import { accept, type Decision, InvoiceCanceled, type OrderLine, refuse } from '@orderbus/contracts';
import { billShipped, issue, nextIdOf, unitsOf } from './bill.ts';
import { correctRest, correctUnits } from './correct.ts';
import { assess, copied } from './invoice.ts';
import type { About, Billed, CommandOf, DocumentBook, KnownLine, OrderBilling, State } from './order-billing.ts';
import { countsAsBack } from './refund-lifecycle.ts';
import { isIssued } from './remaining.ts';

/** The first snapshot decides whether there is an invoice, and the store when. */
export const open = ({ orderVersion, order }: CommandOf<'open'>, about: About, book: DocumentBook): Decision<State> => {
  const assessment = assess(order);
  const base: State = {
    ...{ orderNumber: order.number, renumberedVersion: 0, amazonOrderId: order.amazonOrderId, totalsVersion: orderVersion },
    ...{ shop: order.shop ?? null, country: order.country ?? null, fulfilledBy: order.fulfilledBy ?? 'merchant' },
    ...{ currency: order.totals?.currency ?? null, dueMinor: order.totals?.grandTotalMinor ?? 0, tipMinor: order.totals?.tipMinor ?? 0 },
    ...{ shipped: order.lines.some(({ quantityShipped }) => quantityShipped > 0), lines: order.lines.map((line) => known(line)) },
    ...{ invoiceId: null, invoiceNumber: null, invoicedMinor: 0, invoices: [], memos: [], refusedRefunds: 0 },
    ...{ shippedUnits: { atAmazon: shippedAt({}, order.lines), parcels: {} }, canceledUnits: {} },
    ...{ status: 'open', reason: null, detail: null },
  };
  if (assessment.verdict !== 'issue') {
    const detail = assessment.verdict === 'review' ? assessment.detail : null;
    return accept({ ...base, status: assessment.verdict, reason: assessment.reason, detail });
  }
  const { invoicing } = book.settingsOf(about.tenant);
  if (invoicing === 'manual') return accept(base);
  if (invoicing === 'on-shipment') return billShipped(base, about, book);
  const { state, event } = issue(base, assessment.content, about, book, nextIdOf(base, about));
  return accept(state, event);
};

/**
 * Newer figures replace older ones: what is not billed yet is billed by them. A snapshot without totals does not say that nothing is due:
 * Amazon just does not tell. What was once shipped stays shipped.
 */
export const update = (before: OrderBilling, command: CommandOf<'update'>, about: About, book: DocumentBook): Decision<State> => {
  const { orderVersion, totals, lines, complete } = command;
  const shipped = before.shipped || complete || lines.some(({ quantityShipped }) => quantityShipped > 0);
  const atAmazon = before.status === 'open' ? shippedAt(before.shippedUnits.atAmazon, lines) : before.shippedUnits.atAmazon;
  const isNews = totals !== undefined && orderVersion > before.totalsVersion;
  if (!isNews && shipped === before.shipped && atAmazon === before.shippedUnits.atAmazon) return refuse('already-done');
  const seen: State = { ...before, shipped, shippedUnits: { ...before.shippedUnits, atAmazon } };
  const { currency, grandTotalMinor: dueMinor = 0, tipMinor = 0 } = totals ?? {};
  const after: State = isNews
    ? { ...seen, totalsVersion: orderVersion, currency: currency ?? null, dueMinor, tipMinor, lines: merged(before.lines, lines) }
    : seen;
  return billedAsShipped(after, about, book);
};

/** A parcel has left, or what was said about it was wrong. An invoice that was issued stays as it is. */
export const ship = (
  before: OrderBilling,
  { shipmentId, revision, lines }: CommandOf<'ship'>,
  about: About,
  book: DocumentBook,
): Decision<State> => {
  const shipped = before.shipped || lines.length > 0;
  const { parcels } = before.shippedUnits;
  const isNews = before.status === 'open' && revision > (parcels[shipmentId]?.revision ?? 0);
  if (!isNews) return shipped === before.shipped ? refuse('already-done') : accept({ ...before, shipped });
  const shippedUnits = { ...before.shippedUnits, parcels: { ...parcels, [shipmentId]: { revision, units: unitsOf(lines) } } };
  return billedAsShipped({ ...before, shipped, shippedUnits }, about, book);
};

/** Only documents that come later bear the new number. */
export const rename = (before: OrderBilling, { orderVersion, number }: CommandOf<'rename'>): Decision<State> =>
  orderVersion <= before.renumberedVersion
    ? refuse('already-done')
    : accept({ ...before, orderNumber: number, renumberedVersion: orderVersion });

/** What was billed of these units is corrected; what was not is not billed any more. */
export const cancelUnits = (
  before: OrderBilling,
  command: CommandOf<'cancel-units'>,
  about: About,
  book: DocumentBook,
): Decision<State> => {
  const canceledUnits = unitsOf([
    ...Object.entries(before.canceledUnits).map(([lineId, quantity]) => ({ lineId, quantity })),
    ...command.lines,
  ]);
  const { state, events } = correctUnits({ ...before, canceledUnits }, command, about, book);
  return accept(state, ...events);
};

/** Invoices of which nothing was delivered or given back are canceled; otherwise what is left of them is corrected. */
export const cancel = (
  before: OrderBilling,
  { orderVersion, reason: given, at }: CommandOf<'cancel'>,
  about: About,
  book: DocumentBook,
): Decision<State> => {
  const reason = given ?? 'order canceled';
  const totalsVersion = Math.max(orderVersion, before.totalsVersion);
  const after: State = { ...before, status: 'canceled', reason, detail: null, totalsVersion, dueMinor: 0, tipMinor: 0 };
  if (before.shipped || before.memos.some(({ state }) => countsAsBack(state))) {
    const { state, events } = correctRest(after, at, about, book);
    return accept(state, ...events);
  }
  const issued = before.invoices.filter(isIssued);
  for (const { id } of issued) book.cancelInvoice(id, reason);
  const currency = before.currency as string;
  const invoices = before.invoices.map((invoice): Billed => ({ ...invoice, status: 'canceled' }));
  return accept(
    { ...after, invoices },
    ...issued.map(({ id, number, totalMinor }) =>
      InvoiceCanceled.of({ orderId: about.id, invoiceId: id, number, currency, totalMinor, reason }),
    ),
  );
};

const billedAsShipped = (after: State, about: About, book: DocumentBook): Decision<State> =>
  after.status === 'open' && book.settingsOf(about.tenant).invoicing === 'on-shipment' ? billShipped(after, about, book) : accept(after);

/** Amazon keeps showing lines that are canceled. Should one be gone, what was billed of it is still to be told. */
const merged = (before: readonly KnownLine[], lines: readonly OrderLine[]): KnownLine[] => [
  ...lines.map((line) =>
    known(
      line,
      before.find(({ lineId }) => lineId === line.lineId),
    ),
  ),
  ...before.filter(({ lineId }) => !lines.some((line) => line.lineId === lineId)),
];

const known = (line: OrderLine, before?: KnownLine): KnownLine => ({ ...copied(line), ordered: before?.ordered ?? line.quantity });

/** The same where nothing more has shipped. */
const shippedAt = (before: Readonly<Record<string, number>>, lines: readonly OrderLine[]): Readonly<Record<string, number>> => {
  const more = lines.filter(({ lineId, quantityShipped }) => quantityShipped > (before[lineId] ?? 0));
  return more.length === 0
    ? before
    : { ...before, ...Object.fromEntries(more.map(({ lineId, quantityShipped }) => [lineId, quantityShipped])) };
};
