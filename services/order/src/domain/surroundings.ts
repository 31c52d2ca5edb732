import type { State } from './lifecycle.ts';
import type { OrderSettings } from './settings.ts';

/** Which order it is about: also of one that we have not heard of. */
export interface About {
  readonly id: string;
  readonly tenant: string;
}

/** The labels that the seller has for the states. */
export interface Statuses {
  /** The one that an order gets when it comes into the state. */
  defaultOf(state: State, tenant: string): string;
  /** The state that this label belongs to, if there is such a label. */
  stateOf(code: string): State | undefined;
}

/** What the stores have settled for their orders. */
export interface Stores {
  settingsOf(tenant: string): OrderSettings;
  /** Our name of what the store sells as this. */
  skuOf(tenant: string, sellerSku: string): string;
}

/** What is known of the buyers, without anything about them. */
export interface Buyers {
  /** See `Order.addressIssues`. Absent: the address is not known. */
  addressIssuesOf(orderId: string): readonly string[] | undefined;
  /** The account of the order's buyer, which exists from now on. Absent: it has none, since Amazon shows no e-mail address of the buyer. */
  accountOf(orderId: string): string | undefined;
}

/** What deciding needs besides the order. */
export interface Surroundings {
  /** The numbers that are still free. */
  readonly numbers: { take(series: string): string };
  readonly statuses: Statuses;
  readonly stores: Stores;
  readonly buyers: Buyers;
}
