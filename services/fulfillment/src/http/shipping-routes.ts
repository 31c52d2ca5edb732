import { type Route, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { carriers } from '../domain/shipping/carriers.ts';
import { orderOf, ship, storeOfOrder } from './ship.ts';
import { Pickup } from './shipment-bodies.ts';
import { ShippingView, shippingView } from './shipping-view.ts';

const params = z.object({ orderId: z.uuid() });

export const shippingRoutes = (kit: ServiceKit): Route[] => [
  route({
    method: 'get',
    path: '/orders/:orderId/shipping',
    access: { needs: 'read', store: storeOfOrder(kit) },
    summary: 'What is left to ship of an order, its parcels, and what speaks against another one',
    tags: ['shipments'],
    params,
    responses: { 200: ShippingView },
    handle: async ({ params: { orderId } }) => shippingView(await orderOf(kit, orderId)),
  }),
  route({
    method: 'post',
    path: '/orders/:orderId/pickup',
    access: { needs: 'operate', store: storeOfOrder(kit) },
    summary: 'Where an order stands that the buyer fetches at the shop: Amazon is told',
    description: 'Each of them once. Amazon is not told of a parcel of such an order.',
    tags: ['shipments'],
    params,
    body: Pickup,
    responses: { 200: ShippingView },
    handle: async (input) => {
      const { status, lines = null } = input.body;
      const { id, tenant } = await orderOf(kit, input.params.orderId);
      await ship(kit, { id, tenant }, { type: 'pickup', status, lines }, input);
      return shippingView(await orderOf(kit, id));
    },
  }),
  route({
    method: 'get',
    path: '/carriers',
    access: { needs: 'read', store: 'shared' },
    summary: 'Carriers to choose from; any other name may be written',
    tags: ['shipments'],
    responses: { 200: z.object({ items: z.array(z.object({ name: z.string() })) }) },
    handle: () => ({ items: carriers.map((name) => ({ name })) }),
  }),
];
