import { AppError } from '@orderbus/kernel';
import express, { type Router } from 'express';
import type { Applications } from '../amazon/applications.ts';
import type { Authorizations } from '../amazon/authorizations.ts';
import { type Seller, sellerOf, sellers } from '../world/sellers.ts';
import { ApplicationRoles, Authorization, Revocation, readInput } from './control-schemas.ts';

export interface AccessApi {
  readonly applications: Applications;
  readonly authorizations: Authorizations;
}

/** `/sandbox/applications`, `/sandbox/authorizations`: what a developer and a seller would click in Amazon's consoles. */
export const accessRoutes = ({ applications, authorizations }: AccessApi): Router => {
  const router = express.Router();

  router.put('/applications/:clientId', (request, response) => {
    const { clientId } = request.params;
    if (!sellers.some((seller) => seller.clientId === clientId))
      throw new AppError('not-found', 'sandbox.application-unknown', { clientId });
    applications.set(clientId, readInput(ApplicationRoles, request.body));
    response.json({ clientId, ...applications.of(clientId) });
  });

  router.post('/authorizations', (request, response) => {
    const seller = knownSeller(readInput(Authorization, request.body).sellerId);
    const { code, expiresAt } = authorizations.authorize(seller);
    response.status(201).json({ code, expiresAt: new Date(expiresAt).toISOString(), clientId: seller.clientId });
  });

  router.put('/authorizations/:sellerId', (request, response) => {
    const { sellerId } = knownSeller(request.params.sellerId);
    const { revoked } = readInput(Revocation, request.body);
    authorizations.setRevoked(sellerId, revoked);
    response.json({ sellerId, revoked });
  });

  return router;
};

const knownSeller = (sellerId: string): Seller => {
  const seller = sellerOf(sellerId);
  if (!seller) throw new AppError('not-found', 'sandbox.seller-unknown', { sellerId });
  return seller;
};
