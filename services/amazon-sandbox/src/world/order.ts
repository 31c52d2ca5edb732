import type { CustomerAddress, FulfillmentStatus } from '@sp-api-sdk/orders-api-2026-01-01';

export type { FulfillmentStatus };
export type FulfilledBy = 'MERCHANT' | 'AMAZON';
export type ServiceLevel = 'STANDARD' | 'EXPEDITED' | 'NEXT_DAY' | 'SECOND_DAY' | 'FREE_ECONOMY';

/** Every status an order can have. */
export const fulfillmentStatuses = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'UNSHIPPED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'CANCELLED',
  'UNFULFILLABLE',
] as const satisfies readonly FulfillmentStatus[];

/**
 * An order as the sandbox knows it: the whole truth, in few words. What a caller sees of it is decided when it is rendered.
 * Never changed in place. Times are milliseconds since 1970, amounts are minor units of the marketplace's currency.
 */
export interface WorldOrder {
  readonly orderId: string;
  /** The number of its birth; breaks ties between equal times. */
  readonly sequence: number;
  readonly sellerId: string;
  readonly marketplaceId: string;
  readonly createdTime: number;
  readonly lastUpdatedTime: number;
  readonly status: FulfillmentStatus;
  readonly fulfilledBy: FulfilledBy;
  readonly serviceLevel: ServiceLevel;
  readonly programs: readonly string[];
  /** The order that this one replaces, free of charge. */
  readonly replaces?: string;
  readonly buyer: WorldBuyer;
  readonly address: CustomerAddress;
  readonly paymentMethod: string;
  readonly tip: number;
  readonly shipBy: Window;
  readonly deliverBy: Window;
  readonly lines: readonly WorldLine[];
  readonly packages: readonly WorldPackage[];
  /** What will happen to it by itself, earliest first. */
  readonly plan: readonly PlannedStep[];
  /** Arbitrary JSON laid over the answer, to see how consumers bear it. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

export interface WorldBuyer {
  readonly name: string;
  readonly email: string;
  readonly company?: string;
  readonly purchaseOrder?: string;
  readonly vatNumber?: string;
}

export interface WorldLine {
  readonly orderItemId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly shipped: number;
  readonly unitPrice: number;
  readonly businessPrice: boolean;
  readonly amounts: LineAmounts;
  readonly promotionId?: string;
  readonly points?: number;
  readonly subscribed: boolean;
  readonly gift?: { readonly message?: string; readonly wrapLevel?: string };
  readonly cancellationRequest?: string;
  readonly cancelled?: { readonly by: Canceller; readonly reason: string };
}

/** For the whole quantity of a line. Discounts are positive here and negative on the wire; taxes are only those on top of the price. */
export interface LineAmounts {
  readonly item: number;
  readonly shipping: number;
  readonly giftWrap: number;
  readonly itemDiscount: number;
  readonly shippingDiscount: number;
  readonly itemTax: number;
  readonly shippingTax: number;
  readonly giftWrapTax: number;
  readonly discountTax: number;
}

export interface WorldPackage {
  readonly referenceId: string;
  readonly shippedAt: number;
  readonly carrier: string;
  readonly service: string;
  readonly trackingNumber: string;
  readonly items: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

export interface Window {
  readonly from: number;
  readonly to: number;
}

export type Canceller = 'BUYER' | 'MERCHANT' | 'AMAZON';

/** What can happen to an order. */
export type Change =
  | { readonly type: 'become-available' }
  | { readonly type: 'release' }
  | { readonly type: 'ship'; readonly part: 'some' | 'rest' }
  | { readonly type: 'cancel'; readonly by: Canceller; readonly reason: string }
  | { readonly type: 'declare-unfulfillable' }
  | { readonly type: 'request-cancellation'; readonly reason: string }
  | { readonly type: 'lay-over'; readonly raw: Readonly<Record<string, unknown>> | null };

export interface PlannedStep {
  readonly at: number;
  readonly change: Change;
}
