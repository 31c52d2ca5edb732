import { AmazonRefundAccepted, AmazonRefundRejected, AmazonRefundSettled, AmazonRefundSubmitted } from '@orderbus/contracts';
import { askedAlready, attemptsAmong, laterAttempt } from './attempts.ts';
import { toVerdict } from './feed-check.ts';
import { attemptOf, planRefund } from './refund.ts';
import type { Picture, WriteKind } from './write-kind.ts';
import type { RefundData, RefundRequest } from './write-request.ts';

/** A refund as the ledger sees it. */
export const refundKind: WriteKind<RefundData, RefundRequest> = {
  naturalKey: (asked) => (attemptOf(asked) === 1 ? asked.refundId : `${asked.refundId}:${attemptOf(asked)}`),
  subject: ({ orderId }) => `money:${orderId}`,
  check: (asked, picture) => {
    // No answer of its own: its events name the refund, not the attempt, and the answer to the other attempt is the answer.
    const why = askedAlready(attemptOf(asked), attemptsAt(asked, picture));
    return why === undefined ? toVerdict(planRefund(asked, picture)) : { verdict: 'nothing', why };
  },
  request: (data) => ({ kind: 'refund', ...data }),
  superseded: (request, picture) => laterAttempt(attemptOf(request), attemptsAt(request, picture)),
  submitted: ({ refundId }, { orderId, amazonOrderId }, submittedAt) =>
    AmazonRefundSubmitted.of({ orderId, amazonOrderId, refundId, submittedAt }),
  confirmed: ({ refundId }, { orderId, amazonOrderId }, acceptedAt) =>
    AmazonRefundAccepted.of({ orderId, amazonOrderId, refundId, acceptedAt }),
  rejected: ({ refundId }, { orderId, amazonOrderId }, refusal) => AmazonRefundRejected.of({ orderId, amazonOrderId, refundId, refusal }),
  booked: ({ refundId }, { orderId, amazonOrderId }, booking) => AmazonRefundSettled.of({ orderId, amazonOrderId, refundId, ...booking }),
};

const attemptsAt = ({ refundId }: RefundData, { earlier }: Picture) =>
  attemptsAmong(earlier, (request) => (request.kind === 'refund' && request.refundId === refundId ? attemptOf(request) : undefined));
