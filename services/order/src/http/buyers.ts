import type { Database } from '@orderbus/outbox';
import { demand, etagOf, invalidRequest, media, type Route, raw, response, route, signatureOf } from '@orderbus/service-kit';
import { z } from 'zod';
import { storesOfOrders } from '../store/queries.ts';
import { type AccessRequest, BuyerField, Purpose } from '../vault/access.ts';
import type { Vault } from '../vault/vault.ts';
import { BuyerView, maskedView, shownView, unknownBuyer } from './buyer-views.ts';
import { findOrder, inTenant, orderReference, storeOfOrder } from './find-order.ts';

export interface BuyerRoutesOptions {
  readonly database: Database;
  readonly vault: Vault;
}

const fields = z.array(BuyerField).min(1);

/** Looking at buyers: masked by everybody; in full with the permission, for a purpose, and on record. */
export const buyerRoutes = ({ database, vault }: BuyerRoutesOptions): Route[] => [
  route({
    method: 'get',
    path: '/orders/:orderId/buyer',
    access: { needs: 'read', mayNeed: 'see-buyer-data', store: storeOfOrder(database) },
    summary: "An order's buyer: masked, or in full for a purpose",
    description: 'With a `purpose` it needs the permission see-buyer-data, and is on record.',
    tags: ['buyers'],
    params: orderReference,
    query: inTenant.extend({
      purpose: Purpose.optional(),
      fields: z
        .preprocess((value) => (value === undefined ? undefined : String(value).split(',')), fields.optional())
        .meta({ description: 'Only these parts, comma separated' }),
    }),
    responses: { 200: BuyerView },
    handle: async (input) => {
      const { params, query } = input;
      const { purpose } = query;
      if (purpose === undefined && query.fields !== undefined)
        throw invalidRequest([{ field: 'purpose', message: 'Required with fields: what is it for?', code: 'buyer.no-purpose' }]);
      if (purpose !== undefined) demand(input.caller, 'see-buyer-data');
      const { id } = await findOrder(database, params.orderId, query.tenant);
      const view =
        purpose === undefined
          ? await maskedBuyer(vault, id)
          : await shownBuyer(vault, { by: signatureOf(input), purpose, fields: query.fields }, id);
      return response(200, view, { etag: etagOf(view.version) });
    },
  }),
  route({
    method: 'post',
    path: '/orders/buyers',
    access: { needs: 'see-buyer-data', store: ({ body }) => storesOfOrders(database, body.orderIds) },
    summary: 'The buyers of many orders, in full, for a purpose',
    description:
      'For packing slips and labels: `{ items, missing }`, the items as `GET /orders/{orderId}/buyer` answers them, in the order asked for. ' +
      'Each order is on record. The answer is never kept, also not under an `Idempotency-Key`.',
    tags: ['buyers'],
    body: z.strictObject({ purpose: Purpose, orderIds: z.array(z.uuid()).min(1).max(500), fields: fields.optional() }),
    responses: { 200: media('application/json') },
    handle: async (input) => {
      const { orderIds, ...request } = input.body;
      const asked = [...new Set(orderIds)];
      const found = await vault.show({ by: signatureOf(input), ...request }, asked);
      const items = asked.flatMap((orderId) => found.get(orderId) ?? []).map(shownView);
      // Raw: anything else would be remembered in clear under its Idempotency-Key.
      return raw('application/json; charset=utf-8', JSON.stringify({ items, missing: asked.filter((orderId) => !found.has(orderId)) }));
    },
  }),
];

const maskedBuyer = async (vault: Vault, orderId: string): Promise<BuyerView> => {
  const [about, masked] = await Promise.all([vault.find(orderId), vault.masked([orderId])]);
  return about === undefined ? unknownBuyer(orderId) : maskedView(about, masked.get(orderId) ?? {});
};

const shownBuyer = async (vault: Vault, request: AccessRequest, orderId: string): Promise<BuyerView> => {
  const kept = (await vault.show(request, [orderId])).get(orderId);
  return kept === undefined ? unknownBuyer(orderId) : shownView(kept);
};
