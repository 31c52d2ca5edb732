import express, { type Router } from 'express';
import { AmazonError } from '../amazon/amazon-error.ts';
import { refusalOfSolicitation, type SolicitationRefusal, solicitationName, solicitationOperation } from '../amazon/contact-actions.ts';
import { renderActions } from '../amazon/hal.ts';
import type { WorldOrder } from '../world/order.ts';
import { admit } from './admit.ts';
import { type ContactApi, contactedOrder, halMediaType, send, sentAbout } from './contact.ts';

const base = '/solicitations/v1/orders';

/** Solicitations API v1: asking a buyer for a review of the product and of the seller, in Amazon's own words. */
export const solicitationsRoutes = (api: ContactApi): Router => {
  const router = express.Router();
  const { faults } = api;

  const guarded = [faults.guard('getSolicitationActionsForOrder'), admit(api, 'getSolicitationActionsForOrder')];
  router.get(`${base}/:orderId`, ...guarded, (request, response) => {
    const order = contactedOrder(api, 'buyer-solicitation', request, response);
    const names = refusalFor(api, order) === undefined ? [solicitationName] : [];
    response
      .type(halMediaType)
      .send(JSON.stringify(renderActions(`${base}/${order.orderId}`, 'solicitations', names, order.marketplaceId)));
  });

  router.post(
    `${base}/:orderId/solicitations/${solicitationName}`,
    faults.guard(solicitationOperation),
    admit(api, solicitationOperation),
    (request, response) =>
      send(api, solicitationOperation, request, response, () => {
        const refusal = refusalFor(api, contactedOrder(api, 'buyer-solicitation', request, response));
        if (refusal) throw new AmazonError(403, 'Unauthorized', words[refusal]);
      }),
  );
  return router;
};

const refusalFor = (api: ContactApi, order: WorldOrder): SolicitationRefusal | undefined =>
  refusalOfSolicitation(order, sentAbout(api, order), api.clock.now().getTime());

const words: Readonly<Record<SolicitationRefusal, string>> = {
  unavailable: 'The requested solicitation is not available for this amazonOrderId.',
  'outside-window': 'You can’t use this feature to request a review outside the 5-30 day range after the order delivery date.',
};
