import type { Readable } from 'node:stream';
import { type Buyers, type Objection, renderDocuments, type ShownBuyer } from '@orderbus/documents';
import { type Caller, maySee, type ServiceKit } from '@orderbus/service-kit';
import { billingSettings } from '../store/billing-settings.ts';
import { invoicesOf, memosOf, type PrintableInvoice, type PrintableMemo } from '../store/printable.ts';
import { creditMemoOf, invoiceOf } from './bill.ts';

export const kinds = ['invoices', 'credit-memos'] as const;
export type Kind = (typeof kinds)[number];

export interface Printing {
  readonly kit: Pick<ServiceKit, 'database'>;
  readonly buyers: Buyers;
}

/** Documents to be printed one after the other. */
export interface Stack {
  readonly invoices: readonly PrintableInvoice[];
  readonly memos: readonly PrintableMemo[];
}

const stackOf = async ({ kit: { database } }: Printing, orderIds: readonly string[], wanted: readonly Kind[]): Promise<Stack> => ({
  invoices: wanted.includes('invoices') ? await invoicesOf(database, orderIds) : [],
  memos: wanted.includes('credit-memos') ? await memosOf(database, orderIds) : [],
});

/** Why an order has none of these documents. */
export const objectionsTo = async (
  printing: Printing,
  orderIds: readonly string[],
  wanted: readonly Kind[],
  caller: Caller,
): Promise<Map<string, Objection>> => {
  const { invoices, memos } = await stackOf(printing, orderIds, wanted);
  const visible = [...invoices, ...memos].filter(({ tenant }) => maySee(caller, tenant));
  const printable = new Set(visible.map(({ orderId }) => orderId));
  const missing = wanted.map((kind) => (kind === 'invoices' ? 'no valid invoice' : 'no credit memo with a number')).join(' and ');
  const objection = { code: `print-job.no-${wanted.toSorted().join('-nor-')}`, words: `It has ${missing}.` };
  return new Map(orderIds.filter((orderId) => !printable.has(orderId)).map((orderId) => [orderId, objection]));
};

/** All of these kinds that the orders have, order by order. */
export const printOrders = async (
  printing: Printing,
  orderIds: readonly string[],
  wanted: readonly Kind[],
  caller: Caller,
): Promise<Readable> => print(printing, await stackOf(printing, orderIds, wanted), 'Invoices and credit memos', caller);

/** Everything is looked up before the first byte is sent: buyers last, and only for as long as it takes to draw. */
export const print = async (
  { kit: { database }, buyers }: Printing,
  { invoices, memos }: Stack,
  title: string,
  caller: Caller,
): Promise<Readable> => {
  const all = [...invoices, ...memos];
  const settingsFor = await database.transaction((tx) =>
    billingSettings.book(
      tx,
      all.map(({ tenant }) => tenant),
    ),
  );
  const orderIds = [...new Set(all.map(({ orderId }) => orderId))];
  const shown = await buyers(orderIds, caller);
  const shownOf = ({ orderId }: { readonly orderId: string }): ShownBuyer => shown.get(orderId) ?? nobody;
  const documents = orderIds.flatMap((orderId) => [
    ...invoices.filter(isOf(orderId)).map((each) => ({ invoice: invoiceOf(each, settingsFor(each.tenant), shownOf(each)) })),
    ...memos.filter(isOf(orderId)).map((each) => ({ creditMemo: creditMemoOf(each, settingsFor(each.tenant), shownOf(each)) })),
  ]);
  return renderDocuments(documents, title);
};

const nobody: ShownBuyer = { recipient: { state: 'unknown' }, buyer: {} };

const isOf =
  (orderId: string) =>
  (document: { readonly orderId: string }): boolean =>
    document.orderId === orderId;
