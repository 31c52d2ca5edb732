import { billing, fulfillment } from '../../../api/services.ts';
import type { OrderFacts } from '../facts.ts';
import type { ActionWords } from './action.ts';
import { jobPdf } from './pdf.ts';
import { whyNotShip } from './why.ts';

export interface Printable {
  readonly key: string;
  readonly label: string;
  readonly path: () => string | Promise<string>;
  /** Why there is nothing to print. */
  readonly why?: string | undefined;
}

/** What can be printed of an order: slips for its parcels, the way to the shelves, and its documents. */
export const printables = (facts: OrderFacts, t: ActionWords): readonly Printable[] => {
  const { order, shipping, invoices, creditMemos } = facts;
  const slip = `${fulfillment.baseUrl}/orders/${order.id}/packing-slip`;
  const parcels = (shipping?.shipments ?? []).filter(({ state }) => state !== 'voided');
  const numbered = creditMemos.filter(({ number }) => number !== undefined);
  return [
    {
      ...{ key: 'slip', label: t('print.slip'), path: () => slip },
      why: parcels.length === 0 ? whyNotShip(facts, t) : undefined,
    },
    ...(parcels.length < 2
      ? []
      : parcels.map(({ id, position }) => ({
          ...{ key: id, label: t('print.slipOf', { position }), path: () => `${slip}?shipmentId=${id}` },
        }))),
    {
      ...{ key: 'pick', label: t('print.pickList') },
      path: () =>
        jobPdf(fulfillment.baseUrl, fulfillment.POST('/print-jobs', { body: { orderIds: [order.id], documents: ['pick-list'] } })),
      why: whyNotShip(facts, t),
    },
    ...(invoices.length === 0 ? [{ key: 'invoice', label: t('print.noInvoice'), path: () => '', why: t('print.none') }] : []),
    ...invoices.map(({ invoiceId, number }) => ({
      ...{ key: invoiceId, label: t('print.invoice', { number }), path: () => `${billing.baseUrl}/invoices/${invoiceId}/pdf` },
    })),
    ...numbered.map(({ creditMemoId, number }) => ({
      ...{ key: creditMemoId, label: t('print.creditMemo', { number }), path: () => `${billing.baseUrl}/credit-memos/${creditMemoId}/pdf` },
    })),
  ];
};
