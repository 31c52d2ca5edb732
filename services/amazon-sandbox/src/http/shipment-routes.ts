import express, { type Request, type Response, type Router } from 'express';
import type { z } from 'zod';
import { AmazonError } from '../amazon/amazon-error.ts';
import { applyDecision } from '../amazon/apply-decision.ts';
import { ConfirmShipmentBody, decideConfirmation } from '../amazon/confirm-shipment.ts';
import { type Decision, WriteRefused } from '../amazon/decision.ts';
import { decidePickup, UpdateShipmentStatusBody } from '../amazon/pickup.ts';
import { readBody } from '../amazon/write-body.ts';
import type { Writes } from '../amazon/writes.ts';
import type { WorldOrder } from '../world/order.ts';
import type { Seller } from '../world/sellers.ts';
import { type Admission, admit } from './admit.ts';
import type { Faults } from './faults.ts';
import { jsonBody } from './json-body.ts';

export interface WritesApi extends Admission {
  readonly faults: Faults;
  readonly writes: Writes;
}

/** What is written through Orders API v0. */
export const shipmentRoutes = (api: WritesApi): Router => {
  const router = express.Router();
  const order = '/orders/v0/orders/:orderId';
  const { faults } = api;
  router.post(
    `${order}/shipmentConfirmation`,
    faults.guard('confirmShipment'),
    admit(api, 'confirmShipment'),
    jsonBody,
    write(api, 'confirmShipment', ConfirmShipmentBody, decideConfirmation),
  );
  router.post(
    `${order}/shipment`,
    faults.guard('updateShipmentStatus'),
    admit(api, 'updateShipmentStatus'),
    jsonBody,
    write(api, 'updateShipmentStatus', UpdateShipmentStatusBody, decidePickup),
  );
  return router;
};

/** Reads, decides and lets it happen; whatever comes of it stands in the ledger. */
const write =
  <T extends z.ZodType>(
    { world, clock, writes }: WritesApi,
    operation: string,
    schema: T,
    decide: (order: WorldOrder, body: z.output<T>, now: number) => Decision,
  ) =>
  (request: Request, response: Response): void => {
    const at = clock.now().getTime();
    const { sellerId } = response.locals.seller as Seller;
    const orderId = String(request.params.orderId);
    const received = { at, operation, sellerId, orderId, request: request.body as unknown };
    try {
      const order = world.orders.find(orderId);
      if (order?.sellerId !== sellerId) throw orderUnknown(orderId);
      const decision = decide(order, readBody(schema, request.body), at);
      applyDecision(world, order, decision, at);
      writes.ledger.record({ ...received, effect: decision.effect, packageReference: decision.packageReference });
    } catch (error) {
      const answer = answerTo(error);
      writes.ledger.record({ ...received, effect: 'refused', reason: answer.message });
      throw answer;
    }
    response.status(204).end();
  };

const orderUnknown = (orderId: string): AmazonError =>
  new AmazonError(404, 'NotFound', 'The requested order could not be found.', `orderId: ${orderId}`);

/** What is neither is a mistake of the sandbox, and goes on as it is. */
const answerTo = (error: unknown): AmazonError => {
  if (error instanceof AmazonError) return error;
  if (error instanceof WriteRefused) return new AmazonError(400, 'InvalidInput', error.message, error.message);
  throw error;
};
