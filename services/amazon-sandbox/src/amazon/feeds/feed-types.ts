import type { WorldOrder } from '../../world/order.ts';
import type { Decision } from '../decision.ts';
import { decideAcknowledgement, orderAcknowledgement } from './acknowledgement.ts';
import { decideAdjustment } from './adjustment.ts';
import { orderAdjustment } from './adjustment-schema.ts';
import { type EnvelopedMessage, readMessage } from './envelope.ts';
import { decideFulfillment, orderFulfillment } from './fulfillment.ts';
import type { Rule } from './schema.ts';

/** What a message of a feed is about, and what it does to the order. */
export interface FeedMessage {
  /** The message as JSON. */
  readonly content: unknown;
  readonly amazonOrderId: string | undefined;
  /** @throws WriteRefused */
  readonly decide: (order: WorldOrder, at: number) => Decision;
}

export interface FeedKind {
  readonly messageType: string;
  /** @throws SchemaViolation */
  readonly read: (message: EnvelopedMessage) => FeedMessage;
}

const kind = <T extends { readonly AmazonOrderID: string | undefined }>(
  messageType: string,
  rule: Rule<T>,
  decide: (order: WorldOrder, content: T, at: number) => Decision,
): FeedKind => ({
  messageType,
  read: (message) => {
    const content = readMessage(message, messageType, rule);
    return { content, amazonOrderId: content.AmazonOrderID, decide: (order, at) => decide(order, content, at) };
  },
});

/** The feeds that are played. */
export const feedKinds: ReadonlyMap<string, FeedKind> = new Map([
  ['POST_ORDER_ACKNOWLEDGEMENT_DATA', kind('OrderAcknowledgement', orderAcknowledgement, decideAcknowledgement)],
  ['POST_PAYMENT_ADJUSTMENT_DATA', kind('OrderAdjustment', orderAdjustment, decideAdjustment)],
  ['POST_ORDER_FULFILLMENT_DATA', kind('OrderFulfillment', orderFulfillment, decideFulfillment)],
]);
