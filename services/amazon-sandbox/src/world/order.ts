import type { CustomerAddress, DeliveryPreference, FulfillmentStatus } from '@sp-api-sdk/orders-api-2026-01-01';

export type { FulfillmentStatus };
export type FulfilledBy = 'MERCHANT' | 'AMAZON';
export type ServiceLevel = 'STANDARD' | 'EXPEDITED' | 'NEXT_DAY' | 'SECOND_DAY' | 'FREE_ECONOMY';

/** What a buyer may pay with. COD is cash on delivery, in Japan. */
export const paymentMethods = ['CreditCard', 'CVS', 'COD', 'Invoice'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

/** Programs of an order that can be wished for. */
export const programs = [
  'AMAZON_BAZAAR',
  'AMAZON_BUSINESS',
  'AMAZON_HAUL',
  'DELIVERY_BY_AMAZON',
  'FBM_SHIP_PLUS',
  'INVOICE_BY_AMAZON',
  'IN_STORE_PICK_UP',
  'PREMIUM',
  'PREORDER',
  'PRIME',
] as const;

/** Programs of a line that can be wished for. */
export const itemPrograms = ['TRANSPARENCY', 'SUBSCRIBE_AND_SAVE'] as const;
export type ItemProgram = (typeof itemPrograms)[number];

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
  /** What the seller calls it. */
  readonly sellerOrderId?: string;
  /** The number of its birth; breaks ties between equal times. */
  readonly sequence: number;
  readonly sellerId: string;
  readonly marketplaceId: string;
  /** Sold elsewhere, and only handled by Amazon. */
  readonly channel?: 'NON_AMAZON';
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
  /** Where and when the buyer wants it. */
  readonly delivery?: DeliveryPreference;
  readonly paymentMethod: PaymentMethod;
  readonly tip: number;
  readonly shipBy: Window;
  readonly deliverBy: Window;
  readonly lines: readonly WorldLine[];
  readonly packages: readonly WorldPackage[];
  /** Of an order that the buyer picks up: it lies ready in the store. */
  readonly readyForPickup?: true;
  /** What was paid back, in the order in which it happened. */
  readonly refunds?: readonly WorldRefund[];
  /** What decides about messages to the buyer; without it, chance and the marketplace do. */
  readonly contact?: WorldContact;
  /** What will happen to it by itself, earliest first. */
  readonly plan: readonly PlannedStep[];
  /** Arbitrary JSON laid over the answer, to see how consumers bear it. */
  readonly raw?: Readonly<Record<string, unknown>>;
}

/** How the buyer wants to be written to, and what the order is about as far as messages go. */
interface WorldContact {
  /** The language that the buyer has chosen. */
  readonly locale?: string | undefined;
  /** Only what is needed to complete the order reaches this buyer. */
  readonly optedOut?: boolean | undefined;
  /** Made to the buyer's design, done at the buyer's home, or of no use without a key. The catalogue has plain goods only. */
  readonly nature?: 'goods' | 'customized' | 'service' | 'digital' | undefined;
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
  /** Every piece carries a code of its own, which has to be told with the shipment. */
  readonly transparency?: true;
  readonly gift?: { readonly message?: string; readonly wrapLevel?: string };
  /** Where the buyer's own design can be fetched. */
  readonly customizedUrl?: string;
  /** How the VAT of a sale across the border is declared. */
  readonly scheme?: 'IOSS' | 'UOSS';
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
  /** For cash on delivery. */
  readonly codFee?: number;
}

export interface WorldPackage {
  readonly referenceId: string;
  readonly shippedAt: number;
  /** When the seller told of it, if not at the moment it was shipped. */
  readonly confirmedAt?: number;
  readonly carrier: string;
  readonly service?: string;
  readonly trackingNumber: string;
  readonly items: readonly PackedItem[];
  /** How far it has come; nothing means that it has just been shipped. */
  readonly progress?: PackageProgress;
}

export type PackageProgress = 'IN_TRANSIT' | 'DELIVERED';

/** Some pieces of a line. */
export interface Pieces {
  readonly orderItemId: string;
  readonly quantity: number;
}

export interface PackedItem extends Pieces {
  readonly transparencyCodes?: readonly string[];
}

/** Money paid back for one line. Amounts are minor units; what the seller keeps, a restocking fee, is negative. */
export interface WorldRefund {
  readonly at: number;
  /** Amazon's name of it in its books; the same for all lines that were paid back at once. */
  readonly transactionId?: string;
  readonly orderItemId: string;
  readonly reason: string;
  readonly adjustmentId?: string;
  readonly components: readonly { readonly type: string; readonly amount: number }[];
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
  | { readonly type: 'pack'; readonly package: WorldPackage }
  | { readonly type: 'move-package'; readonly referenceId: string; readonly to: PackageProgress }
  | { readonly type: 'make-ready' }
  | { readonly type: 'hand-over'; readonly items: readonly Pieces[] }
  | { readonly type: 'cancel'; readonly by: Canceller; readonly reason: string }
  | { readonly type: 'cancel-pieces'; readonly by: Canceller; readonly reason: string; readonly items: readonly Pieces[] }
  | { readonly type: 'refund'; readonly refunds: readonly WorldRefund[] }
  | { readonly type: 'acknowledge'; readonly sellerOrderId: string }
  | { readonly type: 'declare-unfulfillable' }
  | { readonly type: 'request-cancellation'; readonly reason: string }
  | { readonly type: 'regard-contact'; readonly contact: WorldContact }
  | { readonly type: 'lay-over'; readonly raw: Readonly<Record<string, unknown>> | null };

export interface PlannedStep {
  readonly at: number;
  readonly change: Change;
}
