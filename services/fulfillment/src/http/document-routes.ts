import { buyersFrom, forgetPrintJobs, pdf, printJobRoutes, warmUp } from '@orderbus/documents';
import { media, type Part, type Route, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { kinds, objectionsTo, type Printing, printOrders, printSlip } from '../documents/print.ts';
import { documentSettingsRoutes } from './document-settings-routes.ts';
import { orderOf, storeOfOrder } from './ship.ts';

/** `orderUrl`: where the order service is, which alone keeps the addresses. */
export const documentRoutes = (kit: ServiceKit, orderUrl: string): Route[] => {
  const fields = ['name', 'company', 'recipient', 'delivery', 'gifts'] as const;
  const printing: Printing = { kit, buyers: buyersFrom({ url: orderUrl, kit, purpose: 'packing-slip', fields }) };
  return [
    route({
      method: 'get',
      path: '/orders/:orderId/packing-slip',
      access: { needs: ['read', 'see-buyer-data'], store: storeOfOrder(kit) },
      summary: 'What goes into the parcel with the goods, as a PDF',
      description: 'Needs the permission see-buyer-data, and is on record. Drawn for each request; nothing of it is kept.',
      tags: ['documents'],
      params: z.object({ orderId: z.uuid() }),
      query: z.object({ shipmentId: z.uuid().optional().describe('Only what is in this parcel') }),
      responses: { 200: media('application/pdf') },
      handle: async ({ params, query, caller }) => {
        const order = await orderOf(kit, params.orderId);
        return pdf(await printSlip(printing, order, query.shipmentId, caller), `packing-slip-${order.order.number}`);
      },
    }),
    ...printJobRoutes({
      ...{ kit, kinds },
      objections: (orderIds, documents, caller) => objectionsTo(printing, orderIds, documents, caller),
      render: (orderIds, documents, caller) => printOrders(printing, orderIds, documents, caller),
    }),
    ...documentSettingsRoutes(kit),
  ];
};

export const documentJobs = (kit: ServiceKit): Part[] => [forgetPrintJobs(kit), warmUp()];
