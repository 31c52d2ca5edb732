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

/** What deciding needs besides the order. */
export interface Surroundings {
  /** The numbers that are still free. */
  readonly numbers: { take(series: string): string };
  readonly statuses: Statuses;
  readonly stores: Stores;
}
