import { buyersFrom, forgetPrintJobs, pdf, printJobRoutes, warmUp } from '@orderbus/documents';
import { AppError } from '@orderbus/kernel';
import { media, type Part, type Route, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { kinds, objectionsTo, type Printing, print, printOrders } from '../documents/print.ts';
import { printableInvoice, printableMemo } from '../store/printable.ts';
import { storeOfCreditMemo, storeOfInvoice } from './stores.ts';

const description =
  'The address is asked for at this moment: needs the permission see-buyer-data, and is on record. Nothing of it is kept.';

/** `orderUrl`: where the order service is, which alone keeps the addresses. */
export const documentRoutes = (kit: ServiceKit, orderUrl: string): Route[] => {
  const fields = ['name', 'company', 'recipient', 'taxRegistrations'] as const;
  const printing: Printing = { kit, buyers: buyersFrom({ url: orderUrl, kit, purpose: 'invoice', fields }) };
  return [
    route({
      method: 'get',
      path: '/invoices/:invoiceId/pdf',
      access: { needs: ['read', 'see-buyer-data'], store: storeOfInvoice(kit) },
      summary: 'An invoice as a PDF; a canceled one says so',
      ...{ description, tags: ['documents'], responses: { 200: media('application/pdf') } },
      params: z.object({ invoiceId: z.uuid() }),
      handle: async ({ params: { invoiceId: id }, caller }) => {
        const invoice = await printableInvoice(kit.database, id);
        if (invoice === undefined) throw new AppError('not-found', 'invoice.unknown', { id });
        const name = `invoice-${invoice.number}`;
        return pdf(await print(printing, { invoices: [invoice], memos: [] }, name, caller), name);
      },
    }),
    route({
      method: 'get',
      path: '/credit-memos/:creditMemoId/pdf',
      access: { needs: ['read', 'see-buyer-data'], store: storeOfCreditMemo(kit) },
      summary: 'A credit memo as a PDF, once it has its number',
      ...{ description, tags: ['documents'], responses: { 200: media('application/pdf') } },
      params: z.object({ creditMemoId: z.uuid() }),
      handle: async ({ params: { creditMemoId: id }, caller }) => {
        const memo = await printableMemo(kit.database, id);
        if (memo === undefined)
          throw new AppError('not-found', 'credit-memo.unknown', {
            id,
            why: 'There is none, or it has no number before Amazon has accepted',
          });
        const name = `credit-memo-${memo.number}`;
        return pdf(await print(printing, { invoices: [], memos: [memo] }, name, caller), name);
      },
    }),
    ...printJobRoutes({
      ...{ kit, kinds },
      objections: (orderIds, documents, caller) => objectionsTo(printing, orderIds, documents, caller),
      render: (orderIds, documents, caller) => printOrders(printing, orderIds, documents, caller),
    }),
  ];
};

export const documentJobs = (kit: ServiceKit): Part[] => [forgetPrintJobs(kit), warmUp()];
