import { CancelReason, LineQuantity } from '@orderbus/contracts';
import { type Route, route, said } from '@orderbus/service-kit';
import { z } from 'zod';
import { inTenant, orderReference, storeOfOrder } from './find-order.ts';
import { type ActionKit, perform, type Wish } from './perform.ts';
import { OrderDetail } from './views.ts';

const words = (longest: number) => z.string().trim().min(1).max(longest);

const Lines = z
  .array(z.strictObject(LineQuantity.shape))
  .min(1)
  .max(500)
  .refine((lines) => new Set(lines.map(({ lineId }) => lineId)).size === lines.length, said('line.each-once', 'Each line once'));

const Tag = z.string().trim().min(1).max(40);

/** What people do to an order. Each answers with the order as it is afterwards; what is not possible now is refused in words. */
export const actionRoutes = (kit: ActionKit): Route[] => {
  const access = { needs: 'operate', store: storeOfOrder(kit.database) } as const;
  const common = { access, tags: ['actions'], params: orderReference, query: inTenant, responses: { 200: OrderDetail } } as const;
  /** An action that needs no more than its name. */
  const plain = (
    path: `/orders/:orderId/${string}`,
    type: 'release' | 'decline-buyer-cancel' | 'retry' | 'admit',
    summary: string,
  ): Route => route({ ...common, method: 'post', path, summary, handle: (input) => perform(kit, input, { type }) });

  return [
    route({
      ...common,
      method: 'post',
      path: '/orders/:orderId/hold',
      summary: 'Stops it: nothing may leave the house. Its stock stays set aside',
      body: z.strictObject({ reason: words(500).optional() }),
      handle: (input) => perform(kit, input, { type: 'hold', reason: input.body.reason }),
    }),
    plain('/orders/:orderId/release', 'release', 'Ends the hold: it goes on where it would be without'),
    route({
      ...common,
      method: 'post',
      path: '/orders/:orderId/cancel',
      summary: 'Asks Amazon to cancel it, or some of its units',
      description: 'Amazon decides; until it has answered, the order stays as it is. Without `lines`, all that is not shipped yet.',
      body: z.strictObject({ reason: CancelReason, lines: Lines.optional() }),
      handle: (input) => perform(kit, input, { type: 'request-cancel', cancellationId: input.requestId, ...input.body }),
    }),
    route({
      ...common,
      method: 'post',
      path: '/orders/:orderId/accept-cancel-request',
      summary: 'Does what the buyer asked for: Amazon is asked to cancel',
      description: 'The order stays on hold until Amazon has answered.',
      handle: (input) => perform(kit, input, { type: 'accept-buyer-cancel', cancellationId: input.requestId }),
    }),
    plain(
      '/orders/:orderId/decline-cancel-request',
      'decline-buyer-cancel',
      'Does not do what the buyer asked for: the hold that the request brought ends',
    ),
    plain('/orders/:orderId/retry', 'retry', 'Looks for the stock of a blocked order now'),
    plain('/orders/:orderId/admit', 'admit', 'Processes a blocked order although stock is missing'),
    route({
      ...common,
      method: 'post',
      path: '/orders/:orderId/number',
      summary: "Gives it Amazon's number, or one of its own series: the earlier one, if it had one",
      description: 'Documents that were issued before keep the old number, and it is found by both.',
      body: z.strictObject({ source: z.enum(['own', 'amazon']) }),
      handle: (input) => perform(kit, input, { type: 'renumber', source: input.body.source }),
    }),
    route({
      ...common,
      method: 'post',
      path: '/orders/:orderId/status',
      summary: 'Gives it another status of the state that it is in',
      body: z.strictObject({ status: words(32) }),
      handle: (input) => perform(kit, input, { type: 'set-status', status: input.body.status }),
    }),
    route({
      ...common,
      method: 'put',
      path: '/orders/:orderId/note',
      summary: 'The one note that is kept with it; null takes it away',
      body: z.strictObject({ note: words(2_000).nullable() }),
      handle: (input) => perform(kit, input, { type: 'set-note', note: input.body.note } satisfies Wish),
    }),
    route({
      ...common,
      method: 'put',
      path: '/orders/:orderId/tags',
      summary: 'All of its tags',
      body: z.strictObject({ tags: z.array(Tag).max(20) }),
      handle: (input) => perform(kit, input, { type: 'set-tags', tags: input.body.tags }),
    }),
  ];
};
