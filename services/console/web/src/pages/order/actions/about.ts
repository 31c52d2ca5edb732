import type { Order, OrderFacts } from '../facts.ts';

/** Ours, and Amazon's as long as there is none. */
export const numberOf = ({ order }: { readonly order: Pick<Order, 'number' | 'amazonOrderId'> }): string =>
  order.number ?? order.amazonOrderId;

export const currencyOf = ({ billing, order }: Pick<OrderFacts, 'billing' | 'order'>): string =>
  billing?.currency ?? order.totals?.currency ?? 'USD';

export const hasShipped = ({ order }: { readonly order: Pick<Order, 'ledger'> }): boolean =>
  order.ledger.some(({ shipped }) => shipped > 0);

/** Where Amazon takes documents from sellers. */
const takingCountries: readonly string[] = ['ES', 'GB', 'FR', 'DE', 'IT', 'NL', 'PL', 'SE'];

export const takesInvoices = (country: string | undefined): boolean => country !== undefined && takingCountries.includes(country);
