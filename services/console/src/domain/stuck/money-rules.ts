import { action } from './actions.ts';
import type { BillingFacts, CreditMemoFacts, Known } from './facts.ts';
import { read } from './order-rules.ts';
import { type Finding, one, present, rule, saying } from './reason.ts';

/** Documents and money that wait for a person. */
export const moneyRules = [
  rule({
    code: 'refund-refused',
    waitsFor: 'person',
    when: 'Amazon refused to pay back, and no later refund of the order stands.',
    mendedBy: 'Ask again, or ask for another amount.',
    find: (known) => (known.creditMemos ?? []).filter((memo) => isStillRefused(memo, known)).map((memo) => refundFinding(known, memo)),
  }),
  rule({
    code: 'invoice-review',
    waitsFor: 'person',
    when: "Amazon's figures contradict each other: no invoice is issued.",
    mendedBy: 'Look at the order in Seller Central. It is read again at once, and billed when its figures add up.',
    find: (known) => one(known.billing?.status === 'review' && reviewFinding(known, known.billing)),
  }),
  rule({
    code: 'document-refused',
    waitsFor: 'person',
    when: 'Amazon did not take an invoice or a credit memo that was handed in.',
    mendedBy: 'Mend what its words say, and hand it in again.',
    find: (known) => [...refusedInvoices(known), ...refusedMemos(known)],
  }),
  rule({
    code: 'money-differs',
    waitsFor: 'person',
    when: 'What the buyer owes by now is not what was invoiced.',
    mendedBy: 'Bill the rest, or credit the difference.',
    find: (known) => one(known.billing?.totalsDiffer && known.billing.status === 'invoiced' && differenceFinding(known, known.billing)),
  }),
] as const;

/** Whoever asked again, or otherwise, has dealt with it. */
const isStillRefused = ({ state, requestedAt, kind }: CreditMemoFacts, { creditMemos = [] }: Known): boolean =>
  state === 'refused' && !creditMemos.some((later) => later.kind === kind && later.state !== 'refused' && later.requestedAt > requestedAt);

const refundFinding = (known: Known, { creditMemoId, totalMinor, currency, refusal, requestedAt }: CreditMemoFacts): Finding => ({
  facts: { ...saying(refusal), totalMinor, currency },
  since: failedAt(known, ({ refundId }) => refundId === creditMemoId) ?? requestedAt,
  actions: [
    action('refund-otherwise', '/credit-memos', { orderId: known.orderId }),
    action('retry-refund', `/credit-memos/${creditMemoId}/retry`),
  ],
});

const reviewFinding = (known: Known, { reason = '', detail = '', toBill }: BillingFacts): Finding => ({
  facts: { reason, detail },
  actions: [toBill.why === undefined ? billRest(known) : undefined, known.order && read(known.order)],
});

const differenceFinding = (known: Known, { dueMinor, invoicedMinor, currency = '', toBill }: BillingFacts): Finding => {
  const isMore = dueMinor > invoicedMinor;
  const credit = action('credit-difference', '/credit-memos', { orderId: known.orderId, kind: 'correction' });
  const bill = toBill.why === undefined ? billRest(known) : undefined;
  return { facts: { context: isMore ? 'more' : 'less', dueMinor, invoicedMinor, currency }, actions: [isMore ? bill : credit] };
};

const billRest = ({ orderId }: Known) => action('bill-rest', '/invoices', { orderId });

const refusedInvoices = (known: Known): readonly Finding[] =>
  (known.invoices ?? [])
    .filter(({ status, upload }) => status === 'issued' && upload.state === 'refused')
    .map(({ invoiceId, number, upload }) => documentFinding(known, 'invoice', `/invoices/${invoiceId}`, { id: invoiceId, number, upload }));

const refusedMemos = (known: Known): readonly Finding[] =>
  (known.creditMemos ?? [])
    .filter(({ upload }) => upload.state === 'refused')
    .map(({ creditMemoId: id, number, upload }) => documentFinding(known, 'credit', `/credit-memos/${id}`, { id, number, upload }));

interface Document {
  readonly id: string;
  readonly number: string | undefined;
  readonly upload: CreditMemoFacts['upload'];
}

const documentFinding = (known: Known, context: 'invoice' | 'credit', at: string, { id, number, upload }: Document): Finding => ({
  facts: { ...saying(upload.refusal), context, ...present({ number }) },
  since: failedAt(known, ({ documentId }) => documentId === id),
  actions: [action('hand-in-again', `${at}/upload`)],
});

type Request = NonNullable<Known['commands']>[number]['request'];

const failedAt = ({ commands = [] }: Known, isMeant: (request: Request) => boolean): string | undefined =>
  commands.find(({ state, request }) => state === 'failed' && isMeant(request))?.settledAt;
