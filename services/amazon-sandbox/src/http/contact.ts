import type { Request, Response } from 'express';
import { AmazonError, unauthorized } from '../amazon/amazon-error.ts';
import type { Applications, Role } from '../amazon/applications.ts';
import { singleParameters } from '../amazon/parameters.ts';
import type { WorldOrder } from '../world/order.ts';
import type { Seller } from '../world/sellers.ts';
import type { WritesApi } from './shipment-routes.ts';

/** What the APIs that reach buyers have in common. */
export interface ContactApi extends WritesApi {
  readonly applications: Applications;
}

export const halMediaType = 'application/hal+json';

/** The order that is spoken of. @throws AmazonError 403 without the role, 400 without its marketplace, 404 for an order of somebody else. */
export const contactedOrder = (api: ContactApi, role: Role, request: Request, response: Response): WorldOrder => {
  const seller = response.locals.seller as Seller;
  demandRole(api, seller, role);
  const { marketplaceIds } = singleParameters(request.query, ['marketplaceIds']);
  if (!marketplaceIds || marketplaceIds.includes(',')) throw marketplaceMissing();
  const orderId = String(request.params.orderId);
  if (!/^\d{3}-\d{7}-\d{7}$/.test(orderId)) throw new AmazonError(400, 'InvalidInput', 'amazonOrderId: Invalid amazonOrderId.');
  const order = api.world.orders.find(orderId);
  if (order?.sellerId !== seller.sellerId || order.marketplaceId !== marketplaceIds)
    throw new AmazonError(404, 'NotFound', 'The requested order could not be found.', `orderId: ${orderId}`);
  return order;
};

export const demandRole = ({ applications }: ContactApi, { clientId }: Seller, role: Role): void => {
  if (!applications.of(clientId).roles.includes(role)) throw unauthorized('');
};

export const marketplaceMissing = (): AmazonError =>
  new AmazonError(400, 'InvalidInput', 'marketplaceIds: Missing or invalid request parameter: marketplaceId');

/** What has reached the buyer of an order, by operation. */
export const sentAbout = ({ writes }: ContactApi, { orderId }: WorldOrder): string[] =>
  writes.ledger.find({ orderId, effect: 'sent', after: 0, limit: 1_000 }).map(({ operation }) => operation);

/** Lets it happen; whatever comes of it stands in the ledger. */
export const send = (
  { clock, writes }: ContactApi,
  operation: string,
  request: Request,
  response: Response,
  check: () => unknown,
): void => {
  const received = {
    at: clock.now().getTime(),
    operation,
    sellerId: (response.locals.seller as Seller).sellerId,
    orderId: String(request.params.orderId),
    request: request.body ?? null,
  };
  try {
    check();
    writes.ledger.record({ ...received, effect: 'sent' });
  } catch (error) {
    if (error instanceof AmazonError) writes.ledger.record({ ...received, effect: 'refused', reason: error.message });
    throw error;
  }
  response.status(201).type(halMediaType).send('{}');
};
