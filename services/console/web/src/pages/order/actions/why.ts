import type { CreditMemo, Invoice, Order, OrderFacts, Shipment } from '../facts.ts';
import { hasShipped, takesInvoices } from './about.ts';
import type { ActionWords } from './action.ts';

type Gate = Order['actions'][number];

/** Why the order does not let this be done, in the reader's language. */
export const whyNot = ({ order }: OrderFacts, action: Gate['action'], t: ActionWords): string | undefined => {
  const gate = order.actions.find((one) => one.action === action);
  if (gate === undefined || gate.allowed) return undefined;
  return gate.code === undefined ? gate.why : t(`why.${gate.code}`);
};

const shippingWhys = {
  'shipping.hold': 'held-first',
  'shipping.buyer-cancel-request': 'answer-first',
  'shipping.cancellation': 'asked-already',
  'shipping.stock': 'no-stock',
  'shipping.amazon-ships': 'amazon-ships',
  'shipping.canceled': 'canceled',
  'shipping.in-store-pickup': 'fetched',
  'shipping.nothing-left': 'nothing-to-ship',
} as const;

/** Fulfillment knows best what is left; the order answers for it until that is known. */
export const whyNotShip = (facts: OrderFacts, t: ActionWords): string | undefined => {
  const { shipping } = facts;
  if (shipping === undefined) return whyNot(facts, 'ship', t) ?? t('why.loading');
  if (shipping.ship.allowed) return undefined;
  if (shipping.ship.code === 'shipping.nothing-left' && shipping.shipments.some(({ state }) => state === 'packed')) return t('why.packed');
  const code = shippingWhys[shipping.ship.code as keyof typeof shippingWhys];
  return code === undefined ? shipping.ship.why : t(`why.${code}`);
};

type ParcelAction = Shipment['actions'][number]['action'];

export const isPossible = (parcel: Shipment, action: ParcelAction): boolean =>
  parcel.actions.some((one) => one.action === action && one.allowed);

/** Of one parcel its own reason; of an order, that none of its parcels lets it be done. */
export const whyNotParcel = ({ shipping }: OrderFacts, action: ParcelAction, t: ActionWords, about?: string): string | undefined => {
  if (shipping === undefined) return t('why.loading');
  const parcels = shipping.shipments;
  if (about === undefined) return parcels.some((one) => isPossible(one, action)) ? undefined : t(`why.noParcel.${action}`);
  const parcel = parcels.find(({ id }) => id === about);
  if (parcel === undefined) return t(`why.noParcel.${action}`);
  if (isPossible(parcel, action)) return undefined;
  return t(`why.parcel.${reasonOf(parcel, action)}`);
};

/** The standing of a parcel says why: its lifecycle is a table of standings and actions. */
const reasonOf = ({ state, amazon }: Shipment, action: ParcelAction) => {
  if (state === 'voided') return 'is-void';
  if (action === 'hand-over') return 'handed-over';
  if (state === 'packed') return 'not-handed-over';
  if (amazon.state === 'waiting') return 'answer-awaited';
  if (amazon.state === 'uncertain') return 'in-doubt';
  if (action === 'retry') return 'not-refused';
  return amazon.state === 'none' ? 'label-at-amazon' : 'amazon-knows';
};

/** A refund that Amazon has refused can be asked for again; while nobody knows what became of it, it cannot. */
export const canAskAgain = ({ kind, state, uncertain }: CreditMemo): boolean =>
  kind === 'refund' && state === 'refused' && uncertain === undefined;

export const whyNotAskAgain = ({ billing, creditMemos }: OrderFacts, t: ActionWords, about?: string): string | undefined => {
  if (billing === undefined) return t('why.loading');
  const meant = creditMemos.filter(({ creditMemoId }) => about === undefined || creditMemoId === about);
  return meant.some(canAskAgain) ? undefined : t('why.noRefusedRefund');
};

/** A document can be handed in at Amazon again once Amazon has refused it, or if it never was. */
export const canHandIn = ({ status, upload }: Invoice): boolean =>
  status === 'issued' && (upload.state === 'none' || upload.state === 'refused');

export const whyNotHandIn = (facts: OrderFacts, t: ActionWords, about?: string): string | undefined => {
  if (!takesInvoices(facts.order.country)) return t('why.notTaken');
  if (!hasShipped(facts)) return t('why.nothingShipped');
  const meant = facts.invoices.filter(({ invoiceId }) => about === undefined || invoiceId === about);
  return meant.some(canHandIn) ? undefined : t('why.nothingToHandIn');
};

/** What Amazon holds back, and what is on its way already, may be canceled there. */
export const whyNotCancel = (facts: OrderFacts, t: ActionWords): string | undefined => {
  const why = whyNot(facts, 'request-cancel', t);
  return why !== undefined && facts.order.state === 'pending' ? t('why.cancelElsewhere') : why;
};

/** Only an order that the buyer fetches has stages of a pickup. */
export const whyNotPickup = ({ shipping }: OrderFacts, t: ActionWords): string | undefined => {
  if (shipping === undefined) return t('why.loading');
  return shipping.programs.includes('in-store-pickup') ? undefined : t('why.notFetched');
};

/** Only what has left the house comes back to it. */
export const whyNotReturn = (facts: OrderFacts, t: ActionWords): string | undefined => {
  const { shipping } = facts;
  if (shipping === undefined) return t('why.loading');
  if (shipping.fulfilledBy === 'amazon') return t('why.comesBackToAmazon');
  const hasLeft = hasShipped(facts) || shipping.shipments.some(({ state }) => state === 'shipped');
  return hasLeft ? undefined : t('why.nothingLeft');
};
