import express, { type Router } from 'express';
import { AmazonError } from '../amazon/amazon-error.ts';
import { allowedMessages, localeOf, type MessageName, messageNames, messages } from '../amazon/contact-actions.ts';
import { attachmentsOf, messageBodies } from '../amazon/contact-bodies.ts';
import { renderActions } from '../amazon/hal.ts';
import { readBody } from '../amazon/write-body.ts';
import type { WorldOrder } from '../world/order.ts';
import { admit } from './admit.ts';
import { type ContactApi, contactedOrder, halMediaType, send, sentAbout } from './contact.ts';
import { jsonBody } from './json-body.ts';

const base = '/messaging/v1/orders';

/** Messaging API v1: what a seller may say to a buyer, and the saying of it. Answers of buyers are read in Seller Central. */
export const messagingRoutes = (api: ContactApi): Router => {
  const router = express.Router();
  const { faults } = api;

  const guarded = [faults.guard('getMessagingActionsForOrder'), admit(api, 'getMessagingActionsForOrder')];
  router.get(`${base}/:orderId`, ...guarded, (request, response) => {
    const order = contactedOrder(api, 'buyer-communication', request, response);
    const names = [...allowed(api, order), 'attributes'];
    response.type(halMediaType).send(JSON.stringify(renderActions(`${base}/${order.orderId}`, 'messages', names, order.marketplaceId)));
  });

  router.get(`${base}/:orderId/attributes`, faults.guard('getAttributes'), admit(api, 'getAttributes'), (request, response) => {
    const order = contactedOrder(api, 'buyer-communication', request, response);
    response.type(halMediaType).send(JSON.stringify({ buyer: { locale: localeOf(order) } }));
  });

  for (const name of messageNames) {
    const { operation } = messages[name];
    router.post(`${base}/:orderId/messages/${name}`, faults.guard(operation), admit(api, operation), jsonBody, (request, response) =>
      send(api, operation, request, response, () => {
        const order = contactedOrder(api, 'buyer-communication', request, response);
        if (!allowed(api, order).includes(name))
          throw new AmazonError(403, 'Unauthorized', 'Invalid amazonOrderId and template combination.');
        demandAttachments(api, order, name, readBody(messageBodies[name], request.body));
      }),
    );
  }
  return router;
};

const allowed = (api: ContactApi, order: WorldOrder): MessageName[] =>
  allowedMessages(order, sentAbout(api, order), api.clock.now().getTime());

const demandAttachments = ({ writes, clock }: ContactApi, order: WorldOrder, name: MessageName, body: object): void => {
  for (const { uploadDestinationId } of attachmentsOf(body)) {
    const file = writes.uploads.find(uploadDestinationId, clock.now().getTime());
    const isMeant = file?.sellerId === order.sellerId && file.resource === `messaging/v1/orders/${order.orderId}/messages/${name}`;
    if (!isMeant || file.bytes === undefined)
      throw new AmazonError(400, 'InvalidInput', `Attachment with ID ${uploadDestinationId} does not exist`);
  }
};
