import { AmazonInvoiceAccepted, AmazonInvoiceRejected } from '@orderbus/contracts';
import { askedAlready, attemptsAmong, laterAttempt } from './attempts.ts';
import { toVerdict } from './feed-check.ts';
import { planInvoice } from './invoice.ts';
import type { Picture, WriteKind } from './write-kind.ts';
import type { InvoiceData, InvoiceRequest } from './write-request.ts';

/** A document that Amazon wants to have, as the ledger sees it: its numbers, not its content. */
export const invoiceKind: WriteKind<InvoiceData, InvoiceRequest> = {
  naturalKey: ({ documentId, attempt }) => `${documentId}:${attempt}`,
  // A credit memo follows the invoice that it is about.
  subject: ({ orderId }) => `documents:${orderId}`,
  check: (asked, picture) => {
    const words = askedAlready(asked.attempt, attemptsAt(asked, picture));
    if (words !== undefined) return { verdict: 'refused', refusal: { code: 'invoice.asked-already', words } };
    return toVerdict(planInvoice(asked, picture));
  },
  request: (data) => ({ kind: 'invoice', ...data }),
  superseded: (request, picture) => laterAttempt(request.attempt, attemptsAt(request, picture)),
  confirmed: ({ documentId, attempt }, { orderId, amazonOrderId }, acceptedAt) =>
    AmazonInvoiceAccepted.of({ orderId, amazonOrderId, documentId, attempt, acceptedAt }),
  rejected: ({ documentId, attempt }, { orderId, amazonOrderId }, refusal) =>
    AmazonInvoiceRejected.of({ orderId, amazonOrderId, documentId, attempt, refusal }),
};

const attemptsAt = ({ documentId }: InvoiceData, { earlier }: Picture) =>
  attemptsAmong(earlier, (request) => (request.kind === 'invoice' && request.documentId === documentId ? request.attempt : undefined));
