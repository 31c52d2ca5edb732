import type { Obstacle, Shipping, ShippingOrder } from './order.ts';
import { leftOf } from './quantities.ts';

/** Why nothing of an order may be packed or leave the house now: a code to sort by, and words to read. */
export interface Gate {
  readonly code: string;
  readonly words: string;
}

const obstacleWords: Readonly<Record<Obstacle, string>> = {
  hold: 'The order is on hold: release it first.',
  'buyer-cancel-request': 'The buyer asked to cancel: accept or decline that first.',
  cancellation: 'Amazon has been asked to cancel, and has not answered yet.',
  stock: 'Its stock is not set aside.',
};

/** The first of these that holds is the one that a person hears of. */
export const gateOf = (order: ShippingOrder): Gate | undefined => {
  const kind = kindGate(order);
  if (kind) return kind;
  const obstacle = (Object.keys(obstacleWords) as Obstacle[]).find((each) => order.obstacles.includes(each));
  return obstacle && { code: `shipping.${obstacle}`, words: obstacleWords[obstacle] };
};

/** What speaks against parcels of this order at all. */
const kindGate = (order: ShippingOrder): Gate | undefined => {
  if (order.fulfilledBy === 'amazon') return { code: 'shipping.amazon-ships', words: 'Amazon ships this order.' };
  if (order.state === 'canceled') return { code: 'shipping.canceled', words: 'The order is canceled.' };
  if (isFetched(order))
    return {
      code: 'shipping.in-store-pickup',
      words: 'The buyer fetches this order at the shop: report that it is ready, instead of a parcel.',
    };
  return undefined;
};

/** Why no further parcel can be made of it. */
export const packingGateOf = ({ order, parcels }: Shipping): Gate | undefined => {
  const gate = gateOf(order);
  if (gate) return gate;
  if (order.lines.some((line) => leftOf(line, parcels) > 0)) return undefined;
  const isPacked = parcels.some(({ state }) => state === 'packed');
  return {
    code: 'shipping.nothing-left',
    words: isPacked ? 'All that is left is in parcels that are packed: hand those over.' : 'Nothing of it is left to be shipped.',
  };
};

/** In the words of the gateway. */
export const isFetched = ({ programs }: Pick<ShippingOrder, 'programs'>): boolean => programs.includes('in-store-pickup');
export const isShipPlus = ({ programs }: Pick<ShippingOrder, 'programs'>): boolean => programs.includes('fbm-ship-plus');

/** What the packer has to know, in words. */
export const warningsOf = (order: ShippingOrder): Gate[] => {
  const { lines, programs } = order;
  const open = lines.filter(({ quantity }) => quantity > 0);
  const [ioss] = open.flatMap(({ iossNumber }) => iossNumber ?? []);
  const isPaidAtTheDoor = [programs, ...open.map((line) => line.programs ?? [])].some((list) => list.includes('cash-on-delivery'));
  const coded = open.filter((line) => line.programs?.includes('transparency')).map(({ lineId }) => lineId);
  return [
    ...(isFetched(order) ? [{ code: 'in-store-pickup', words: 'The buyer fetches this order at the shop. It is not sent.' }] : []),
    ...(isShipPlus(order)
      ? [{ code: 'ship-plus', words: 'Ship+: its label has to be bought at Amazon, which confirms the shipment thereby.' }]
      : []),
    ...(coded.length > 0 ? [{ code: 'transparency', words: `Scan one Transparency code per unit of line ${coded.join(', ')}.` }] : []),
    ...(ioss === undefined ? [] : [{ code: 'ioss', words: `Give the IOSS number ${ioss} to the carrier: the tax is paid.` }]),
    ...(isPaidAtTheDoor ? [{ code: 'cash-on-delivery', words: 'The buyer pays at the door: tell the carrier to collect.' }] : []),
  ];
};
