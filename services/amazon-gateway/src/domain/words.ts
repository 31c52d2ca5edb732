import type { AmazonStatus, FulfilledBy } from '@orderbus/contracts';
import type { AmazonOrderJson } from './amazon-order.ts';

const statuses: Readonly<Record<string, AmazonStatus>> = {
  PENDING_AVAILABILITY: 'pending',
  PENDING: 'pending',
  UNSHIPPED: 'unshipped',
  PARTIALLY_SHIPPED: 'partially-shipped',
  SHIPPED: 'shipped',
  CANCELLED: 'canceled',
  UNFULFILLABLE: 'unfulfillable',
};

/** A status that Amazon introduced after us is not an error: the order is shown, and nothing happens to it. */
export const statusOf = (amazon: string): AmazonStatus => statuses[amazon] ?? 'unknown';

const parties: Readonly<Record<string, FulfilledBy>> = { MERCHANT: 'merchant', AMAZON: 'amazon' };

/** Nothing to guess at: taking an order of Amazon's warehouse for ours would ship it twice. */
export const fulfilledByOf = (amazon: string): FulfilledBy | undefined => parties[amazon];

const ownWords: Readonly<Record<string, string>> = { AMAZON_BUSINESS: 'business', IN_STORE_PICK_UP: 'in-store-pickup' };

/** `FBM_SHIP_PLUS` becomes `fbm-ship-plus`; words with a name of ours get it. */
export const wordOf = (amazon: string): string => ownWords[amazon] ?? amazon.toLowerCase().replaceAll('_', '-');

/** A reason is one of Amazon's words, or what a person wrote. */
export const reasonOf = (amazon: string): string => (/^[A-Z][A-Z_]*$/.test(amazon) ? wordOf(amazon) : amazon);

/** Not sold on Amazon: its warehouse ships it for another shop of the seller. */
export const isForeign = ({ salesChannel }: Pick<AmazonOrderJson, 'salesChannel'>): boolean => salesChannel.channelName === 'NON_AMAZON';
