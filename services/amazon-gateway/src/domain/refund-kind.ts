import { AmazonRefundAccepted, AmazonRefundRejected } from '@orderbus/contracts';
import { toVerdict } from './feed-check.ts';
import { planRefund } from './refund.ts';
import type { WriteKind } from './write-kind.ts';
import type { RefundData, RefundRequest } from './write-request.ts';

/** A refund as the ledger sees it. */
export const refundKind: WriteKind<RefundData, RefundRequest> = {
  naturalKey: ({ refundId }) => refundId,
  subject: ({ orderId }) => `money:${orderId}`,
  check: (asked, picture) => toVerdict(planRefund(asked, picture)),
  request: (data) => ({ kind: 'refund', ...data }),
  confirmed: ({ refundId }, { orderId, amazonOrderId }, acceptedAt) =>
    AmazonRefundAccepted.of({ orderId, amazonOrderId, refundId, acceptedAt }),
  rejected: ({ refundId }, { orderId, amazonOrderId }, refusal) => AmazonRefundRejected.of({ orderId, amazonOrderId, refundId, refusal }),
};
