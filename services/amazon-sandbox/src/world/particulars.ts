import type { DeliveryPreference } from '@sp-api-sdk/orders-api-2026-01-01';
import { minorOf } from './amounts.ts';
import type { Marketplace } from './marketplaces.ts';
import type { WorldLine, WorldOrder } from './order.ts';
import type { Random } from './random.ts';

export interface Rarities {
  /** Without a wish for its status or its programs: may it be one that cannot be had yet? */
  readonly mayBePreorder: boolean;
  readonly nonAmazon: boolean;
  /** Without a wish for its programs. */
  readonly mayBeBilledByAmazon: boolean;
}

/**
 * What few orders have and each consumer has to survive all the same: delivery wishes, customisations, import schemes, fees of cash on delivery,
 * pre-orders, other channels. It has its own chance, so that everything else about an order stays as it was without it.
 */
export const withParticulars = (random: Random, order: WorldOrder, marketplace: Marketplace, rare: Rarities): WorldOrder => {
  const delivery = deliveryOf(random, order);
  const scheme = schemeOf(random, order, marketplace);
  const preorder = random.chance(0.01) && rare.mayBePreorder && !rare.nonAmazon;
  const lines = order.lines.map((line, index) => ({
    ...line,
    ...(index === 0 && { amounts: { ...line.amounts, ...codFee(order, marketplace) } }),
    ...(order.fulfilledBy === 'MERCHANT' && random.chance(0.03) && { customizedUrl: customizedUrl(line) }),
    ...(scheme && { scheme }),
  }));
  const billedByAmazon = random.chance(0.1) && rare.mayBeBilledByAmazon && isBilledThere(order, marketplace);
  const added = [...(preorder ? ['PREORDER'] : []), ...(billedByAmazon ? ['INVOICE_BY_AMAZON'] : [])];
  return {
    ...order,
    ...(added.length > 0 && { programs: [...order.programs, ...added] }),
    ...(preorder && { status: 'PENDING_AVAILABILITY' }),
    ...(rare.nonAmazon && { channel: 'NON_AMAZON' }),
    ...(delivery && { delivery }),
    ...(order.buyer.company && order.address.addressType === 'RESIDENTIAL' && { address: atWork(order) }),
    lines,
  };
};

/** Of business buyers in the Union, Amazon writes some invoices itself. */
const isBilledThere = ({ buyer, replaces }: WorldOrder, { currency }: Marketplace): boolean =>
  currency === 'EUR' && buyer.vatNumber !== undefined && replaces === undefined;

const atWork = ({ address, buyer }: WorldOrder): WorldOrder['address'] => ({
  ...address,
  ...(buyer.company && { companyName: buyer.company }),
  addressType: 'COMMERCIAL',
});

const deliveryOf = (random: Random, { address, buyer }: WorldOrder): DeliveryPreference | undefined => {
  if (address.addressType === 'PICKUP_POINT') return { deliveryCapabilities: ['HAS_ACCESS_POINT'] };
  if (!random.chance(0.12)) return undefined;
  if (!buyer.company) {
    return { dropOffLocation: random.pick(dropOffs), ...(random.chance(0.5) && { addressInstruction: random.pick(instructions) }) };
  }
  return {
    deliveryTime: {
      businessHours: weekdays.map((dayOfWeek) => ({ dayOfWeek, timeWindows: [{ startTime: nine, endTime: five }] })),
      exceptionDates: [{ exceptionDate: '2026-12-24', exceptionDateType: 'CLOSED' }],
    },
    deliveryCapabilities: [random.pick(['PALLET_ENABLED', 'PALLET_DISABLED'])],
  };
};

/** Sold from abroad: the marketplace declares the VAT, for goods from outside the Union only up to 150 euros. */
const schemeOf = (random: Random, order: WorldOrder, { currency, country }: Marketplace): WorldLine['scheme'] => {
  const chosen = random.weighted([
    [undefined, 88],
    ['IOSS', 6],
    ['UOSS', 6],
  ] as const);
  const crossesBorder = currency === 'EUR' && country !== 'DE' && order.fulfilledBy === 'MERCHANT' && !order.buyer.company;
  const isDear = order.lines.reduce((sum, { amounts }) => sum + amounts.item, 0) > 15_000;
  return crossesBorder && !(chosen === 'IOSS' && isDear) ? chosen : undefined;
};

const codFee = ({ paymentMethod, replaces }: WorldOrder, marketplace: Marketplace): { codFee?: number } =>
  paymentMethod === 'COD' && !replaces ? { codFee: minorOf(marketplace)(220) } : {};

const customizedUrl = ({ orderItemId }: WorldLine): string => `https://customizations.example/${orderItemId}.zip`;

const dropOffs = ['Porch', 'Garage', 'Neighbour', 'Mailroom', 'Front Desk'];
const instructions = [
  'Ring twice, the bell is shy.',
  'Hintereingang benutzen, Hund im Hof',
  '宅配ボックスへお願いします',
  'Code 12#34 <gate>',
];
const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI'] as const;
const nine = { hour: 9, minute: 0 };
const five = { hour: 17, minute: 30 };
