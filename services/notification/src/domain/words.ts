import type { Facts } from './facts.ts';
import { deadLetters, openCircuit } from './operation-words.ts';
import { blockedOrder, canceledOrder, newOrder, requestedCancellation, unacceptableAddress, unreadableOrder } from './order-words.ts';
import type { Words } from './phrases.ts';
import { missedDeadline, riskedDeadline } from './shipping-words.ts';
import { lowStock } from './stock-words.ts';
import { expiringSecret, gapFound, readOnly, stuckFeed, syncStalled } from './store-words.ts';
import { rejectedCancellation, rejectedInvoice, rejectedPickup, rejectedRefund, rejectedShipment, uncertainWrite } from './write-words.ts';

/** An alert in words. The title is one line, whatever the facts hold: it becomes a mail's subject. */
export const wordsFor = (facts: Facts): { title: string; text: string } => {
  const { title, text } = words(facts);
  return { title: oneLine(title, 200), text: text.map((line) => oneLine(line, 500)).join('\n') };
};

const words = (facts: Facts): Words => {
  switch (facts.kind) {
    case 'order-new':
      return newOrder(facts);
    case 'order-blocked':
      return blockedOrder(facts);
    case 'order-canceled':
      return canceledOrder(facts);
    case 'cancel-requested':
      return requestedCancellation(facts);
    case 'address-unacceptable':
      return unacceptableAddress(facts);
    case 'ship-by-at-risk':
      return riskedDeadline(facts);
    case 'ship-by-missed':
      return missedDeadline(facts);
    case 'order-unreadable':
      return unreadableOrder(facts);
    case 'shipment-rejected':
      return rejectedShipment(facts);
    case 'pickup-rejected':
      return rejectedPickup(facts);
    case 'cancellation-rejected':
      return rejectedCancellation(facts);
    case 'refund-rejected':
      return rejectedRefund(facts);
    case 'invoice-rejected':
      return rejectedInvoice(facts);
    case 'write-uncertain':
      return uncertainWrite(facts);
    case 'sync-stalled':
      return syncStalled(facts);
    case 'gap-found':
      return gapFound(facts);
    case 'secret-expiring':
      return expiringSecret(facts);
    case 'read-only':
      return readOnly(facts);
    case 'feed-stuck':
      return stuckFeed(facts);
    case 'stock-low':
      return lowStock(facts);
    case 'dead-letter':
      return deadLetters(facts);
    case 'circuit-open':
      return openCircuit(facts);
  }
};

/** Control and formatting characters become spaces: nothing can begin a header or a line of its own. */
const oneLine = (text: string, max: number): string => {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
};
