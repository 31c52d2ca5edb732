import { AppError, documentIdOf, sumMinor } from '@orderbus/kernel';
import { type Account, accounts } from './chart-of-accounts.ts';
import { moneyOf, type TaxedLine, type TaxKind, type TaxOptions } from './tax.ts';

/** A document as the books see it. `country` and `rates` are those it was issued with: later ones must not change what is posted. */
export interface Billed extends TaxOptions {
  readonly documentId: string;
  readonly number: string;
  readonly orderId: string;
  readonly tenant: string;
  readonly shop?: string | null | undefined;
  readonly currency: string;
  readonly lines: readonly BilledLine[];
  readonly tipMinor: number;
  /** The lines and the tip. */
  readonly totalMinor: number;
  /** When it was issued. Absent: at the moment of writing. */
  readonly at?: string | undefined;
}

export interface BilledLine extends TaxedLine {
  readonly programs?: readonly string[] | undefined;
}

/** A credit memo as the books see it. Its lines carry what is given back of them, with the signs of the invoice. */
export interface PaidBack extends Billed {
  /** `correction`: Amazon never charged for it, so nothing is paid back. Absent: `refund`. */
  readonly kind?: 'refund' | 'correction' | undefined;
  /** Given on top of what was paid for. */
  readonly adjustmentRefundMinor?: number | undefined;
  /** Kept of what is given back, as a positive amount. */
  readonly adjustmentFeeMinor?: number | undefined;
}

export const entryKinds = ['invoice', 'invoice-canceled', 'credit-memo', 'correction'] as const;
export type EntryKind = (typeof entryKinds)[number];

interface JournalLine {
  readonly account: Account;
  readonly debitMinor: number;
  readonly creditMinor: number;
}

/** What a document means to the books. Debits and credits are equal, each line stands on one side, and nothing is negative. */
export interface JournalEntry {
  /** Derived from the document and the kind, so that it cannot be posted twice. */
  readonly entryId: string;
  readonly tenant: string;
  readonly shop: string | null;
  readonly orderId: string;
  readonly documentId: string;
  readonly documentNumber: string;
  readonly kind: EntryKind;
  readonly currency: string;
  /** Absent: at the moment of writing. */
  readonly at?: string | undefined;
  readonly lines: readonly JournalLine[];
}

type Part = TaxKind | 'tip';

/** Where each part of a document is posted. An invoice credits it, everything else debits it. */
const rules: Readonly<Record<'invoice' | 'credit-memo' | 'correction', Readonly<Record<Part, Account>>>> = {
  invoice: {
    item: 'revenue-goods',
    shipping: 'revenue-shipping',
    'gift-wrap': 'revenue-gift-wrap',
    discount: 'discounts',
    other: 'adjustments',
    tip: 'tips',
  },
  'credit-memo': {
    item: 'refunds-goods',
    shipping: 'refunds-shipping',
    'gift-wrap': 'refunds-gift-wrap',
    discount: 'refunds-goods',
    other: 'refunds-other',
    tip: 'refunds-other',
  },
  // As if it had not been invoiced.
  correction: {
    item: 'revenue-goods',
    shipping: 'revenue-shipping',
    'gift-wrap': 'revenue-gift-wrap',
    discount: 'discounts',
    other: 'adjustments',
    tip: 'tips',
  },
};

export const entryOfInvoice = (invoice: Billed): JournalEntry =>
  entryOf(invoice, 'invoice', [...postingsOf(invoice, 'invoice'), on(receivableOf(invoice), -invoice.totalMinor)]);

/** The entry of its invoice with the sides changed: whatever was posted is taken back exactly. */
export const entryOfCanceledInvoice = ({ lines, at: _, ...entry }: JournalEntry, at?: string): JournalEntry => ({
  ...entry,
  entryId: entryIdOf(entry.documentId, 'invoice-canceled'),
  kind: 'invoice-canceled',
  ...(at === undefined ? {} : { at }),
  lines: lines.map(({ account, debitMinor, creditMinor }) => ({ account, debitMinor: creditMinor, creditMinor: debitMinor })),
});

/** Amazon pays it back and takes it from what it owes the seller, whoever collected the money. */
export const entryOfCreditMemo = (memo: PaidBack): JournalEntry => {
  const kind = memo.kind === 'correction' ? 'correction' : 'credit-memo';
  const receivable = kind === 'correction' ? receivableOf(memo) : 'receivable-amazon';
  return entryOf(memo, kind, [
    ...postingsOf(memo, kind).map((posting) => ({ ...posting, creditMinor: -posting.creditMinor })),
    on('goodwill', -(memo.adjustmentRefundMinor ?? 0)),
    on('restocking-fees', memo.adjustmentFeeMinor ?? 0),
    on(receivable, memo.totalMinor),
  ]);
};

export const entryIdOf = (documentId: string, kind: EntryKind): string => documentIdOf(documentId, `journal:${kind}`);

/** An amount on the credit side; a negative one stands on the debit side. */
interface Posting {
  readonly account: Account;
  readonly creditMinor: number;
  /** Follows from the document without standing on it: it is not set off against what does. */
  readonly withheld?: true;
}

const on = (account: Account, creditMinor: number): Posting => ({ account, creditMinor });

/** Base and tax of everything that the document tells, and the tip. */
const postingsOf = (document: Billed, kind: keyof typeof rules): Posting[] => [
  ...moneyOf(document.lines, document).flatMap(({ of, collectedBy, baseMinor, taxMinor }) => [
    on(rules[kind][of], baseMinor),
    ...(collectedBy === 'seller' ? [on('tax-payable', taxMinor)] : [on('tax-of-marketplace', taxMinor), ...withheld(taxMinor)]),
  ]),
  on(rules[kind].tip, document.tipMinor),
];

/**
 * Tax of the marketplace is paid by the buyer, but Amazon keeps it: it is owed and at once settled. So the entry shows it, the
 * receivable is less by it, and none of it is left to be paid by the seller.
 */
const withheld = (taxMinor: number): Posting[] => [
  { ...on('tax-of-marketplace', -taxMinor), withheld: true },
  { ...on('receivable-amazon', taxMinor), withheld: true },
];

/** What is paid on delivery is collected by the carrier, for the whole document. */
const receivableOf = ({ lines }: Billed): Account =>
  lines.some(({ programs }) => programs?.includes('cash-on-delivery')) ? 'receivable-carrier' : 'receivable-amazon';

const entryOf = (document: Billed, kind: EntryKind, postings: readonly Posting[]): JournalEntry => {
  const { documentId, number: documentNumber, orderId, tenant, shop, currency, at } = document;
  const lines = linesOf(postings);
  const differenceMinor = lines.reduce((sum, { debitMinor, creditMinor }) => sum + debitMinor - creditMinor, 0);
  if (differenceMinor !== 0) throw new AppError('bug', 'books.document-does-not-add-up', { documentId, kind, differenceMinor });
  const about = { tenant, shop: shop ?? null, orderId, documentId, documentNumber, kind, currency };
  return { entryId: entryIdOf(documentId, kind), ...about, ...(at === undefined ? {} : { at }), lines };
};

/** One line for each account, and one more for what is withheld. Debits first, then as in the chart. */
const linesOf = (postings: readonly Posting[]): JournalLine[] =>
  [...Map.groupBy(postings, ({ account, withheld }) => `${account}${withheld ? ':withheld' : ''}`).values()]
    .map((same) => {
      const [{ account }] = same as [Posting];
      const minor = sumMinor(same.map(({ creditMinor }) => creditMinor));
      return { account, debitMinor: Math.max(-minor, 0), creditMinor: Math.max(minor, 0) };
    })
    .filter(({ debitMinor, creditMinor }) => debitMinor !== creditMinor)
    .toSorted(
      (a, b) => Number(a.debitMinor === 0) - Number(b.debitMinor === 0) || accounts.indexOf(a.account) - accounts.indexOf(b.account),
    );
