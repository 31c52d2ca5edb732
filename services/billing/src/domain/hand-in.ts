import { accept, type Decision, InvoiceUploadRequested, refuse } from '@orderbus/contracts';
import type { CreditMemo } from './credit-memo.ts';
import type { About, Billed, CommandOf, DocumentBook, KnownLine, OrderBilling, State } from './order-billing.ts';
import { isIssued as isMemoIssued } from './refund-lifecycle.ts';
import { isIssued, sum } from './remaining.ts';
import { taxSummary } from './tax.ts';
import { takesInvoices, type Upload } from './upload.ts';

type Event = ReturnType<typeof InvoiceUploadRequested.of>;

/** A document that Amazon may be given. */
interface Candidate {
  readonly type: 'invoice' | 'credit-memo';
  readonly document: Billed | CreditMemo;
}

/** Asks for what is ready: Amazon wants to have the documents of what has shipped, where it takes them and the store says so. */
export const handIn = (state: State, about: About, book: DocumentBook): { readonly state: State; readonly events: readonly Event[] } => {
  if (!state.shipped || !takesInvoices(state.country) || !book.settingsOf(about.tenant).uploadVatInvoices) return { state, events: [] };
  const waiting = candidates(state).filter(({ document }) => document.upload.state === 'none');
  return waiting.reduce<{ state: State; events: readonly Event[] }>(
    (done, candidate) => {
      const next = ask(done.state, candidate, about, book);
      return { state: next.state, events: [...done.events, next.event] };
    },
    { state, events: [] },
  );
};

/** A person asks for it, also again after a refusal. */
export const upload = (before: OrderBilling, { documentId }: CommandOf<'upload'>, about: About, book: DocumentBook): Decision<State> => {
  const candidate = candidates(before).find(({ document }) => document.id === documentId);
  const why = candidate === undefined ? 'only issued documents are handed in' : whyNotHandedIn(before, candidate.document.upload);
  if (candidate === undefined || why !== undefined) return refuse('not-allowed', why ?? '');
  const { state, event } = ask(before, candidate, about, book);
  return accept(state, event);
};

const whyNotHandedIn = ({ country, shipped }: Pick<OrderBilling, 'country' | 'shipped'>, { state }: Upload): string | undefined => {
  if (!takesInvoices(country)) return `Amazon takes no invoices for ${country ?? 'an unknown country'}`;
  if (!shipped) return 'nothing of the order has shipped: Amazon takes its documents after that';
  if (state === 'requested') return 'Amazon has been asked, and has not answered yet';
  return state === 'accepted' ? 'Amazon has it' : undefined;
};

/** Amazon's answer. One to an earlier question is old news. */
export const hearUpload = (
  before: OrderBilling,
  { documentId, attempt, refusal }: CommandOf<'hear-upload'>,
  book: DocumentBook,
): Decision<State> => {
  const candidate = documentsOf(before).find(({ document }) => document.id === documentId);
  if (candidate === undefined) return refuse('too-early', 'this document is not known yet');
  const { upload: known } = candidate.document;
  if (attempt !== known.attempt || known.state === 'accepted' || (refusal !== undefined && known.state === 'refused'))
    return refuse('already-done');
  return accept(
    withUpload(before, candidate, refusal === undefined ? { state: 'accepted', attempt } : { state: 'refused', attempt, refusal }, book),
  );
};

const documentsOf = ({ invoices, memos }: State): Candidate[] => [
  ...invoices.map((document) => ({ type: 'invoice', document }) as const),
  ...memos.map((document) => ({ type: 'credit-memo', document }) as const),
];

const candidates = (state: State): Candidate[] =>
  documentsOf(state).filter(({ document }) => ('kind' in document ? isMemoIssued(document.state) : isIssued(document)));

const ask = (before: State, candidate: Candidate, about: About, book: DocumentBook) => {
  const { type, document } = candidate;
  const attempt = document.upload.attempt + 1;
  return {
    state: withUpload(before, candidate, { state: 'requested', attempt }, book),
    event: InvoiceUploadRequested.of({
      ...{ orderId: about.id, documentId: document.id, documentType: type, attempt },
      ...{ number: document.number as string, currency: before.currency as string, totalMinor: document.totalMinor },
      taxMinor: taxMinorOf(before, document),
    }),
  };
};

const taxMinorOf = ({ lines, country }: State, document: Candidate['document']): number => {
  const known = new Map(lines.map((line) => [line.lineId, line]));
  const taxed = document.lines.map((line) => ({ ...(known.get(line.lineId) as KnownLine), ...line }));
  const options = country === null || document.vatRate === null ? {} : { rates: { [country]: document.vatRate } };
  return sum(taxSummary(taxed, { ...(country === null ? {} : { country }), ...options }).map(({ taxMinor }) => taxMinor));
};

const withUpload = (before: State, { type, document: { id } }: Candidate, uploaded: Upload, book: DocumentBook): State => {
  book.noteUpload(type, id, uploaded);
  const noted = <Document extends { readonly id: string }>(all: readonly Document[]): Document[] =>
    all.map((one) => (one.id === id ? { ...one, upload: uploaded } : one));
  return { ...before, invoices: noted(before.invoices), memos: noted(before.memos) };
};
