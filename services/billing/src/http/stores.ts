import type { Database } from '@orderbus/outbox';
import { findBilling } from '../store/billing-queries.ts';
import { findCreditMemo } from '../store/credit-memo-queries.ts';
import { findInvoice } from '../store/invoice-queries.ts';

/** Which store something belongs to, for whoever is limited to some. */

interface Kit {
  readonly database: Database;
}

interface Asked<Name extends string> {
  readonly params: { readonly [N in Name]: string };
}

export const storeOfOrder =
  ({ database }: Kit) =>
  async ({ params }: Asked<'orderId'>) =>
    (await findBilling(database, params.orderId))?.tenant;

/** The order is named in the body. */
export const storeOfOrderMeant =
  ({ database }: Kit) =>
  async ({ body }: { readonly body: { readonly orderId: string } }) =>
    (await findBilling(database, body.orderId))?.tenant;

export const storeOfInvoice =
  ({ database }: Kit) =>
  async ({ params }: Asked<'invoiceId'>) =>
    (await findInvoice(database, params.invoiceId))?.tenant;

export const storeOfCreditMemo =
  ({ database }: Kit) =>
  async ({ params }: Asked<'creditMemoId'>) =>
    (await findCreditMemo(database, params.creditMemoId))?.tenant;
