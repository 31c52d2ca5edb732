import { documentIdOf } from '@orderbus/kernel';
import { decodeCursor, pageOf, pageQuery, type Route, response, route, type ServiceKit, storeFilter, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Package } from '../domain/shipping/command.ts';
import { parcelStates, writeStates } from '../domain/shipping/parcel.ts';
import { tenantOf } from '../store/return-queries.ts';
import { findShipment, listShipments } from '../store/shipment-queries.ts';
import { answer, changeShipment, orderOf, ship, shipmentOf } from './ship.ts';
import { Edit, HandOver, NewShipments, Void } from './shipment-bodies.ts';
import { ShipmentView, shipmentView } from './shipment-views.ts';

const params = z.object({ id: z.uuid() });
const one = { tags: ['shipments'], params, responses: { 200: ShipmentView } } as const;
const moment = z.iso.datetime({ offset: true });

export const shipmentRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/shipments',
    access: { needs: 'read', store: 'filtered' },
    summary: 'Parcels, newest first',
    tags: ['shipments'],
    query: pageQuery.extend({
      orderId: z.uuid().optional(),
      tenant: z.string().max(200).optional(),
      state: z.enum(parcelStates).optional(),
      writeState: z.enum(writeStates).optional().describe('Where telling Amazon of it stands'),
      tracking: z.string().trim().min(1).max(100).optional(),
      from: moment.optional().describe('Made then or later'),
      to: moment.optional().describe('Made before'),
    }),
    responses: { 200: pageOf(ShipmentView) },
    handle: async ({ caller, query: { limit, cursor, tenant, ...filter } }) => {
      const after = cursor === undefined ? undefined : decodeCursor(cursor, z.object({ at: z.iso.datetime(), id: z.uuid() }));
      const page = toPage(
        await listShipments(kit.database, { ...filter, ...storeFilter(caller, tenant) }, after, limit + 1),
        limit,
        ({ createdAt: at, id }) => ({ at, id }),
      );
      return { ...page, items: page.items.map(shipmentView) };
    },
  }),
  route({
    method: 'post',
    path: '/shipments',
    access: { needs: 'operate', store: ({ body }) => tenantOf(kit.database, body.orderId) },
    summary: 'Ships an order, or a part of it, in one or more parcels',
    description:
      'All parcels or none. Each reaches Amazon with its own units, carrier and number, once. Without `packages`, the fields of one parcel; without `lines`, all that is left.',
    tags: ['shipments'],
    body: NewShipments,
    responses: { 201: z.object({ items: z.array(ShipmentView) }) },
    handle: async (input) => {
      const { orderId, handedOver, packages } = packagesOf(input.body, input.requestId);
      const { id, tenant } = await orderOf(kit, orderId);
      await ship(kit, { id, tenant }, { type: 'pack', packages, handedOver }, input);
      const made = new Set(packages.map(({ shipmentId }) => shipmentId));
      const { parcels } = await orderOf(kit, orderId);
      const items = parcels.filter((parcel) => made.has(parcel.id)).map((parcel) => shipmentView({ ...parcel, orderId, tenant }));
      return response(201, { items });
    },
  }),
  route({
    ...one,
    method: 'get',
    path: '/shipments/:id',
    access: { needs: 'read', store: storeOfShipment(kit) },
    summary: 'A parcel, and where telling Amazon of it stands',
    handle: async ({ params: { id } }) => answer(await shipmentOf(kit, id)),
  }),
  route({
    ...one,
    method: 'patch',
    path: '/shipments/:id',
    access: { needs: 'operate', store: storeOfShipment(kit) },
    summary: 'Changes a parcel',
    description: 'One that was handed over is told to Amazon again, under the same number: it replaces what was said.',
    body: Edit,
    handle: (input) => changeShipment(kit, input.params.id, { type: 'edit', shipmentId: input.params.id, ...input.body }, input),
  }),
  route({
    ...one,
    method: 'post',
    path: '/shipments/:id/hand-over',
    access: { needs: 'operate', store: storeOfShipment(kit) },
    summary: 'A packed parcel has left the house: Amazon is told',
    body: HandOver,
    handle: (input) => changeShipment(kit, input.params.id, { type: 'hand-over', shipmentId: input.params.id, ...input.body }, input),
  }),
  route({
    ...one,
    method: 'post',
    path: '/shipments/:id/void',
    access: { needs: 'operate', store: storeOfShipment(kit) },
    summary: 'It is no parcel any more: its units are to be shipped again',
    description: 'One that was not handed over, or that Amazon has refused.',
    body: Void,
    handle: (input) => {
      const { reason = null } = input.body;
      return changeShipment(kit, input.params.id, { type: 'void', shipmentId: input.params.id, reason }, input);
    },
  }),
  route({
    ...one,
    method: 'post',
    path: '/shipments/:id/retry',
    access: { needs: 'operate', store: storeOfShipment(kit) },
    summary: 'Tells Amazon again of a parcel that it has refused, as it is',
    handle: (input) => changeShipment(kit, input.params.id, { type: 'retry', shipmentId: input.params.id }, input),
  }),
];

const storeOfShipment =
  ({ database }: ServiceKit) =>
  async ({ params: { id } }: { readonly params: { readonly id: string } }) =>
    (await findShipment(database, id))?.tenant;

/** The parcels have ids that follow from the request's: sent again, it finds them there. */
const packagesOf = (body: z.output<typeof NewShipments>, requestId: string) => {
  const listed = 'packages' in body ? body.packages : [body];
  const packages = listed.map(
    ({ labelFrom, lines, carrier, service, trackingNumber, shippedAt }, n): Package => ({
      ...{ shipmentId: documentIdOf(requestId, `parcel:${n}`), path: 'packages' in body ? `packages.${n}` : '' },
      ...{ labelFrom, lines, carrier, service, trackingNumber, shippedAt },
    }),
  );
  return { orderId: body.orderId, handedOver: body.handedOver, packages };
};
