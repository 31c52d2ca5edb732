import { LineQuantity } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { actorOf, HttpError, Problem, type Route, response, route, said } from '@orderbus/service-kit';
import { z } from 'zod';
import { findInvoice, type InvoiceDocument } from '../store/invoice-queries.ts';
import { type ActionKit, knownOrder, perform } from './perform.ts';
import { storeOfInvoice, storeOfOrderMeant } from './stores.ts';
import { InvoiceView, invoiceView } from './views.ts';

const Lines = z
  .array(z.strictObject(LineQuantity.shape))
  .min(1)
  .max(500)
  .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, said('line.each-once', 'Each line once'));

const params = z.object({ invoiceId: z.uuid() });

/** What people do about invoices. An issued one never changes: a credit memo corrects it. */
export const invoiceActionRoutes = (kit: ActionKit): Route[] => [
  route({
    method: 'post',
    path: '/invoices',
    access: { needs: 'bill', store: storeOfOrderMeant(kit) },
    summary: 'Bills units of an order, or all that is left of it',
    description:
      'What was paid once (shipping, gift wrap, a tip) goes on the first invoice that it can; the last one takes what is left, to the cent. ' +
      'When all units are billed, later money is billed by itself. `If-Match`: the ETag of `/orders/:orderId/billing`.',
    tags: ['invoices'],
    body: z.strictObject({ orderId: z.uuid(), lines: Lines.optional() }),
    responses: { 201: InvoiceView },
    handle: async (input) => {
      const { orderId, lines } = input.body;
      const { requestId: invoiceId } = input;
      const order = await knownOrder(kit, orderId);
      const why = await perform(kit, order, input, { type: 'bill', invoiceId, lines, actor: actorOf(input) });
      if (why !== undefined) throw new AppError('conflict', 'invoice.not-possible', { why });
      return response(201, invoiceView(await knownInvoice(kit, invoiceId)));
    },
  }),
  route({
    method: 'post',
    path: '/invoices/:invoiceId/upload',
    access: { needs: 'bill', store: storeOfInvoice(kit) },
    summary: 'Hands it in at Amazon, also again after Amazon refused it',
    tags: ['invoices'],
    params,
    responses: { 200: InvoiceView },
    handle: async (input) => {
      const { invoiceId } = input.params;
      const { orderId } = await knownInvoice(kit, invoiceId);
      const why = await perform(kit, await knownOrder(kit, orderId), input, { type: 'upload', documentId: invoiceId });
      if (why !== undefined) throw new AppError('conflict', 'invoice.no-upload', { why });
      return invoiceView(await knownInvoice(kit, invoiceId));
    },
  }),
  route({
    method: 'post',
    path: '/invoices/:invoiceId/email',
    access: { needs: 'bill', store: storeOfInvoice(kit) },
    summary: 'Is refused: nothing is ever mailed to a buyer of Amazon',
    tags: ['invoices'],
    params,
    responses: { 409: Problem },
    handle: async ({ params: { invoiceId } }) => {
      await knownInvoice(kit, invoiceId);
      throw new HttpError(
        409,
        'invoice.mail-not-allowed',
        "Amazon writes to its buyers itself and allows no mail of ours. Hand the invoice in at Amazon, or send it through Amazon's messages in Seller Central",
      );
    },
  }),
];

/** @throws AppError `invoice.unknown`. */
const knownInvoice = async ({ database }: Pick<ActionKit, 'database'>, invoiceId: string): Promise<InvoiceDocument> => {
  const invoice = await findInvoice(database, invoiceId);
  if (!invoice) throw new AppError('not-found', 'invoice.unknown', { invoiceId });
  return invoice;
};
