import type { Clock } from '@orderbus/kernel';
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { readAccessToken } from '../amazon/access-token.ts';
import { AmazonError, unauthorized } from '../amazon/amazon-error.ts';
import { issuePageToken } from '../amazon/page-token.ts';
import { singleParameters } from '../amazon/parameters.ts';
import { renderOrder } from '../amazon/render-order.ts';
import { readIncludedData, readSearchRequest, type SearchRequest } from '../amazon/search-request.ts';
import { type Operation, type Throttle, usagePlans } from '../amazon/throttle.ts';
import type { WorldOrder } from '../world/order.ts';
import type { OrderPage } from '../world/order-book.ts';
import { type Seller, sellerOf } from '../world/sellers.ts';
import type { World } from '../world/world.ts';
import type { Outages } from './outage.ts';

export interface OrdersApi {
  readonly world: World;
  readonly clock: Clock;
  readonly outages: Outages;
  /** Absent: no limits, and no header that would make a client slow down. */
  readonly throttle: Throttle | undefined;
  readonly visibilityLagMs: number;
}

/** Orders API 2026-01-01. */
export const ordersRoutes = (api: OrdersApi): Router => {
  const router = express.Router();
  const base = '/orders/2026-01-01/orders';
  router.get(base, api.outages.guard('searchOrders'), admit(api, 'searchOrders'), (request, response) => {
    response.json(searchOrders(api, request, response.locals.seller as Seller));
  });
  router.get(`${base}/:orderId`, api.outages.guard('getOrder'), admit(api, 'getOrder'), (request, response) => {
    response.json(getOrder(api, request, response.locals.seller as Seller));
  });
  return router;
};

/** Who asks, and has the quota: in Amazon's order. The rate is announced on 200, 400 and 404, never on 403 and 429. */
const admit =
  ({ clock, throttle, world }: OrdersApi, operation: Operation) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const { clientId, sellerId } = readAccessToken(request.get('x-amz-access-token'), clock.now().getTime());
    const seller = sellerId === undefined ? undefined : sellerOf(sellerId);
    if (!seller) throw unauthorized('');
    throttle?.spend(operation, clientId, seller.sellerId);
    if (throttle) response.locals.rateLimit = String(usagePlans[operation].rate);
    if (Number(request.get('content-length') ?? 0) > 0 || request.get('transfer-encoding')) {
      throw new AmazonError(400, 'InvalidInput', 'A GET request must not have a body.', 'body: Member must be absent');
    }
    world.advance();
    response.locals.seller = seller;
    next();
  };

const searchOrders = ({ world, clock, visibilityLagMs }: OrdersApi, request: Request, seller: Seller) => {
  const now = clock.now().getTime();
  const visibleUntil = now - visibilityLagMs;
  const search = readSearchRequest(request.query, { seller, now, visibleUntil });
  const page = world.orders.page({
    sellerId: seller.sellerId,
    by: search.by,
    from: search.from,
    to: search.until,
    visibleUntil,
    after: search.page?.after,
    limit: search.limit,
    accepts: accepts(search),
  });
  return {
    orders: page.orders.map((order) => renderOrder(order, search.included, now)),
    ...paginationOf(page, search, now),
    [search.by === 'createdTime' ? 'createdBefore' : 'lastUpdatedBefore']: new Date(search.until).toISOString(),
  };
};

const getOrder = ({ world, clock }: OrdersApi, request: Request, seller: Seller) => {
  const given = singleParameters(request.query, ['includedData']);
  const included = readIncludedData(given.includedData);
  const order = world.orders.find(String(request.params.orderId));
  if (!order || order.sellerId !== seller.sellerId) {
    throw new AmazonError(404, 'NotFound', 'The requested order could not be found.', `orderId: ${request.params.orderId}`);
  }
  return { order: renderOrder(order, included, clock.now().getTime()) };
};

const accepts =
  ({ statuses, fulfilledBy, marketplaceIds }: SearchRequest) =>
  (order: WorldOrder): boolean =>
    (statuses?.has(order.status) ?? true) &&
    (fulfilledBy?.has(order.fulfilledBy) ?? true) &&
    (marketplaceIds?.has(order.marketplaceId) ?? true);

const paginationOf = ({ next }: OrderPage, { until, identity }: SearchRequest, now: number) =>
  next && { pagination: { nextToken: issuePageToken({ until, after: next }, identity, now) } };
