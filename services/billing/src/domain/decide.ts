import { accept, type Decision, type Refusal, refuse } from '@orderbus/contracts';
import { bill } from './bill.ts';
import { cancel, cancelUnits, open, rename, ship, update } from './follow.ts';
import { credit, doubt, hear, retry } from './give-back.ts';
import { handIn, hearUpload, upload } from './hand-in.ts';
import type { About, BillingCommand, BillingStatus, DocumentBook, OrderBilling, State } from './order-billing.ts';
import { leftToBill, standingMinor } from './remaining.ts';

type Cells = Record<BillingCommand['type'], 'do' | Refusal>;

const tooEarly = 'too-early';
/** Until it is billed or canceled. */
const waiting = {
  ...{ open: 'already-done', update: 'do', cancel: 'do', rename: 'do', 'cancel-units': 'do', ship: 'do', bill: 'do' },
  ...{ credit: 'not-allowed', retry: 'not-allowed', hear: 'do', doubt: 'do', upload: 'not-allowed', 'hear-upload': 'do' },
} as const satisfies Cells;
const billed = { ...waiting, credit: 'do', retry: 'do', upload: 'do' } as const satisfies Cells;

/**
 * What a command meets where billing stands. The first snapshot of an order decides about its invoice, whatever arrives later: so the
 * outcome does not depend on the order of arrival, and later money shows as a difference between due and invoiced. Canceled is final,
 * but Amazon's answers are still heard.
 */
export const lifecycle = {
  unknown: {
    ...{ open: 'do', update: tooEarly, cancel: tooEarly, rename: tooEarly, 'cancel-units': tooEarly, ship: tooEarly, bill: tooEarly },
    ...{ credit: tooEarly, retry: tooEarly, hear: tooEarly, doubt: tooEarly, upload: tooEarly, 'hear-upload': tooEarly },
  },
  open: billed,
  invoiced: billed,
  'not-needed': waiting,
  review: waiting,
  canceled: {
    ...{ open: 'already-done', update: 'already-done', cancel: 'already-done', rename: 'do', 'cancel-units': 'already-done' },
    ...{
      ship: 'already-done',
      bill: 'not-allowed',
      credit: 'not-allowed',
      retry: 'not-allowed',
      hear: 'do',
      doubt: 'do',
      upload: 'do',
      'hear-upload': 'do',
    },
  },
} as const satisfies Record<'unknown' | BillingStatus, Cells>;

export const decide = (before: OrderBilling | undefined, command: BillingCommand, about: About, book: DocumentBook): Decision<State> => {
  const cell: 'do' | Refusal = lifecycle[before?.status ?? 'unknown'][command.type];
  if (cell === 'too-early') return refuse(cell, 'the order is not known here yet');
  if (cell === 'not-allowed') return refuse(cell, `${wordsOf[before?.status ?? 'unknown']}: this is not possible`);
  if (cell === 'already-done') return refuse(cell);
  const decision = run(before, command, about, book);
  return 'refused' in decision ? decision : concluded(decision, about, book);
};

const run = (before: OrderBilling | undefined, command: BillingCommand, about: About, book: DocumentBook): Decision<State> => {
  if (command.type === 'open') return open(command, about, book);
  const order = before as OrderBilling;
  switch (command.type) {
    case 'update':
      return update(order, command, about, book);
    case 'cancel':
      return cancel(order, command, about, book);
    case 'rename':
      return rename(order, command);
    case 'cancel-units':
      return cancelUnits(order, command, about, book);
    case 'ship':
      return ship(order, command, about, book);
    case 'bill':
      return bill(order, command, about, book);
    case 'credit':
      return credit(order, command, about, book);
    case 'retry':
      return retry(order, command, about, book);
    case 'hear':
      return hear(order, command, about, book);
    case 'doubt':
      return doubt(order, command, about, book);
    case 'upload':
      return upload(order, command, about, book);
    case 'hear-upload':
      return hearUpload(order, command, book);
  }
};

/** What follows from the documents, whatever was done to them. */
const concluded = ({ state, events }: Extract<Decision<State>, { state: State }>, about: About, book: DocumentBook): Decision<State> => {
  const status = statusOf(state);
  const handedIn = handIn(
    {
      ...state,
      ...{ status, reason: status === 'open' || status === 'invoiced' ? null : state.reason },
      detail: status === 'review' ? state.detail : null,
      invoiceId: state.invoices[0]?.id ?? null,
      invoiceNumber: state.invoices[0]?.number ?? null,
      invoicedMinor: standingMinor({ ...state, status }),
      refusedRefunds: state.memos.filter(({ state: refund }) => refund === 'refused').length,
      shippedUnits: status === 'open' ? state.shippedUnits : { atAmazon: {}, parcels: {} },
    },
    about,
    book,
  );
  return accept(handedIn.state, ...events, ...handedIn.events);
};

const statusOf = (state: State): BillingStatus => {
  if (state.status === 'canceled' || (state.invoices.length === 0 && state.status !== 'open')) return state.status;
  return state.invoices.length === 0 || leftToBill(state).some(({ quantity }) => quantity > 0) ? 'open' : 'invoiced';
};

const wordsOf = {
  unknown: 'the order is not known here yet',
  open: 'it waits to be billed',
  invoiced: 'it is billed',
  'not-needed': 'it needs no invoice',
  review: 'its money does not add up',
  canceled: 'the order is canceled',
} as const satisfies Record<'unknown' | BillingStatus, string>;
