import type { Order } from './facts.ts';

/** Each country has its own house; one that we do not know is shown in the American. */
const houses: Readonly<Record<string, string>> = {
  AE: 'amazon.ae',
  AU: 'amazon.com.au',
  BE: 'amazon.com.be',
  BR: 'amazon.com.br',
  CA: 'amazon.ca',
  DE: 'amazon.de',
  EG: 'amazon.eg',
  ES: 'amazon.es',
  FR: 'amazon.fr',
  GB: 'amazon.co.uk',
  IE: 'amazon.ie',
  IN: 'amazon.in',
  IT: 'amazon.it',
  JP: 'amazon.co.jp',
  MX: 'amazon.com.mx',
  NL: 'amazon.nl',
  PL: 'amazon.pl',
  SA: 'amazon.sa',
  SE: 'amazon.se',
  SG: 'amazon.sg',
  TR: 'amazon.com.tr',
  ZA: 'amazon.co.za',
};

type Placed = Pick<Order, 'country' | 'amazonOrderId'>;

const house = ({ country = '' }: Pick<Order, 'country'>): string => `https://sellercentral.${houses[country] ?? 'amazon.com'}`;

/** Where it is looked at, and canceled. */
export const orderAtAmazon = (order: Placed): string => `${house(order)}/orders-v3/order/${encodeURIComponent(order.amazonOrderId)}`;
export const ordersAtAmazon = (order: Placed): string => `${house(order)}/orders-v3`;

/** Where buyers see the product. */
export const productAtAmazon = (asin: string, domain: string | undefined): string =>
  `https://www.${(domain ?? 'amazon.com').replace(/^www\./, '')}/dp/${encodeURIComponent(asin)}`;
