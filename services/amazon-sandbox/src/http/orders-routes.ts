import express, { type Request, type Router } from 'express';
import { AmazonError, unauthorized } from '../amazon/amazon-error.ts';
import { type Application, type Applications, isForbidden } from '../amazon/applications.ts';
import type { IncludedData } from '../amazon/included-data.ts';
import { issuePageToken } from '../amazon/page-token.ts';
import { singleParameters } from '../amazon/parameters.ts';
import { renderOrder } from '../amazon/render-order.ts';
import { readIncludedData, readSearchRequest, type SearchRequest } from '../amazon/search-request.ts';
import type { WorldOrder } from '../world/order.ts';
import type { Seller } from '../world/sellers.ts';
import type { Position } from '../world/timeline.ts';
import { type Admission, admit } from './admit.ts';
import type { Circumstance, Faults } from './faults.ts';
import { arranged, demandDatasets, demandPage, isListed, nextPosition, reworded } from './list-faults.ts';
import type { RequestCounts } from './request-counts.ts';

export interface OrdersApi extends Admission {
  readonly faults: Faults;
  readonly applications: Applications;
  readonly requests: RequestCounts;
  readonly visibilityLagMs: number;
}

/** Orders API 2026-01-01. */
export const ordersRoutes = (api: OrdersApi): Router => {
  const router = express.Router();
  const base = '/orders/2026-01-01/orders';
  router.get(
    base,
    api.requests.oneAtATime('searchOrders'),
    api.faults.guard('searchOrders'),
    admit(api, 'searchOrders'),
    (request, response) => {
      response.json(searchOrders(api, request, response.locals.seller as Seller));
    },
  );
  router.get(`${base}/:orderId`, api.faults.guard('getOrder'), admit(api, 'getOrder'), (request, response) => {
    response.json(getOrder(api, request, response.locals.seller as Seller));
  });
  return router;
};

const searchOrders = (api: OrdersApi, { query }: Request, seller: Seller) => {
  const { world, clock, faults, visibilityLagMs } = api;
  const now = clock.now().getTime();
  const visibleUntil = now - visibilityLagMs;
  const about: Circumstance = { operation: 'searchOrders', sellerId: seller.sellerId };
  const search = readSearchRequest(query, { seller, now, visibleUntil });
  const application = permit(api, seller, search.included);
  demandDatasets(faults, search.included, about);
  demandPage(faults, search, query.paginationToken, about);
  const page = world.orders.page({
    sellerId: seller.sellerId,
    by: search.by,
    from: search.from,
    to: search.until,
    visibleUntil,
    after: search.page?.after,
    limit: search.limit,
    accepts: (order) => accepts(search, order) && isListed(faults, order, search.by, now),
  });
  const looping = search.page && faults.take(['token-loop'], about);
  return {
    orders: arranged(faults, page.orders, about).map((order) => shown(api, order, search.included, application)),
    ...(looping
      ? { pagination: { nextToken: String(query.paginationToken) } }
      : paginationTo(nextPosition(faults, page, search.by, about), search, now)),
    [search.by === 'createdTime' ? 'createdBefore' : 'lastUpdatedBefore']: new Date(search.until).toISOString(),
  };
};

const getOrder = (api: OrdersApi, { query, params }: Request, seller: Seller) => {
  const given = singleParameters(query, ['includedData']);
  const included = readIncludedData(given.includedData);
  const application = permit(api, seller, included);
  demandDatasets(api.faults, included, { operation: 'getOrder', sellerId: seller.sellerId });
  const order = api.world.orders.find(String(params.orderId));
  if (!order || order.sellerId !== seller.sellerId) {
    throw new AmazonError(404, 'NotFound', 'The requested order could not be found.', `orderId: ${params.orderId}`);
  }
  return { order: shown(api, order, included, application) };
};

/** @throws AmazonError 403 for data whose role the application lacks, where that is not passed over in silence. */
const permit = ({ applications }: OrdersApi, { clientId }: Seller, included: ReadonlySet<IncludedData>): Application => {
  const application = applications.of(clientId);
  if (isForbidden(application, included)) throw unauthorized('');
  return application;
};

const shown = ({ faults, clock }: OrdersApi, order: WorldOrder, included: ReadonlySet<IncludedData>, { roles }: Application) =>
  reworded(faults, order, renderOrder(order, included, { now: clock.now().getTime(), roles }));

const accepts = ({ statuses, fulfilledBy, marketplaceIds }: SearchRequest, order: WorldOrder): boolean =>
  (statuses?.has(order.status) ?? true) &&
  (fulfilledBy?.has(order.fulfilledBy) ?? true) &&
  (marketplaceIds === undefined || (order.channel === undefined && marketplaceIds.has(order.marketplaceId)));

const paginationTo = (after: Position | undefined, { until, identity }: SearchRequest, now: number) =>
  after && { pagination: { nextToken: issuePageToken({ until, after }, identity, now) } };
