import type { Readable } from 'node:stream';
import { AppError } from '@orderbus/kernel';
import { type Caller, every, media, type Part, type Route, raw, response, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { findPrintJob, keepPrintJob, printJobKeptMs, purgePrintJobs } from './print-jobs.ts';

/** Why there is nothing to print: a code, and words. */
export interface Objection {
  readonly code: string;
  readonly words: string;
}

export interface PrintJobsOptions<Kind extends string> {
  readonly kit: Pick<ServiceKit, 'database'>;
  /** What this service can print. */
  readonly kinds: readonly [Kind, ...Kind[]];
  /** Why an order has nothing to print for whoever asks; not in it: it has. */
  readonly objections: (orderIds: readonly string[], kinds: readonly Kind[], caller: Caller) => Promise<ReadonlyMap<string, Objection>>;
  /** All that can be printed of these orders, as one PDF. */
  readonly render: (orderIds: readonly string[], kinds: readonly Kind[], caller: Caller) => Promise<Readable>;
}

/** One PDF of many orders: asked for first, with a result for each order, and drawn when it is fetched. */
export const printJobRoutes = <const Kind extends string>({ kit, kinds, objections, render }: PrintJobsOptions<Kind>): Route[] => [
  route({
    method: 'post',
    path: '/print-jobs',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Prepares one PDF of many orders, and says which of them have nothing to print',
    description: `Kept for ${printJobKeptMs / 86_400_000} days. With nothing to print at all, 409.`,
    tags: ['documents'],
    body: z.strictObject({
      orderIds: z
        .array(z.uuid())
        .min(1)
        .max(500)
        .transform((ids) => [...new Set(ids)])
        .describe('In the order in which they are to be printed'),
      documents: z.array(z.enum(kinds)).min(1).max(kinds.length),
    }),
    responses: { 201: PrintJobView },
    handle: async (input) => {
      const { orderIds, documents } = input.body;
      const why = await objections(orderIds, documents as Kind[], input.caller);
      if (orderIds.every((orderId) => why.has(orderId)))
        throw new AppError('conflict', nothing, {
          why: 'There is nothing to print',
          errors: orderIds.map((orderId, n) => ({ field: `orderIds.${n}`, message: why.get(orderId)?.words ?? '' })),
        });
      await keepPrintJob(kit.database, { id: input.requestId, documents, orderIds }, input.caller.id);
      return response(201, { id: input.requestId, results: orderIds.map((orderId) => resultOf(orderId, why.get(orderId))) });
    },
  }),
  route({
    method: 'get',
    path: '/print-jobs/:id/pdf',
    access: { needs: 'read', mayNeed: 'see-buyer-data', store: 'filtered' },
    summary: 'The PDF, drawn now: addresses are those of this moment',
    description: 'Needs the permission see-buyer-data where it shows buyers. Left out is what has nothing to print any more.',
    tags: ['documents'],
    params: z.object({ id: z.uuid() }),
    responses: { 200: media('application/pdf') },
    handle: async ({ params: { id }, caller }) => {
      const job = await findPrintJob(kit.database, id);
      if (job === undefined) throw new AppError('not-found', 'print-job.unknown', { id });
      const documents = job.documents as Kind[];
      const why = await objections(job.orderIds, documents, caller);
      const printable = job.orderIds.filter((orderId) => !why.has(orderId));
      if (printable.length === 0) throw new AppError('conflict', nothing, { why: 'There is nothing to print any more' });
      return pdf(await render(printable, documents, caller), `${documents.join('-')}-${id.slice(0, 8)}`);
    },
  }),
];

/** A PDF as an answer; `name` is what a browser saves it as. */
export const pdf = (body: Readable, name: string) =>
  response(200, raw('application/pdf', body), {
    'cache-control': 'no-store',
    'content-disposition': `inline; filename="${name.replaceAll(/[^\w.-]/g, '_')}.pdf"`,
  });

/** Forgets print jobs when their time is up. */
export const forgetPrintJobs = ({ database, clock, log }: Pick<ServiceKit, 'database' | 'clock' | 'log'>): Part =>
  every(3_600_000, () => purgePrintJobs(database, new Date(clock.now().getTime() - printJobKeptMs)), { name: 'forget-print-jobs', log });

const nothing = 'print-job.nothing-to-print';

const PrintJobView = z.object({
  id: z.uuid(),
  results: z.array(z.object({ orderId: z.uuid(), printable: z.boolean(), code: z.string().optional(), why: z.string().optional() })),
});

const resultOf = (orderId: string, objection: Objection | undefined) =>
  objection === undefined ? { orderId, printable: true } : { orderId, printable: false, code: objection.code, why: objection.words };
