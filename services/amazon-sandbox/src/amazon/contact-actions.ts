import { marketplaceOf } from '../world/marketplaces.ts';
import type { WorldOrder } from '../world/order.ts';
import { createRandom } from '../world/random.ts';

/** What a seller may say to a buyer, by the name that Amazon's links have. */
export const messages = {
  confirmCustomizationDetails: { operation: 'confirmCustomizationDetails', freeForm: true },
  confirmDeliveryDetails: { operation: 'createConfirmDeliveryDetails', freeForm: true },
  confirmOrderDetails: { operation: 'createConfirmOrderDetails', freeForm: true },
  confirmServiceDetails: { operation: 'createConfirmServiceDetails', freeForm: true },
  digitalAccessKey: { operation: 'createDigitalAccessKey', freeForm: true },
  unexpectedProblem: { operation: 'createUnexpectedProblem', freeForm: true },
  legalDisclosure: { operation: 'createLegalDisclosure', freeForm: false },
  warranty: { operation: 'createWarranty', freeForm: false },
  invoice: { operation: 'sendInvoice', freeForm: false },
} as const;

export type MessageName = keyof typeof messages;
export const messageNames = Object.keys(messages) as MessageName[];

export const solicitationName = 'productReviewAndSellerFeedback';
export const solicitationOperation = 'createProductReviewAndSellerFeedbackSolicitation';

/** `sent`: the operations that this order's buyer has been written to with. */
export const allowedMessages = (order: WorldOrder, sent: readonly string[], now: number): MessageName[] => {
  if (order.channel !== undefined || isOver(order, now)) return [];
  const told = hasHeard(sent);
  return messageNames.filter((name) => !(messages[name].freeForm && told) && rules[name](order, now));
};

/** Why a review cannot be asked for; nothing when it can. */
export type SolicitationRefusal = 'unavailable' | 'outside-window';

/** From the fifth day after the earliest delivery date to the thirtieth after the latest, once, and not beside a free-form message. */
export const refusalOfSolicitation = (order: WorldOrder, sent: readonly string[], now: number): SolicitationRefusal | undefined => {
  const isTold = hasHeard(sent) || sent.includes(solicitationOperation);
  if (order.channel !== undefined || order.status !== 'SHIPPED' || order.contact?.optedOut || isTold) return 'unavailable';
  return now < order.deliverBy.from + 5 * dayMs || now > order.deliverBy.to + 30 * dayMs ? 'outside-window' : undefined;
};

/** In the language of the marketplace, but for one buyer in twelve. */
export const localeOf = ({ orderId, marketplaceId, contact }: WorldOrder): string => {
  const usual = locales[marketplaceOf(marketplaceId)?.country ?? ''] ?? 'en-US';
  const random = createRandom(`locale/${orderId}`);
  return contact?.locale ?? (random.chance(1 / 12) ? random.pick(Object.values(locales)) : usual);
};

const dayMs = 86_400_000;

const locales: Readonly<Record<string, string>> = {
  ...{ US: 'en-US', CA: 'en-CA', MX: 'es-MX', DE: 'de-DE', FR: 'fr-FR' },
  ...{ GB: 'en-GB', IT: 'it-IT', ES: 'es-ES', JP: 'ja-JP', AU: 'en-AU' },
};

/** One free-form message or one solicitation for each order. */
const hasHeard = (sent: readonly string[]): boolean =>
  sent.includes(solicitationOperation) || messageNames.some((name) => messages[name].freeForm && sent.includes(messages[name].operation));

/** Completed for thirty days, counted from the last day of delivery; or canceled. */
const isOver = ({ status, deliverBy }: WorldOrder, now: number): boolean =>
  status === 'CANCELLED' || status === 'UNFULFILLABLE' || now > deliverBy.to + 30 * dayMs;

type Rule = (order: WorldOrder, now: number) => boolean;

const isReleased: Rule = ({ status }) => status === 'UNSHIPPED' || status === 'PARTIALLY_SHIPPED' || status === 'SHIPPED';
const bySeller: Rule = (order, now) => order.fulfilledBy === 'MERCHANT' && isReleased(order, now);
const isWhole: Rule = (order, now) => bySeller(order, now) && order.status === 'UNSHIPPED';
const isOfNature =
  (nature: string): Rule =>
  ({ contact, lines }) =>
    (contact?.nature ?? (lines.some(({ customizedUrl }) => customizedUrl) ? 'customized' : 'goods')) === nature;

const rules: Readonly<Record<MessageName, Rule>> = {
  confirmCustomizationDetails: (order, now) => isWhole(order, now) && isOfNature('customized')(order, now),
  confirmDeliveryDetails: (order, now) => bySeller(order, now) && now <= order.deliverBy.to,
  confirmOrderDetails: isWhole,
  confirmServiceDetails: (order, now) => bySeller(order, now) && isOfNature('service')(order, now),
  digitalAccessKey: (order, now) => bySeller(order, now) && isOfNature('digital')(order, now),
  unexpectedProblem: bySeller,
  legalDisclosure: isReleased,
  warranty: (order) => order.status === 'SHIPPED' && !order.contact?.optedOut,
  invoice: isReleased,
};
