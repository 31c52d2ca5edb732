import type { Clock } from '@orderbus/kernel';
import { quotaExceeded } from './amazon-error.ts';

/** What is sustained per second, and how much may come at once. */
export interface UsagePlan {
  readonly rate: number;
  readonly burst: number;
}

export type Operation = keyof typeof usagePlans;

/** Amazon's documented default plans. */
export const usagePlans = {
  searchOrders: { rate: 0.0056, burst: 20 },
  getOrder: { rate: 0.5, burst: 30 },
  confirmShipment: { rate: 2, burst: 10 },
  updateShipmentStatus: { rate: 5, burst: 15 },
  createFeedDocument: { rate: 0.5, burst: 15 },
  createFeed: { rate: 0.0083, burst: 15 },
  getFeed: { rate: 2, burst: 15 },
  getFeeds: { rate: 0.0222, burst: 10 },
  getFeedDocument: { rate: 0.0222, burst: 10 },
  cancelFeed: { rate: 2, burst: 15 },
  listTransactions: { rate: 0.5, burst: 10 },
  getMessagingActionsForOrder: { rate: 1, burst: 5 },
  getAttributes: { rate: 1, burst: 5 },
  confirmCustomizationDetails: { rate: 1, burst: 5 },
  createConfirmDeliveryDetails: { rate: 1, burst: 5 },
  createConfirmOrderDetails: { rate: 1, burst: 5 },
  createConfirmServiceDetails: { rate: 1, burst: 5 },
  createDigitalAccessKey: { rate: 1, burst: 5 },
  createLegalDisclosure: { rate: 1, burst: 5 },
  createUnexpectedProblem: { rate: 1, burst: 5 },
  createWarranty: { rate: 1, burst: 5 },
  sendInvoice: { rate: 1, burst: 5 },
  getSolicitationActionsForOrder: { rate: 1, burst: 5 },
  createProductReviewAndSellerFeedbackSolicitation: { rate: 1, burst: 5 },
  createUploadDestinationForResource: { rate: 10, burst: 10 },
} as const satisfies Record<string, UsagePlan>;

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** A token bucket per operation, application and selling partner. */
export class Throttle {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws AmazonError 429 when the bucket is empty. */
  spend(operation: Operation, clientId: string, sellerId: string): void {
    const { rate, burst } = usagePlans[operation];
    const now = this.#clock.now().getTime();
    const key = `${operation} ${clientId} ${sellerId}`;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, filledAt: now };
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * rate);
    // The tolerance forgives floating point: a caller who waits exactly 1/rate has earned its request.
    const allowed = tokens >= 1 - 1e-9;
    this.#buckets.set(key, { tokens: allowed ? Math.max(0, tokens - 1) : tokens, filledAt: now });
    if (!allowed) throw quotaExceeded();
  }
}
