import type { FeedWish, InvoiceUpload } from '../../domain/feed-batch.ts';
import { type Element, writeEnvelope } from './envelope.ts';
import { acknowledgementOf } from './order-acknowledgement.ts';
import { refundOf, unitsCancelOf } from './order-adjustment.ts';

/** What is said in XML. */
export type XmlWish = Exclude<FeedWish, InvoiceUpload>;

/** The document of a feed whose wishes are all of one type; the n-th wish is message n + 1. */
export const writeFeed = (merchantIdentifier: string, wishes: readonly XmlWish[]): string =>
  writeEnvelope({
    merchantIdentifier,
    messageType: wishes[0]?.way === 'cancel-order' ? 'OrderAcknowledgement' : 'OrderAdjustment',
    messages: wishes.map(messageOf),
  });

const messageOf = (wish: XmlWish): Element => {
  if (wish.way === 'cancel-order') return acknowledgementOf(wish);
  return wish.way === 'cancel-units' ? unitsCancelOf(wish) : refundOf(wish);
};
