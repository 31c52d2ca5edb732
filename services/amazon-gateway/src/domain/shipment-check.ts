import type { AmazonRefusal } from '@orderbus/contracts';
import type { Facts } from './facts.ts';
import { lineOf, objectionToLines, objectionToOrder, obstacleOfOrder } from './order-check.ts';
import type { Picture, Verdict } from './write-kind.ts';
import type { ShipmentData } from './write-request.ts';

/** Would Amazon take this parcel? What it is certain to refuse is refused here, in words that say what to do instead. */
export const checkShipment = (shipment: ShipmentData, picture: Picture): Verdict => {
  const refusal =
    objectionToOrder(picture) ??
    objectionToProgram(picture.facts) ??
    objectionToLines(shipment.lines, picture.facts) ??
    objectionToCodes(shipment, picture.facts) ??
    objectionToDate(shipment, picture);
  if (refusal) return { verdict: 'refused', refusal };
  const obstacle = obstacleOfOrder(picture) ?? tooMany(shipment, picture);
  return { verdict: 'send', ...(obstacle && { obstacle }) };
};

const objectionToProgram = (facts: Facts | null): AmazonRefusal | undefined => {
  if (facts?.programs.includes('fbm-ship-plus'))
    return {
      code: 'shipment.ship-plus',
      words: 'This is a Ship+ order: buy its label at Amazon, which confirms the shipment thereby. Other parcels are refused.',
    };
  if (facts?.programs.includes('in-store-pickup'))
    return {
      code: 'shipment.in-store-pickup',
      words: 'The buyer fetches this order at the shop: report that it is ready, or has been picked up, instead of a parcel.',
    };
  return undefined;
};

/** One code for each unit, where the line takes part in the program. */
const objectionToCodes = ({ lines }: ShipmentData, facts: Facts | null): AmazonRefusal | undefined => {
  const codes = lines.flatMap(({ transparencyCodes = [] }) => transparencyCodes);
  if (new Set(codes).size < codes.length)
    return { code: 'transparency.code-twice', words: 'A Transparency code stands on one unit only: one of these is named twice.' };
  for (const { lineId, quantity, transparencyCodes = [] } of lines) {
    if (!facts || !lineOf(facts, lineId)?.programs?.includes('transparency') || transparencyCodes.length === quantity) continue;
    return {
      code: 'transparency.codes-missing',
      words: `Line ${lineId} takes part in Transparency: scan one code per unit, ${quantity} are needed and ${transparencyCodes.length} were given.`,
      facts: { line: lineId, needed: quantity, given: transparencyCodes.length },
    };
  }
  return undefined;
};

const objectionToDate = ({ shippedAt }: ShipmentData, { purchasedAt }: Picture): AmazonRefusal | undefined =>
  purchasedAt !== null && Date.parse(shippedAt) < Date.parse(purchasedAt)
    ? {
        code: 'shipment.before-purchase',
        words: `The parcel is said to have left at ${shippedAt}, the order was placed at ${purchasedAt}.`,
        facts: { shippedAt, purchasedAt },
      }
    : undefined;

/** A parcel that Amazon has in its books already is corrected: its own units are not in the way. */
const tooMany = (shipment: ShipmentData, { facts, earlier }: Picture): AmazonRefusal | undefined => {
  const isCorrection = earlier.some(
    ({ request }) => request.kind === 'shipment' && request.shipmentId === shipment.shipmentId && request.revision !== shipment.revision,
  );
  for (const { lineId, quantity } of shipment.lines) {
    const line = facts && lineOf(facts, lineId);
    if (!line) continue;
    const left = isCorrection ? line.quantity : Math.max(0, line.quantity - line.quantityShipped);
    if (quantity > left)
      return {
        code: 'shipment.too-many',
        words: `${quantity} units of line ${lineId} are in the parcel, ${left} are left to ship at Amazon.`,
        facts: { line: lineId, units: quantity, left },
      };
  }
  return undefined;
};
