import type { AmazonRefusal, AmazonWriteKind } from '@orderbus/contracts';
import type { FactsOf } from './facts.ts';
import { refusalLine, timeText, type Words } from './phrases.ts';

export const rejectedShipment = ({ revision, ...facts }: FactsOf<'shipment-rejected'>): Words =>
  rejected(
    facts,
    revision > 1 ? 'a corrected shipment' : 'a shipment',
    revision > 1
      ? 'Amazon still has what it was told before. Correct the shipment again, or correct it in Seller Central and settle this.'
      : 'For Amazon this parcel has not been shipped. Correct the shipment, and Amazon is told again; or confirm it in Seller Central and settle this.',
  );

export const rejectedPickup = ({ status, ...facts }: FactsOf<'pickup-rejected'>): Words =>
  rejected(facts, pickupWords[status], 'For Amazon nothing has changed. Set it in Seller Central and settle this.');

export const rejectedCancellation = (facts: FactsOf<'cancellation-rejected'>): Words =>
  rejected(facts, 'a cancellation', 'For Amazon the order stands as it did: ship it, or cancel it in Seller Central.');

export const rejectedRefund = (facts: FactsOf<'refund-rejected'>): Words =>
  rejected(facts, 'a refund', 'No money has gone back. Look at the order in Seller Central, then ask for a refund that is right.');

export const rejectedInvoice = (facts: FactsOf<'invoice-rejected'>): Words =>
  rejected(facts, 'an invoice', 'The buyer does not find it at Amazon. Mend what Amazon names, and hand the document in again.');

export const uncertainWrite = ({ amazonOrderId, write, commandId, since, words }: FactsOf<'write-uncertain'>): Words => ({
  title: `Amazon order ${amazonOrderId}: ${writeWords[write]} has no certain outcome`,
  text: [
    `Amazon order ${amazonOrderId}: ${writeWords[write]}, asked for at ${timeText(since)}, has no certain outcome:`,
    `- ${words}`,
    'Look into Seller Central whether it is there. Then settle the command at the gateway, or have it sent again.',
    `The gateway keeps all that is known about it as ${commandId}.`,
  ],
});

const rejected = (
  { amazonOrderId, commandId, refusal }: { amazonOrderId: string; commandId: string; refusal: AmazonRefusal },
  what: string,
  remedy: string,
): Words => ({
  title: `Amazon order ${amazonOrderId}: ${what} was rejected`,
  text: [
    `Amazon order ${amazonOrderId}: ${what} was rejected:`,
    refusalLine(refusal),
    remedy,
    `The gateway keeps what was asked and answered as ${commandId}.`,
  ],
});

const pickupWords = {
  ready: '"ready to be fetched"',
  'picked-up': '"fetched by the buyer"',
  refused: '"refused by the buyer"',
} as const satisfies Record<FactsOf<'pickup-rejected'>['status'], string>;

const writeWords = {
  shipment: 'a shipment',
  pickup: 'a pickup',
  cancellation: 'a cancellation',
  refund: 'a refund',
  invoice: 'an invoice',
  contact: 'a message to the buyer',
} as const satisfies Record<AmazonWriteKind, string>;
