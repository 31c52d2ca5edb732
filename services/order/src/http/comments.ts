import { decodeCursor, pageOf, pageQuery, type Route, response, route, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { listSaid } from '../store/comments.ts';
import { Comment, commentOf } from './comment-views.ts';
import { findOrder, inTenant, orderReference, storeOfOrder } from './find-order.ts';
import { type ActionKit, perform } from './perform.ts';
import { plainText } from './plain-text.ts';
import { OrderDetail } from './views.ts';

const position = z.object({ version: z.int() });

/** Comments are never changed or taken away. What happened to the order stands between them. */
export const commentRoutes = (kit: ActionKit): Route[] => [
  route({
    method: 'get',
    path: '/orders/:orderId/comments',
    access: { needs: 'read', store: storeOfOrder(kit.database) },
    summary: 'What was said about it, by people and by what happened to it, newest first',
    tags: ['comments'],
    params: orderReference,
    query: inTenant.extend(pageQuery.shape),
    responses: { 200: pageOf(Comment) },
    handle: async ({ params, query: { tenant, cursor, limit } }) => {
      const { id } = await findOrder(kit.database, params.orderId, tenant);
      const before = cursor === undefined ? undefined : decodeCursor(cursor, position).version;
      const page = toPage(await listSaid(kit.database, id, before, limit + 1), limit, ({ version }) => ({ version }));
      return { ...page, items: page.items.map(commentOf) };
    },
  }),
  route({
    method: 'post',
    path: '/orders/:orderId/comments',
    access: { needs: 'operate', store: storeOfOrder(kit.database) },
    summary: 'Adds a comment, in any state',
    description: 'HTML is taken out. `notify` and `visible` are recorded: Amazon allows no mail of ours to the buyer, so none is sent.',
    tags: ['comments'],
    params: orderReference,
    query: inTenant,
    body: z.strictObject({
      text: z.string().max(4_000).transform(plainText).pipe(z.string().min(1)),
      notify: z.boolean().default(false),
      visible: z.boolean().default(false),
    }),
    responses: { 201: OrderDetail },
    handle: async (input) => {
      const { body, headers } = await perform(kit, input, { type: 'comment', commentId: input.requestId, ...input.body });
      return response(201, body, headers);
    },
  }),
];
