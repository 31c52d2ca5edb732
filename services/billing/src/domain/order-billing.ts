import type { Actor, CancelReason, LineQuantity, OrderLine, RefundReason, ToldRefusal, Totals } from '@orderbus/contracts';
import type { CreditMemo, Doubt } from './credit-memo.ts';
import type { BillableOrder, InvoiceContent, InvoiceLine } from './invoice.ts';
import type { LineMoney } from './line-money.ts';
import type { RefundFact } from './refund-lifecycle.ts';
import type { BillingSettings } from './settings.ts';
import type { Upload } from './upload.ts';

/**
 * `open`: units are left to be billed, when they ship or when somebody says so. `invoiced`: all are. `review`: there should be an
 * invoice, but the order's money does not add up; a person looks first.
 */
export type BillingStatus = 'open' | 'invoiced' | 'not-needed' | 'review' | 'canceled';

/** Which order it is about; its id is the order's. */
export interface About {
  readonly id: string;
  readonly tenant: string;
}

/** A line by Amazon's newest figures; without amounts where Amazon tells none. */
export interface KnownLine extends Omit<InvoiceLine, 'amounts'> {
  readonly amounts?: InvoiceLine['amounts'] | undefined;
  /** The units that it had when it came in: Amazon lowers `quantity` when some are canceled. */
  readonly ordered: number;
}

interface BilledLine extends LineMoney, Pick<InvoiceLine, 'lineId' | 'quantity'> {}

/** An invoice as its order remembers it. */
export interface Billed {
  readonly id: string;
  readonly number: string;
  readonly shop: string | null;
  readonly status: 'issued' | 'canceled';
  /** The seller's own tax rate of the country, as it was when this was issued. */
  readonly vatRate: number | null;
  readonly totalMinor: number;
  readonly tipMinor: number;
  readonly lines: readonly BilledLine[];
  readonly upload: Upload;
}

/** Units by line. */
export type Units = Readonly<Record<string, number>>;

/** Who has shipped what: both may tell of the same units. Kept only as long as units are left to be billed. */
interface ShippedUnits {
  readonly atAmazon: Units;
  readonly parcels: Readonly<Record<string, { readonly revision: number; readonly units: Units }>>;
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
  /** The version of the order that gave it this number. */
  readonly renumberedVersion: number;
  readonly amazonOrderId: string;
  readonly shop: string | null;
  readonly country: string | null;
  readonly fulfilledBy: 'merchant' | 'amazon';
  /** Anything of it. */
  readonly shipped: boolean;
  /** The version of the order whose totals these are. Totals of an older one are old news. */
  readonly totalsVersion: number;
  readonly currency: string | null;
  /** What the buyer owes by Amazon's newest figures; nothing once the order is canceled. */
  readonly dueMinor: number;
  readonly tipMinor: number;
  readonly lines: readonly KnownLine[];
  /** The first invoice. */
  readonly invoiceId: string | null;
  readonly invoiceNumber: string | null;
  /** What stands on the issued invoices, less what was corrected; once the order is canceled, also less what was paid back. */
  readonly invoicedMinor: number;
  readonly invoices: readonly Billed[];
  readonly memos: readonly CreditMemo[];
  /** How many of them wait for a person. */
  readonly refusedRefunds: number;
  readonly shippedUnits: ShippedUnits;
  readonly canceledUnits: Units;
}

export type State = Omit<OrderBilling, keyof About | 'version'>;

/** What somebody wants to give back. */
export interface CreditWish {
  readonly kind: 'refund' | 'correction';
  readonly reason: RefundReason;
  /** Absent: everything that is left. */
  readonly lines?: readonly (LineQuantity & { readonly restock?: boolean | undefined })[] | undefined;
  /** Absent: what is left of it, where units are given back. */
  readonly shippingMinor?: number | undefined;
  readonly adjustmentRefundMinor?: number | undefined;
  /** Of what the order costs. */
  readonly adjustmentRefundPercent?: number | undefined;
  readonly adjustmentFeeMinor?: number | undefined;
  readonly adjustmentFeePercent?: number | undefined;
}

export type BillingCommand =
  | { readonly type: 'open'; readonly orderVersion: number; readonly order: BillableOrder }
  | {
      readonly type: 'update';
      readonly orderVersion: number;
      readonly totals: Totals | undefined;
      readonly lines: readonly OrderLine[];
      readonly complete: boolean;
    }
  | { readonly type: 'cancel'; readonly orderVersion: number; readonly reason: string | undefined; readonly at: string }
  | { readonly type: 'rename'; readonly orderVersion: number; readonly number: string }
  | {
      readonly type: 'cancel-units';
      readonly cancellationId: string;
      readonly reason: CancelReason;
      readonly lines: readonly LineQuantity[];
      readonly at: string;
    }
  /** A parcel and what is in it now: nothing, once it is voided. */
  | { readonly type: 'ship'; readonly shipmentId: string; readonly revision: number; readonly lines: readonly LineQuantity[] }
  | { readonly type: 'bill'; readonly invoiceId: string; readonly lines: readonly LineQuantity[] | undefined; readonly actor: Actor }
  | {
      readonly type: 'credit';
      readonly memoId: string;
      readonly wish: CreditWish;
      readonly returnId: string | null;
      /** Also if the same was asked for a moment ago. */
      readonly confirm: boolean;
      readonly actor: Actor;
      readonly at: string;
    }
  | { readonly type: 'retry'; readonly memoId: string; readonly actor: Actor }
  | {
      readonly type: 'hear';
      readonly fact: Exclude<RefundFact, 'retry' | 'doubt'>;
      readonly memoId: string;
      readonly at: string;
      readonly refusal?: ToldRefusal | undefined;
    }
  /** The gateway does not know which refund of the order it is by our name, but it sends one after the other. */
  | { readonly type: 'doubt'; readonly doubt: Doubt }
  | { readonly type: 'upload'; readonly documentId: string }
  | {
      readonly type: 'hear-upload';
      readonly documentId: string;
      readonly attempt: number;
      readonly refusal?: ToldRefusal | undefined;
    };

export type CommandOf<Type extends BillingCommand['type']> = BillingCommand & { readonly type: Type };

/** What stands on every document of an order. */
export interface Header {
  readonly id: string;
  readonly tenant: string;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amazonOrderId: string;
  readonly country: string | null;
  /** The seller's own tax rate of the country, in percent. */
  readonly vatRate: number | null;
}

/** A number, and the series that it is of. */
export interface Numbered {
  readonly number: string;
  readonly series: string;
  readonly shop: string | null;
}

/** An invoice on its way into the book of documents, where it stays as it is. */
export interface NewInvoice extends InvoiceContent, Header, Numbered {}

/** A credit memo as it is after this batch; `isNew` when it is made in it, `numbered` when it gets its number in it. */
export interface ChangedMemo extends CreditMemo, Omit<Header, 'id'> {
  readonly currency: string;
  readonly shop: string | null;
  readonly isNew: boolean;
  readonly numbered: Numbered | undefined;
}

/** The documents of a batch: numbers are taken here, and what is entered here is written with the batch. */
export interface DocumentBook {
  settingsOf(tenant: string): BillingSettings;
  /** The next number. It counts as used only if the batch is committed. */
  nextNumber(type: 'invoice' | 'credit-memo', tenant: string, orderShop: string | null): Numbered;
  enterInvoice(invoice: NewInvoice): void;
  cancelInvoice(invoiceId: string, reason: string): void;
  keepMemo(memo: ChangedMemo): void;
  noteUpload(documentType: 'invoice' | 'credit-memo', documentId: string, upload: Upload): void;
}

/** Is there money that no invoice tells of, or an invoice of other money? Not while it is still to be billed. */
export const totalsDiffer = ({
  status,
  dueMinor,
  invoicedMinor,
  reason,
}: Pick<OrderBilling, 'status' | 'dueMinor' | 'invoicedMinor' | 'reason'>): boolean =>
  status !== 'open' && dueMinor !== invoicedMinor && reason !== 'invoice-by-amazon';
