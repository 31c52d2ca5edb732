import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AppError } from '@orderbus/kernel';
import { actorOf, media, type Part, type Route, raw, response, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { type ColumnName, columnNames, rowOf } from '../export/columns.ts';
import { addExport, contentOf, type Export, findExport } from '../export/exports.ts';
import { contentTypes, type Format, formats, writeFile } from '../export/formats.ts';
import { ordersOf } from '../export/rows.ts';
import { exportJobs, type Wanted } from '../export/worker.ts';
import { placesOf } from '../store/list-orders.ts';
import type { ListedOrder } from '../store/queries.ts';
import type { Vault } from '../vault/vault.ts';
import { type FindingKit, filterShape, selectionOf, sortOf, sortShape } from './filters.ts';

/** What is written while its caller waits. More is written in the background. */
const mostRowsAtOnce = 10_000;

const columns = z.array(z.enum(columnNames)).min(1).max(columnNames.length);

const Request = z.strictObject({
  filters: z.strictObject(filterShape).default({}),
  ...sortShape,
  columns: columns.default([...columnNames]),
});
const NewExport = Request.extend({ format: z.enum(formats) });

const ExportView = z.object({
  id: z.uuid(),
  format: z.enum(formats),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  rows: z.int().describe('Written so far'),
  of: z.int().optional().describe('How many it will be'),
  problem: z.string().optional().describe('Why it failed'),
});

type Kit = Pick<ServiceKit, 'database'>;

/** Files of the list. No column tells about the buyer. */
export const exportRoutes = ({ database }: Kit, vault: FindingKit['vault']): Route[] => {
  const kit = { database, vault };
  return [
    route({
      method: 'get',
      path: '/orders/export',
      summary: `The list as a file, up to ${mostRowsAtOnce} orders`,
      description: 'Cells that a spreadsheet would take for formulas are made text; amounts are decimals in the currency of their order.',
      tags: ['exports'],
      query: z.object({
        ...filterShape,
        ...sortShape,
        format: z.enum(formats).default('csv'),
        columns: z.preprocess((value) => (value === undefined ? [...columnNames] : String(value).split(',')), columns),
      }),
      responses: { 200: media(...(Object.values(contentTypes) as [string, string])) },
      handle: async ({ query: { format, columns: names, sort, ...filters } }) => {
        const { listing } = await wanted({ filters, sort, columns: names }, kit);
        const places = await placesOf(database, listing, { after: undefined, limit: mostRowsAtOnce + 1 });
        if (places.length > mostRowsAtOnce)
          throw new AppError('too-large', 'export.too-many-orders', { most: mostRowsAtOnce, instead: 'POST /exports' });
        return download(format, Readable.fromWeb(writeFile(format, names, cells(ordersOf(database, places), names)) as ReadableStream));
      },
    }),
    route({
      method: 'post',
      path: '/exports',
      summary: 'Asks for the list as a file, however long: it is written in the background',
      tags: ['exports'],
      body: NewExport,
      responses: { 202: ExportView },
      handle: async (input) => {
        const { format, ...request } = input.body;
        const owner = actorOf(input).name;
        // What does not go together is refused now, not when nobody listens any more.
        await wanted(request, kit);
        await addExport(database, { id: input.requestId, owner, format, request });
        return response(202, viewOf(found(await findExport(database, input.requestId, owner))), {
          location: `/exports/${input.requestId}`,
        });
      },
    }),
    route({
      method: 'get',
      path: '/exports/:exportId',
      summary: 'How far a file is',
      tags: ['exports'],
      params: z.object({ exportId: z.uuid() }),
      responses: { 200: ExportView },
      handle: async (input) => viewOf(found(await findExport(database, input.params.exportId, actorOf(input).name))),
    }),
    route({
      method: 'get',
      path: '/exports/:exportId/file',
      summary: 'The file, for a day',
      tags: ['exports'],
      params: z.object({ exportId: z.uuid() }),
      responses: { 200: media(...(Object.values(contentTypes) as [string, string])) },
      handle: async (input) => {
        const { id, format, state } = found(await findExport(database, input.params.exportId, actorOf(input).name));
        if (state === 'failed') throw new AppError('conflict', 'export.failed');
        if (state !== 'done') throw new AppError('not-yet', 'export.not-done', { state });
        return download(format, Readable.from(contentOf(database, id)));
      },
    }),
  ];
};

/** Those who write the files. */
export const exportWorkers = (kit: Pick<ServiceKit, 'database' | 'log' | 'clock'>, vault: Pick<Vault, 'tokensOf'>): readonly Part[] =>
  exportJobs(kit, { understand: (request) => wanted(Request.parse(request), { database: kit.database, vault }) });

/** @throws AppError `request.invalid` naming what does not go together. */
const wanted = async ({ filters, sort, columns }: z.output<typeof Request>, kit: FindingKit): Promise<Wanted> => ({
  listing: { ...(await selectionOf(filters, kit)), sort: sortOf(sort) },
  columns,
});

const download = (format: Format, content: Readable) =>
  response(200, raw(contentTypes[format], content), { 'content-disposition': `attachment; filename="orders.${format}"` });

const found = (one: Export | undefined): Export => {
  if (one === undefined) throw new AppError('not-found', 'export.unknown');
  return one;
};

const viewOf = ({ of, problem, ...rest }: Export): z.output<typeof ExportView> => ({
  ...rest,
  ...(of === null ? {} : { of }),
  ...(problem === null ? {} : { problem }),
});

async function* cells(orders: AsyncIterable<ListedOrder>, names: readonly ColumnName[]) {
  for await (const order of orders) yield rowOf(order, names);
}
