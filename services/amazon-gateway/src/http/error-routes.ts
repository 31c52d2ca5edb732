import type { Database } from '@orderbus/outbox';
import { decodeCursor, pageOf, pageQuery, type Route, route, toPage, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import { listErrors } from '../store/error-log.ts';

const time = z.iso.datetime();
const word = z.string().min(1).max(100);

const ErrorView = z.object({
  id: z.uuid(),
  storeId: z.string(),
  operation: z.string(),
  code: z.string().describe("Amazon's own code, or ours where Amazon gave none"),
  message: z.string().describe("Amazon's words, without mail addresses and tokens"),
  httpStatus: z.int().nullable().describe('Absent: there was no answer'),
  requestId: z.string().nullable().describe("What Amazon's support asks for"),
  subject: z.string().nullable().describe('The order or the feed that the call was about'),
  at: time,
});

/** The communication error log. */
export const errorRoutes = (database: Database): Route[] => [
  route({
    method: 'get',
    path: '/errors',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Calls to Amazon that failed, newest first',
    description: 'Kept as long as AMAZON_ERROR_LOG_KEPT says. Calls that succeeded are in the metrics only.',
    tags: ['operation'],
    query: pageQuery.extend({
      storeId: word.optional(),
      operation: word.optional(),
      code: word.optional(),
      subject: word.optional(),
      from: time.optional().describe('At or after'),
      until: time.optional().describe('Before'),
    }),
    responses: { 200: pageOf(ErrorView) },
    handle: async ({ caller, query: { cursor, limit, storeId, ...filter } }) => {
      const storeIds = withinStores(caller, storeId === undefined ? undefined : [storeId]);
      const before = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ at: time, id: z.uuid() }));
      const errors = await listErrors(database, { ...filter, storeIds, before, limit: limit + 1 });
      return toPage(errors, limit, ({ at, id }) => ({ at, id }));
    },
  }),
];
