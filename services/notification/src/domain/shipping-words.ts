import type { ShippingObstacle } from '@orderbus/contracts';
import type { FactsOf } from './facts.ts';
import { numbered, timeText, type Words } from './phrases.ts';

export const riskedDeadline = ({ shipBy, obstacles, ...order }: FactsOf<'ship-by-at-risk'>): Words => ({
  title: `Order ${numbered(order)} has to ship by ${timeText(shipBy)}${inTitle(obstacles)}`,
  text: [
    `Order ${numbered(order)} has to ship by ${timeText(shipBy)}, and something of it is left.`,
    ...obstacles.map((obstacle) => `- ${obstacleWords[obstacle]}`),
    obstacles.length === 0
      ? 'Pack it, hand it over and enter the parcel before then: Amazon counts orders that ship late.'
      : 'See to that before then, or cancel it: Amazon counts orders that ship late.',
  ],
});

export const missedDeadline = ({ shipBy, obstacles, ...order }: FactsOf<'ship-by-missed'>): Words => ({
  title: `Order ${numbered(order)} is late: it had to ship by ${timeText(shipBy)}${inTitle(obstacles)}`,
  text: [
    `Order ${numbered(order)} had to ship by ${timeText(shipBy)}, and something of it is left.`,
    ...obstacles.map((obstacle) => `- ${obstacleWords[obstacle]}`),
    obstacles.length === 0
      ? 'Ship it now. If it has left already, enter the parcel: Amazon does not know of it.'
      : 'See to that and ship it, or cancel it: Amazon cancels what it waits for too long.',
  ],
});

const inTitle = ([first]: readonly ShippingObstacle[]): string => (first === undefined ? '' : `, and ${obstacleWords[first]}`);

const obstacleWords = {
  stock: 'it waits for stock',
  hold: 'it is on hold',
  'buyer-cancel-request': 'the buyer wants to cancel it',
  cancellation: 'a cancellation is under way',
  'amazon-refused': 'Amazon has refused a parcel',
} as const satisfies Record<ShippingObstacle, string>;
