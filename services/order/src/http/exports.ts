import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AppError } from '@orderbus/kernel';
import type { AuditSignature } from '@orderbus/outbox';
import {
  type Caller,
  demand,
  invalidRequest,
  media,
  type Part,
  type Route,
  raw,
  response,
  route,
  type ServiceKit,
  signatureOf,
  withinStores,
} from '@orderbus/service-kit';
import { z } from 'zod';
import { type BuyerColumnName, buyerColumnNames, fieldsOf, isBuyerColumn } from '../export/buyer-columns.ts';
import { columnNames, type FileColumn } from '../export/columns.ts';
import { addExport, contentOf, type Export, findExport } from '../export/exports.ts';
import { contentTypes, type Format, formats, writeFile } from '../export/formats.ts';
import { cellsOf, type ShowBuyers } from '../export/rows.ts';
import { exportJobs, type Wanted } from '../export/worker.ts';
import { placesOf } from '../store/list-orders.ts';
import type { Listing } from '../store/list-statements.ts';
import type { Vault } from '../vault/vault.ts';
import { type FindingKit, filterShape, selectionOf, sortOf, sortShape } from './filters.ts';

/** What is written while its caller waits. More is written in the background. */
const mostRowsAtOnce = 10_000;
/** Files with buyers are never kept, so whoever wants one has to wait for it. */
const mostBuyersAtOnce = 100_000;

const columns = z.array(z.enum(columnNames)).min(1).max(columnNames.length);
const fileColumnNames = [...columnNames, ...buyerColumnNames] as const;
const fileColumns = z.array(z.enum(fileColumnNames)).min(1).max(fileColumnNames.length);

const Request = z.strictObject({
  filters: z.strictObject(filterShape).default({}),
  ...sortShape,
  columns: columns.default([...columnNames]),
});
const NewExport = Request.extend({ format: z.enum(formats), columns: fileColumns.default([...columnNames]) });

const ExportView = z.object({
  id: z.uuid(),
  format: z.enum(formats),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  rows: z.int().describe('Written so far'),
  of: z.int().optional().describe('How many it will be'),
  problem: z.string().optional().describe('Why it failed'),
});

type Kit = Pick<ServiceKit, 'database'>;

/** Files of the list. Those with columns that tell about the buyer are for whoever may see that, are on record, and are not kept. */
export const exportRoutes = ({ database }: Kit, vault: Pick<Vault, 'tokensOf' | 'show'>): Route[] => {
  const kit = { database, vault };
  return [
    route({
      method: 'get',
      path: '/orders/export',
      access: { needs: 'read', mayNeed: 'see-buyer-data', store: 'filtered' },
      summary: `The list as a file, up to ${mostRowsAtOnce} orders; with buyers, up to ${mostBuyersAtOnce}`,
      description:
        'Cells that a spreadsheet would take for formulas are made text; amounts are decimals in the currency of their order. ' +
        `The columns ${buyerColumnNames.join(', ')} need the permission see-buyer-data; each order is on record.`,
      tags: ['exports'],
      query: z.object({
        ...filterShape,
        ...sortShape,
        format: z.enum(formats).default('csv'),
        columns: z.preprocess((value) => (value === undefined ? [...columnNames] : String(value).split(',')), fileColumns),
      }),
      responses: { 200: media(...(Object.values(contentTypes) as [string, string])) },
      handle: async (input) => {
        const { format, columns: names, sort, ...filters } = input.query;
        const aboutBuyers = names.filter(isBuyerColumn);
        if (aboutBuyers.length > 0) demand(input.caller, 'see-buyer-data', aboutBuyers.join(', '));
        const most = aboutBuyers.length > 0 ? mostBuyersAtOnce : mostRowsAtOnce;
        const listing = await listingOf({ filters, sort }, input.caller, kit);
        const places = await placesOf(database, listing, { after: undefined, limit: most + 1 });
        if (places.length > most)
          throw new AppError('too-large', 'export.too-many-orders', {
            most,
            ...(aboutBuyers.length > 0 ? {} : { instead: 'POST /exports' }),
          });
        const cells = cellsOf(database, places, names, showing(aboutBuyers, signatureOf(input), vault));
        return download(format, Readable.fromWeb(writeFile(format, names, cells) as ReadableStream));
      },
    }),
    route({
      method: 'post',
      path: '/exports',
      access: { needs: 'read', store: 'filtered' },
      summary: 'Asks for the list as a file, however long: it is written in the background',
      description: 'It is kept for a day, and so it cannot have columns that tell about the buyer.',
      tags: ['exports'],
      body: NewExport,
      responses: { 202: ExportView },
      handle: async (input) => {
        const { format, ...body } = input.body;
        // Of the stores that its owner has access to now, whoever writes it later.
        const filters = { ...body.filters, tenant: withinStores(input.caller, body.filters.tenant)?.slice() };
        const request = { ...body, filters, columns: withoutBuyers(body.columns) };
        const owner = input.caller.id;
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
      access: { needs: 'read', store: 'shared' },
      summary: 'How far a file is',
      tags: ['exports'],
      params: z.object({ exportId: z.uuid() }),
      responses: { 200: ExportView },
      handle: async (input) => viewOf(found(await findExport(database, input.params.exportId, input.caller.id))),
    }),
    route({
      method: 'get',
      path: '/exports/:exportId/file',
      access: { needs: 'read', store: 'shared' },
      summary: 'The file, for a day',
      tags: ['exports'],
      params: z.object({ exportId: z.uuid() }),
      responses: { 200: media(...(Object.values(contentTypes) as [string, string])) },
      handle: async (input) => {
        const { id, format, state } = found(await findExport(database, input.params.exportId, input.caller.id));
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
  listing: await listingOf({ filters, sort }, everywhere, kit),
  columns,
});

/** A request that was kept says itself which stores it is of. */
const everywhere: Pick<Caller, 'stores'> = { stores: '*' };

const listingOf = async (
  { filters, sort }: Pick<z.output<typeof Request>, 'filters' | 'sort'>,
  caller: Pick<Caller, 'stores'>,
  kit: FindingKit,
): Promise<Listing> => ({
  ...(await selectionOf(filters, caller, kit)),
  sort: sortOf(sort),
});

/** @throws AppError `request.invalid` naming the columns that tell about the buyer. */
const withoutBuyers = (names: readonly FileColumn[]): z.output<typeof columns> => {
  const errors = names.flatMap((name, n) =>
    isBuyerColumn(name)
      ? [
          {
            field: `columns.${n}`,
            message: `${name} tells about the buyer, and this file is kept: see GET /orders/export`,
            code: 'export.about-buyer',
            facts: { column: name },
          },
        ]
      : [],
  );
  if (errors.length > 0) throw invalidRequest(errors);
  return columns.parse(names);
};

const showing = (names: readonly BuyerColumnName[], by: AuditSignature, vault: Pick<Vault, 'show'>): ShowBuyers | undefined =>
  names.length === 0 ? undefined : (orderIds) => vault.show({ by, purpose: 'export', fields: fieldsOf(names) }, orderIds);

const download = (format: Format, content: Readable) =>
  response(200, raw(contentTypes[format], content), {
    'content-disposition': `attachment; filename="orders.${format}"`,
    'cache-control': 'no-store',
  });

const found = (one: Export | undefined): Export => {
  if (one === undefined) throw new AppError('not-found', 'export.unknown');
  return one;
};

const viewOf = ({ of, problem, ...rest }: Export): z.output<typeof ExportView> => ({
  ...rest,
  ...(of === null ? {} : { of }),
  ...(problem === null ? {} : { problem }),
});
