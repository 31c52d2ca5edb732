import { decodeCursor, pageOf, pageQuery, type Route, route, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { needKinds } from '../domain/needs/need.ts';
import { countNeeds, type ListedNeed, listNeeds } from '../store/needs.ts';
import type { ConsoleKit } from '../surroundings.ts';
import { storeQuery, storesAsked } from './stores.ts';

const NeedView = z.object({
  id: z.string().describe('The same as long as it is about the same thing'),
  kind: z.enum(needKinds),
  subject: z.string(),
  tenant: z.string().describe('`*`: it is about the whole installation'),
  orderId: z.uuid().optional(),
  number: z.string().optional().describe('Our number of the order'),
  amazonOrderId: z.string().optional(),
  since: z.iso.datetime(),
  resolvedAt: z.iso.datetime().optional(),
  facts: z.record(z.string(), z.unknown()).describe('Values for a sentence about it. Nothing of the buyer'),
});

const CountView = z.object({
  needsMe: z.int().describe('All that needs a person'),
  waitingAtAmazon: z.int().describe('What Amazon was asked and has not answered'),
});

const kindsShown = needKinds.filter((kind) => kind !== 'waiting-at-amazon');

/** What needs a person. */
export const needsRoutes = ({ database, clock }: Pick<ConsoleKit, 'database' | 'clock'>): Route[] => [
  route({
    ...{ method: 'get', path: '/api/needs', access: { needs: 'read', store: 'filtered' }, tags: ['overview'] },
    summary: 'What needs a person, the latest first',
    description: 'What waits for Amazon is listed only when its kind is named.',
    query: pageQuery.extend({
      ...storeQuery,
      kind: z.enum(needKinds).optional(),
      orderId: z.uuid().optional(),
      status: z.enum(['open', 'resolved']).default('open'),
    }),
    responses: { 200: pageOf(NeedView) },
    handle: async ({ caller, query: { store, kind, orderId, status, cursor, limit } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      const kinds = kind === undefined ? kindsShown : [kind];
      const filter = { ...storesAsked(caller, store), kinds, orderId, status, now: clock.now(), after, limit: limit + 1 };
      return toPage((await listNeeds(database, filter)).map(viewOf), limit, (need) => ({
        ...{ since: need.since, kind: need.kind, subject: need.subject },
      }));
    },
  }),
  route({
    ...{ method: 'get', path: '/api/needs/count', access: { needs: 'read', store: 'filtered' }, tags: ['overview'] },
    summary: 'How much needs a person: for a number that stands on every page',
    query: z.object(storeQuery),
    responses: { 200: CountView },
    handle: async ({ caller, query: { store } }) => totalsOf(await countNeeds(database, storesAsked(caller, store), clock.now())),
  }),
];

/** What waits for Amazon is nobody's to do. */
export const totalsOf = (counts: readonly { readonly kind: string; readonly open: number }[]): z.output<typeof CountView> => {
  const openOf = (isMeant: (kind: string) => boolean): number =>
    counts.reduce((sum, { kind, open }) => sum + (isMeant(kind) ? open : 0), 0);
  return {
    needsMe: openOf((kind) => kind !== 'waiting-at-amazon'),
    waitingAtAmazon: openOf((kind) => kind === 'waiting-at-amazon'),
  };
};

const Position = z.object({ since: z.iso.datetime(), kind: z.string().max(100), subject: z.string().max(300) });

const viewOf = ({ orderId, number, amazonOrderId, resolvedAt, ...need }: ListedNeed): z.output<typeof NeedView> => ({
  ...need,
  id: `${need.kind}:${need.subject}`,
  ...(orderId === null ? {} : { orderId }),
  ...(number === null ? {} : { number }),
  ...(amazonOrderId === null ? {} : { amazonOrderId }),
  ...(resolvedAt === null ? {} : { resolvedAt }),
});
