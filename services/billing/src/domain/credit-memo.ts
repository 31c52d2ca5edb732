import type { Actor, RefundComponent, RefundReason, ToldDoubt, ToldRefusal } from '@orderbus/contracts';
import type { InvoiceLine } from './invoice.ts';
import type { RefundState } from './refund-lifecycle.ts';
import type { Upload } from './upload.ts';

/** `refund`: Amazon is asked to pay back. `correction`: what was billed is not owed; nobody is paid. */
export type CreditMemoKind = 'refund' | 'correction';

/** What goes back of a line. `quantity` may be 0: money without units. */
export interface CreditLine extends InvoiceLine {
  /** The units are to go on the shelf again. */
  readonly restock?: boolean;
}

/** As Amazon is asked. */
export interface RefundLine {
  readonly lineId: string;
  readonly quantity?: number;
  readonly components: readonly { readonly kind: RefundComponent; readonly amountMinor: number }[];
}

/** Nobody can tell whether Amazon has done it. `commandId`: where the gateway keeps what is known. */
export interface Doubt extends ToldDoubt {
  readonly commandId: string;
  readonly since: string;
}

/** Everything about a credit memo but what its order tells. */
export interface CreditMemo {
  readonly id: string;
  readonly kind: CreditMemoKind;
  readonly state: RefundState;
  readonly attempt: number;
  readonly number: string | null;
  readonly reason: RefundReason;
  /** The seller's own tax rate of the country, as it was when this was asked for. */
  readonly vatRate: number | null;
  readonly lines: readonly CreditLine[];
  readonly tipMinor: number;
  readonly adjustmentRefundMinor: number;
  readonly adjustmentFeeMinor: number;
  readonly totalMinor: number;
  /** What Amazon is asked; empty for a correction. */
  readonly asked: readonly RefundLine[];
  /** The same for the same wish. */
  readonly fingerprint: string;
  readonly returnId: string | null;
  readonly requestedAt: string;
  readonly requestedBy: Actor;
  readonly submittedAt: string | null;
  readonly settledAt: string | null;
  readonly refusal: ToldRefusal | null;
  readonly uncertain: Doubt | null;
  readonly upload: Upload;
}
