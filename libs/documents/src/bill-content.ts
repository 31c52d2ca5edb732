import type { Recipient } from './address.ts';
import type { Seller } from './frame.ts';

/** What an invoice and a credit memo have in common. Amounts are in the currency's minor unit, as the document has them: nothing is computed. */
export interface Bill {
  readonly seller: Seller;
  /** Where it is sold to, ISO 3166. */
  readonly country: string | null;
  /** The seller's wish. */
  readonly language?: string | null | undefined;
  readonly number: string;
  readonly issuedAt: string;
  readonly orderNumber: string;
  readonly channelOrderId: string;
  readonly recipient: Recipient;
  readonly buyerTaxNumber?: string | undefined;
  readonly currency: string;
  readonly lines: readonly BillLine[];
  readonly taxes: readonly BillTax[];
  readonly tipMinor: number;
  readonly totalMinor: number;
}

export interface BillLine {
  readonly sku: string;
  readonly title: string;
  readonly asin?: string | undefined;
  readonly quantity: number;
  /** The parts of what this line costs, added up to `totalMinor`. */
  readonly amounts: {
    readonly itemMinor: number;
    readonly shippingMinor: number;
    readonly giftWrapMinor: number;
    readonly taxMinor: number;
    readonly discountMinor: number;
    readonly otherMinor: number;
    readonly totalMinor: number;
  };
}

/** A row of the tax table. */
export interface BillTax {
  readonly kind: 'item' | 'shipping' | 'gift-wrap' | 'discount' | 'other';
  readonly collectedBy: 'marketplace' | 'seller';
  readonly included: boolean;
  readonly scheme?: string | undefined;
  readonly baseMinor: number;
  readonly taxMinor: number;
  /** In percent. */
  readonly rate?: number | undefined;
}

export interface Invoice extends Bill {
  readonly canceledAt?: string | null | undefined;
}

export interface CreditMemo extends Bill {
  /** Given back beyond the lines, and kept back. */
  readonly adjustmentRefundMinor: number;
  readonly adjustmentFeeMinor: number;
}
