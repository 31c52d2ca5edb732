import type { Clock } from '@orderbus/kernel';
import type { NextFunction, Request, Response } from 'express';
import { AmazonError, unauthorized } from '../amazon/amazon-error.ts';
import type { Authorizations } from '../amazon/authorizations.ts';
import { type Operation, type Throttle, usagePlans } from '../amazon/throttle.ts';
import { sellerOf } from '../world/sellers.ts';
import type { World } from '../world/world.ts';

export interface Admission {
  readonly world: World;
  readonly clock: Clock;
  readonly authorizations: Authorizations;
  /** Absent: no limits, and a rate is announced that slows nobody down. */
  readonly throttle: Throttle | undefined;
}

/**
 * Who asks, and has the quota: in Amazon's order. The rate is announced with success, 400 and 404, never on 403 and 429. Whoever comes through
 * finds a world that is up to date, and the seller in `response.locals`.
 */
export const admit =
  ({ authorizations, throttle, world }: Admission, operation: Operation) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const { clientId, sellerId } = authorizations.read(request.get('x-amz-access-token'));
    const seller = sellerId === undefined ? undefined : sellerOf(sellerId);
    if (!seller) throw unauthorized('');
    throttle?.spend(operation, clientId, seller.sellerId);
    response.locals.rateLimit = String(throttle ? usagePlans[operation].rate : boundlessRate);
    if (request.method === 'GET' && hasBody(request)) {
      throw new AmazonError(400, 'InvalidInput', 'A GET request must not have a body.', 'body: Member must be absent');
    }
    world.advance();
    response.locals.seller = seller;
    next();
  };

const boundlessRate = 1_000;

const hasBody = (request: Request): boolean =>
  Number(request.get('content-length') ?? 0) > 0 || request.get('transfer-encoding') !== undefined;
