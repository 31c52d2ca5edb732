import { AmazonCancellationAccepted, AmazonCancellationRejected } from '@orderbus/contracts';
import { planCancellation } from './cancellation.ts';
import { toVerdict } from './feed-check.ts';
import type { WriteKind } from './write-kind.ts';
import type { CancellationData, CancellationRequest } from './write-request.ts';

/** A cancellation as the ledger sees it. */
export const cancellationKind: WriteKind<CancellationData, CancellationRequest> = {
  naturalKey: ({ cancellationId }) => cancellationId,
  subject: ({ orderId }) => `money:${orderId}`,
  check: (asked, picture) => toVerdict(planCancellation(asked, picture)),
  request: (data) => ({ kind: 'cancellation', ...data }),
  confirmed: ({ cancellationId }, { orderId, amazonOrderId }, acceptedAt) =>
    AmazonCancellationAccepted.of({ orderId, amazonOrderId, cancellationId, acceptedAt }),
  rejected: ({ cancellationId }, { orderId, amazonOrderId }, refusal) =>
    AmazonCancellationRejected.of({ orderId, amazonOrderId, cancellationId, refusal }),
};
