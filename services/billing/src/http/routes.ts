import { AppError } from '@orderbus/kernel';
import {
  decodeCursor,
  etagOf,
  pageOf,
  pageQuery,
  type Route,
  response,
  route,
  type ServiceKit,
  storeFilter,
  storesOf,
  toPage,
} from '@orderbus/service-kit';
import { z } from 'zod';
import { listAttention } from '../store/billing-queries.ts';
import { findInvoice, listInvoices } from '../store/invoice-queries.ts';
import { knownOrder } from './perform.ts';
import { storeOfInvoice, storeOfOrder } from './stores.ts';
import { BillingView, billingView, InvoiceHeadView, InvoiceView, invoiceHeadView, invoiceView } from './views.ts';

const InvoicePosition = z.object({ issuedAt: z.string().regex(/^\d{4,}-\d\d-\d\d [\d:.+-]+$/), id: z.uuid() });

const invoiceQuery = pageQuery.extend({
  tenant: z.string().min(1).optional(),
  orderId: z.uuid().optional(),
  number: z.string().min(1).optional(),
  status: z.enum(['issued', 'canceled']).optional(),
  issuedFrom: z.iso.datetime().optional().meta({ description: 'This moment or later' }),
  issuedTo: z.iso.datetime().optional().meta({ description: 'Before this moment' }),
});

export const routes = ({ database }: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/invoices',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Invoices, newest first',
    tags: ['invoices'],
    query: invoiceQuery,
    responses: { 200: pageOf(InvoiceHeadView) },
    handle: async ({ caller, query: { limit, cursor, tenant, ...filter } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, InvoicePosition);
      const rows = await listInvoices(database, { ...filter, ...storeFilter(caller, tenant) }, after, limit + 1);
      const { items, ...rest } = toPage(rows, limit, (row) => ({ issuedAt: row.position, id: row.invoiceId }));
      return { items: items.map(invoiceHeadView), ...rest };
    },
  }),
  route({
    method: 'get',
    path: '/invoices/:invoiceId',
    access: { needs: 'read', store: storeOfInvoice({ database }) },
    summary: 'One invoice with its lines, as it was issued',
    tags: ['invoices'],
    params: z.object({ invoiceId: z.uuid() }),
    responses: { 200: InvoiceView },
    handle: async ({ params: { invoiceId } }) => {
      const invoice = await findInvoice(database, invoiceId);
      if (!invoice) throw new AppError('not-found', 'invoice.unknown', { invoiceId });
      return invoiceView(invoice);
    },
  }),
  route({
    method: 'get',
    path: '/orders/:orderId/billing',
    access: { needs: 'read', store: storeOfOrder({ database }) },
    summary: 'Where billing stands with an order: invoiced or why not, and whether the amount due is the amount invoiced',
    tags: ['orders'],
    params: z.object({ orderId: z.uuid() }),
    responses: { 200: BillingView },
    handle: async ({ params: { orderId } }) => {
      const billing = await knownOrder({ database }, orderId);
      return response(200, billingView(billing), { etag: etagOf(billing.version) });
    },
  }),
  route({
    method: 'get',
    path: '/attention',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Orders that wait for a person: their money does not add up, or the amount due is not the amount invoiced',
    tags: ['orders'],
    query: pageQuery,
    responses: { 200: pageOf(BillingView) },
    handle: async ({ caller, query: { limit, cursor } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ orderId: z.uuid() }));
      const rows = await listAttention(database, storesOf(caller), after?.orderId, limit + 1);
      return toPage(rows.map(billingView), limit, ({ orderId }) => ({ orderId }));
    },
  }),
];
