import type { Database } from '@orderbus/outbox';
import { decodeCursor, pageOf, pageQuery, type Route, route, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { listAccesses } from '../store/buyer-accesses.ts';
import { accessActions } from '../vault/access.ts';

const AccessView = z.object({
  id: z.int(),
  at: z.iso.datetime(),
  action: z.enum(accessActions),
  actor: z.string(),
  purpose: z.string().describe('What it was shown for; the reason of a hold or a purge'),
  orderId: z.uuid(),
  tenant: z.string(),
  fields: z.array(z.string()).describe('Which parts; never what is in them'),
});

export const accessRoutes = (database: Database): Route[] => [
  route({
    method: 'get',
    path: '/vault/accesses',
    access: { needs: 'manage-access', store: 'all' },
    summary: 'Who has seen or changed which buyer, when and what for: newest first',
    tags: ['buyers'],
    query: pageQuery.extend({
      orderId: z.uuid().optional(),
      actor: z.string().max(80).optional(),
      action: z.enum(accessActions).optional(),
      purpose: z.string().max(500).optional(),
      from: z.iso.datetime({ offset: true }).optional().describe('Inclusive'),
      to: z.iso.datetime({ offset: true }).optional().describe('Exclusive'),
    }),
    responses: { 200: pageOf(AccessView) },
    handle: async ({ query: { limit, cursor, ...filters } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ id: z.int() }));
      return toPage((await listAccesses(database, filters, after?.id, limit + 1)) as z.output<typeof AccessView>[], limit, ({ id }) => ({
        id,
      }));
    },
  }),
];
