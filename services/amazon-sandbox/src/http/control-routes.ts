import type { Clock } from '@orderbus/kernel';
import express, { type Router } from 'express';
import { renderWholeOrder } from '../amazon/render-order.ts';
import { listedCatalogue } from '../world/catalogue.ts';
import type { Change, WorldOrder } from '../world/order.ts';
import { sellers } from '../world/sellers.ts';
import type { World } from '../world/world.ts';
import { type AccessApi, accessRoutes } from './access-routes.ts';
import { type ClockApi, clockRoutes } from './clock-routes.ts';
import { NewOrders, OrderListQuery, OrderPatch, Pace, Reset, readInput } from './control-schemas.ts';
import { faultRoutes } from './fault-routes.ts';
import type { Faults } from './faults.ts';
import type { RequestCounts } from './request-counts.ts';

export interface ControlApi extends AccessApi, ClockApi {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly requests: RequestCounts;
}

/** `/sandbox`: what Amazon does not offer, for demos and tests. */
export const controlRoutes = (api: ControlApi): Router => {
  const { world, clock, faults, requests } = api;
  const router = express.Router();
  router.use(express.json({ limit: '1mb' }));
  router.use('/faults', faultRoutes(faults));
  router.use(clockRoutes(api), accessRoutes(api));

  router.get('/sellers', (_request, response) => {
    response.json({
      sellers: sellers.map(({ share: _share, sells, ...seller }) => ({ ...seller, marketplaceIds: sells.map(([id]) => id) })),
    });
  });

  router.get('/catalogue', (_request, response) => {
    response.json({ products: listedCatalogue() });
  });

  router.get('/orders', (request, response) => {
    world.advance();
    response.json(listOrders(world, readInput(OrderListQuery, request.query)));
  });

  router.get('/orders/:orderId', (request, response) => {
    world.advance();
    response.json({ order: wholeOrder(world.orders.get(request.params.orderId)) });
  });

  router.post('/orders', (request, response) => {
    const { count, answer, ...wish } = readInput(NewOrders, request.body);
    const orders = world.create(wish, count);
    response.status(201).json(answer === 'ids' ? { orderIds: orders.map(({ orderId }) => orderId) } : { orders: orders.map(wholeOrder) });
  });

  router.patch('/orders/:orderId', (request, response) => {
    const { orderId } = request.params;
    const { fulfillmentStatus, cancelledBy, requestCancellation, contact, raw } = readInput(OrderPatch, request.body);
    const changes: Change[] = [
      ...(requestCancellation ? [{ type: 'request-cancellation', reason: requestCancellation.reason } as const] : []),
      ...(fulfillmentStatus ? world.pathTo(orderId, fulfillmentStatus, cancelledBy) : []),
      ...(contact ? [{ type: 'regard-contact', contact } as const] : []),
      ...(raw === undefined ? [] : [{ type: 'lay-over', raw } as const]),
    ];
    response.json({ order: wholeOrder(world.change(orderId, changes)) });
  });

  router.get('/stats', (_request, response) => {
    world.advance();
    const { seed, ordersPerMinute } = world.state;
    response.json({
      now: clock.now().toISOString(),
      speed: api.adjustable?.speed ?? null,
      seed,
      ordersPerMinute,
      orders: world.orders.census(),
      requests: requests.all,
      overlaps: requests.overlaps,
      faults: faults.all,
    });
  });

  router.put('/pace', (request, response) => {
    const { ordersPerMinute } = readInput(Pace, request.body);
    world.setPace(ordersPerMinute);
    response.json({ ordersPerMinute });
  });

  router.post('/reset', (request, response) => {
    world.reset(readInput(Reset, request.body));
    faults.clear();
    requests.clear();
    response.json({ seed: world.state.seed, orders: world.orders.size });
  });

  return router;
};

const wholeOrder = (order: WorldOrder) => ({
  ...renderWholeOrder(order),
  sandbox: {
    sellerId: order.sellerId,
    upcoming: order.plan.map(({ at, change }) => ({ at: new Date(at).toISOString(), change: change.type })),
    ...(order.refunds && { refunds: order.refunds.map(({ at, ...refund }) => ({ at: new Date(at).toISOString(), ...refund })) }),
  },
});

/** Pages by birth, for whoever wants to compare everything with everything. */
const listOrders = (world: World, { sellerId, limit, after }: { sellerId?: string | undefined; limit: number; after: number }) => {
  const orders: WorldOrder[] = [];
  let sequence = after;
  while (orders.length < limit && sequence < world.state.sequence) {
    sequence += 1;
    const order = world.orders.findBySequence(sequence);
    if (order && (sellerId ?? order.sellerId) === order.sellerId) orders.push(order);
  }
  return { orders: orders.map(wholeOrder), ...(sequence < world.state.sequence && { after: sequence }) };
};
