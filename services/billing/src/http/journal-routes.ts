import { Readable } from 'node:stream';
import { AppError } from '@orderbus/kernel';
import {
  decodeCursor,
  media,
  pageOf,
  pageQuery,
  type Route,
  raw,
  response,
  route,
  type ServiceKit,
  storeFilter,
  toPage,
} from '@orderbus/service-kit';
import { z } from 'zod';
import { accounts } from '../domain/chart-of-accounts.ts';
import { findBilling } from '../store/billing-queries.ts';
import { balancesOf, entriesOfOrder, everyEntry, listEntries } from '../store/journal-queries.ts';
import { journalCsv } from './journal-csv.ts';
import { BalancesView, BooksView, balancesView, booksView, EntryView, entryView } from './journal-views.ts';
import { storeOfOrder } from './stores.ts';

const csv = 'text/csv; charset=utf-8';

const JournalPosition = z.object({ at: z.string().regex(/^\d{4,}-\d\d-\d\d [\d:.+-]+$/), entryId: z.uuid() });

const period = {
  tenant: z.string().min(1).optional(),
  from: z.iso.datetime().optional().meta({ description: 'This moment or later' }),
  to: z.iso.datetime().optional().meta({ description: 'Before this moment' }),
};

export const journalRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] => [
  route({
    method: 'get',
    path: '/journal',
    access: { needs: 'books', store: 'filtered' },
    summary: 'What was posted, newest first: an entry for each document, and one more when it is canceled',
    tags: ['books'],
    query: pageQuery.extend({ ...period, orderId: z.uuid().optional(), account: z.enum(accounts).optional() }),
    responses: { 200: pageOf(EntryView) },
    handle: async ({ caller, query: { limit, cursor, tenant, ...period } }) => {
      const filter = { ...period, ...storeFilter(caller, tenant) };
      const after = cursor === undefined ? undefined : decodeCursor(cursor, JournalPosition);
      const rows = await listEntries(database, filter, { order: 'desc', after, limit: limit + 1 });
      const { items, ...rest } = toPage(rows, limit, ({ position, entryId }) => ({ at: position, entryId }));
      return { items: items.map(entryView), ...rest };
    },
  }),
  route({
    method: 'get',
    path: '/journal/export.csv',
    access: { needs: 'books', store: 'filtered' },
    summary: 'The journal of a period as a file, oldest first, one row for each line',
    description: 'Cells that a spreadsheet would take for formulas are made text; amounts are decimals in the currency of their row.',
    tags: ['books'],
    query: z.object({
      ...period,
      bom: z.stringbool().default(false).meta({ description: 'Begin with a byte order mark, as Excel likes it' }),
    }),
    responses: { 200: media(csv) },
    handle: ({ caller, query: { bom, tenant, ...period } }) =>
      response(200, raw(csv, Readable.from(journalCsv(everyEntry(database, { ...period, ...storeFilter(caller, tenant) }), { bom }))), {
        'content-disposition': 'attachment; filename="journal.csv"',
      }),
  }),
  route({
    method: 'get',
    path: '/journal/balances',
    access: { needs: 'books', store: 'filtered' },
    summary: 'What was moved on each account in a period, each currency by itself',
    tags: ['books'],
    query: z.object(period),
    responses: { 200: BalancesView },
    handle: async ({ caller, query: { tenant, ...period } }) =>
      balancesView(await balancesOf(database, { ...period, ...storeFilter(caller, tenant) })),
  }),
  route({
    method: 'get',
    path: '/orders/:orderId/books',
    access: { needs: 'books', store: storeOfOrder({ database }) },
    summary: 'What was posted for an order, and what is left to be received for it',
    tags: ['books', 'orders'],
    params: z.object({ orderId: z.uuid() }),
    responses: { 200: BooksView },
    handle: async ({ params: { orderId } }) => {
      if (!(await findBilling(database, orderId))) throw new AppError('not-found', 'billing.order-unknown', { orderId });
      const [entries, balances] = await Promise.all([entriesOfOrder(database, orderId), balancesOf(database, { orderId })]);
      return booksView(orderId, entries, balances);
    },
  }),
];
