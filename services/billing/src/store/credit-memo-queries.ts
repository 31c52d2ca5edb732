import type { Actor, RefundReason, ToldRefusal } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';
import type { CreditLine, CreditMemoKind, Doubt } from '../domain/credit-memo.ts';
import type { RefundState } from '../domain/refund-lifecycle.ts';
import type { Upload } from '../domain/upload.ts';
import { conditions } from './conditions.ts';

/** A credit memo without its lines. */
export interface CreditMemoHead {
  readonly creditMemoId: string;
  readonly tenant: string;
  readonly kind: CreditMemoKind;
  /** Given when Amazon has accepted to pay back: null before, and for what was refused. */
  readonly number: string | null;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly amazonOrderId: string;
  /** The shop whose series numbers it; null: the store has a series of its own. */
  readonly shop: string | null;
  /** Where it was sold to, ISO 3166. */
  readonly country: string | null;
  /** The seller's own tax rate of that country in percent, as it was then: for a tax that is in the prices and that Amazon does not tell. */
  readonly vatRate: number | null;
  readonly state: RefundState;
  /** Counts how often Amazon was asked, from 1. */
  readonly attempt: number;
  readonly reason: RefundReason;
  readonly currency: string;
  /** What goes back to the buyer: lines, plus the adjustment refund, minus the adjustment fee. */
  readonly totalMinor: number;
  /** Part of a tip that is not owed: only on corrections. */
  readonly tipMinor: number;
  readonly adjustmentRefundMinor: number;
  readonly adjustmentFeeMinor: number;
  readonly returnId: string | null;
  readonly requestedAt: string;
  readonly requestedBy: Actor;
  readonly submittedAt: string | null;
  /** The date of the document: when it got its number. */
  readonly issuedAt: string | null;
  readonly settledAt: string | null;
  /** Why Amazon did not accept it. */
  readonly refusal: ToldRefusal | null;
  /** Nobody can tell whether Amazon has done it: where the gateway keeps what is known. */
  readonly uncertain: Doubt | null;
  readonly upload: Upload;
}

export interface CreditMemoDocument extends CreditMemoHead {
  /** What goes back of each line, by kind: positive amounts, negative discounts, as on the invoice. Adjustments are not in them. */
  readonly lines: readonly CreditLine[];
}

export interface CreditMemoFilter {
  readonly tenant?: string | undefined;
  readonly tenants?: readonly string[] | undefined;
  readonly orderId?: string | undefined;
  readonly number?: string | undefined;
  readonly state?: RefundState | undefined;
  readonly kind?: CreditMemoKind | undefined;
  readonly reason?: RefundReason | undefined;
  readonly returnId?: string | undefined;
  readonly requestedFrom?: string | undefined;
  readonly requestedTo?: string | undefined;
}

/** The sort key of the list, with the database's microseconds. */
export interface CreditMemoPosition {
  readonly requestedAt: string;
  readonly id: string;
}

const head = `id as "creditMemoId", tenant, kind, number, order_id as "orderId", order_number as "orderNumber", amazon_order_id as "amazonOrderId",
  shop, country, vat_rate as "vatRate", state, attempt, reason, currency, total_minor as "totalMinor", tip_minor as "tipMinor", adjustment_refund_minor as "adjustmentRefundMinor",
  adjustment_fee_minor as "adjustmentFeeMinor", return_id as "returnId", requested_at as "requestedAt", requested_by as "requestedBy",
  submitted_at as "submittedAt", issued_at as "issuedAt", settled_at as "settledAt", refusal, uncertain, upload`;

/** Newest first. */
export const listCreditMemos = (
  database: Database,
  filter: CreditMemoFilter,
  after: CreditMemoPosition | undefined,
  limit: number,
): Promise<(CreditMemoHead & { position: string })[]> => {
  const where = conditions();
  where.compare(
    ['tenant =', filter.tenant],
    ['order_id =', filter.orderId],
    ['number =', filter.number],
    ['state =', filter.state],
    ['kind =', filter.kind],
    ['reason =', filter.reason],
    ['return_id =', filter.returnId],
    ['requested_at >=', filter.requestedFrom],
    ['requested_at <', filter.requestedTo],
  );
  if (filter.tenants) where.add((tenants) => `tenant = any(${tenants}::text[])`, filter.tenants);
  if (after) where.add((at, id) => `(requested_at, id) < (${at}::timestamptz, ${id}::uuid)`, after.requestedAt, after.id);
  return database.query(
    `select ${head}, requested_at::text as position from credit_memo ${where.sql()}
     order by requested_at desc, id desc limit ${limit}`,
    where.parameters,
  );
};

export const findCreditMemo = async (database: Database, id: string): Promise<CreditMemoDocument | undefined> => {
  const [row] = await database.query<CreditMemoDocument>(`select ${head}, lines from credit_memo where id = $1`, [id]);
  return row;
};
