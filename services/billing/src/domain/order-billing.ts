import { accept, type Decision, InvoiceCanceled, InvoiceIssued, type Refusal, refuse, type Totals } from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import { assess, type BillableOrder, type InvoiceContent } from './invoice.ts';

/** `review`: there should be an invoice, but the order's money does not add up; a person looks first. */
export type BillingStatus = 'invoiced' | 'not-needed' | 'review' | 'canceled';

/** Which order it is about; its id is the order's. */
export interface About {
  readonly id: string;
  readonly tenant: string;
}

/** Where billing stands with an order. */
export interface OrderBilling extends About {
  /** How many events it has published. */
  readonly version: number;
  readonly status: BillingStatus;
  /** Why there is no invoice, or why it was canceled. */
  readonly reason: string | null;
  /** The figures behind the reason. */
  readonly detail: string | null;
  readonly orderNumber: string;
  readonly amazonOrderId: string;
  /** The version of the order whose totals these are. Totals of an older one are old news. */
  readonly totalsVersion: number;
  readonly currency: string | null;
  /** What the buyer owes by Amazon's newest figures; nothing once the order is canceled. */
  readonly dueMinor: number;
  readonly invoiceId: string | null;
  readonly invoiceNumber: string | null;
  /** What stands on the issued invoice; nothing once it is canceled. */
  readonly invoicedMinor: number;
}

export type BillingCommand =
  | { readonly type: 'open'; readonly orderVersion: number; readonly order: BillableOrder }
  | { readonly type: 'update'; readonly orderVersion: number; readonly totals: Totals | undefined }
  | { readonly type: 'cancel'; readonly orderVersion: number; readonly reason: string | undefined };

/** An invoice on its way into the book of documents, where it stays as it is. */
export interface NewInvoice extends InvoiceContent {
  readonly id: string;
  readonly tenant: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amazonOrderId: string;
  readonly number: string;
}

/** The documents of a batch: numbers are taken here, and what is entered here is written with the batch. */
export interface InvoiceBook {
  /** The next number of this tenant. It counts as used only if the batch is committed. */
  nextNumber(tenant: string): string;
  enter(invoice: NewInvoice): void;
  cancel(invoiceId: string, reason: string): void;
}

type State = Omit<OrderBilling, keyof About | 'version'>;

type Effect = 'assess' | 'compare' | 'cancel';

/**
 * What a command does where billing stands. The first snapshot of an order decides about its invoice, whatever arrives later: so the
 * outcome does not depend on the order of arrival, and later money shows as a difference between due and invoiced. Canceled is final.
 */
export const lifecycle = {
  unknown: { open: 'assess', update: 'too-early', cancel: 'too-early' },
  invoiced: { open: 'already-done', update: 'compare', cancel: 'cancel' },
  'not-needed': { open: 'already-done', update: 'compare', cancel: 'cancel' },
  review: { open: 'already-done', update: 'compare', cancel: 'cancel' },
  canceled: { open: 'already-done', update: 'already-done', cancel: 'already-done' },
} as const satisfies Record<'unknown' | BillingStatus, Record<BillingCommand['type'], Effect | Refusal>>;

export const decide = (before: OrderBilling | undefined, command: BillingCommand, about: About, book: InvoiceBook): Decision<State> => {
  const cell: Effect | Refusal = lifecycle[before?.status ?? 'unknown'][command.type];
  if (cell === 'assess' && command.type === 'open') return open(command, about, book);
  if (before && cell === 'compare' && command.type === 'update') return compare(before, command);
  if (before && cell === 'cancel' && command.type === 'cancel') return cancel(before, command, about, book);
  return cell === 'too-early' ? refuse(cell, 'the order is not known here yet') : refuse('already-done');
};

/** Is there money that no invoice tells of, or an invoice of other money? */
export const totalsDiffer = ({ dueMinor, invoicedMinor, reason }: Pick<OrderBilling, 'dueMinor' | 'invoicedMinor' | 'reason'>): boolean =>
  dueMinor !== invoicedMinor && reason !== 'invoice-by-amazon';

const open = ({ orderVersion, order }: BillingCommand & { type: 'open' }, about: About, book: InvoiceBook): Decision<State> => {
  const assessment = assess(order);
  const base = {
    orderNumber: order.number,
    amazonOrderId: order.amazonOrderId,
    totalsVersion: orderVersion,
    currency: order.totals?.currency ?? null,
    dueMinor: order.totals?.grandTotalMinor ?? 0,
  };
  if (assessment.verdict !== 'issue') {
    const detail = assessment.verdict === 'review' ? assessment.detail : null;
    const none = { invoiceId: null, invoiceNumber: null, invoicedMinor: 0 };
    return accept({ ...base, ...none, status: assessment.verdict, reason: assessment.reason, detail });
  }
  const { currency, totalMinor } = assessment.content;
  const invoiceId = documentIdOf(about.id, 'invoice');
  const number = book.nextNumber(about.tenant);
  const { orderNumber, amazonOrderId } = base;
  book.enter({ ...assessment.content, id: invoiceId, tenant: about.tenant, orderId: about.id, orderNumber, amazonOrderId, number });
  return accept(
    { ...base, status: 'invoiced', reason: null, detail: null, invoiceId, invoiceNumber: number, invoicedMinor: totalMinor },
    InvoiceIssued.of({ orderId: about.id, invoiceId, number, currency, totalMinor }),
  );
};

/** A snapshot without totals does not say that nothing is due: Amazon just does not tell. */
const compare = (before: OrderBilling, { orderVersion, totals }: BillingCommand & { type: 'update' }): Decision<State> => {
  if (totals === undefined || orderVersion <= before.totalsVersion) return refuse('already-done');
  return accept({ ...before, totalsVersion: orderVersion, currency: totals.currency, dueMinor: totals.grandTotalMinor });
};

const cancel = (
  before: OrderBilling,
  { orderVersion, reason: given }: BillingCommand & { type: 'cancel' },
  about: About,
  book: InvoiceBook,
): Decision<State> => {
  const { invoiceId, invoiceNumber, currency, invoicedMinor } = before;
  const reason = given ?? 'order canceled';
  const after: State = {
    ...before,
    status: 'canceled',
    reason,
    detail: null,
    totalsVersion: Math.max(orderVersion, before.totalsVersion),
    dueMinor: 0,
    invoicedMinor: 0,
  };
  if (invoiceId === null || invoiceNumber === null || currency === null) return accept(after);
  book.cancel(invoiceId, reason);
  return accept(
    after,
    InvoiceCanceled.of({ orderId: about.id, invoiceId, number: invoiceNumber, currency, totalMinor: invoicedMinor, reason }),
  );
};
