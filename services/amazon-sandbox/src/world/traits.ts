import type { Circumstances } from './circumstances.ts';
import type { FulfilledBy, PaymentMethod, ServiceLevel, WorldOrder } from './order.ts';
import type { Random } from './random.ts';

/** What kind of order it is. */
export interface Traits {
  readonly fulfilledBy: FulfilledBy;
  readonly serviceLevel: ServiceLevel;
  readonly business: boolean;
  readonly prime: boolean;
  readonly pickUp: boolean;
  readonly programs: readonly string[];
  readonly paymentMethod: PaymentMethod;
  readonly replaced: WorldOrder | undefined;
}

export const traitsOf = (random: Random, circumstances: Circumstances): Traits => {
  const { earlier, lines, divisible, marketplace } = circumstances;
  const fulfilledBy = circumstances.fulfilledBy ?? (ofMerchantsOnly(circumstances) || random.chance(0.75) ? 'MERCHANT' : 'AMAZON');
  const programs = circumstances.programs ?? programsByChance(random, fulfilledBy, marketplace.country);
  const prime = programs.includes('PRIME');
  const business = programs.includes('AMAZON_BUSINESS');
  const replacement = random.chance(0.02);
  return {
    fulfilledBy,
    business,
    prime,
    pickUp: programs.includes('IN_STORE_PICK_UP'),
    serviceLevel: serviceLevelOf(random, prime, programs.includes('PREMIUM')),
    programs,
    paymentMethod: circumstances.paymentMethod ?? paymentMethodOf(random, business, marketplace.country),
    replaced: replacement && !lines && !divisible ? earlier : undefined,
  };
};

/** Amazon neither hands orders over in a store nor buys labels from itself. */
const ofMerchantsOnly = ({ programs = [] }: Circumstances): boolean =>
  programs.includes('IN_STORE_PICK_UP') || programs.includes('FBM_SHIP_PLUS');

const programsByChance = (random: Random, fulfilledBy: FulfilledBy, country: string): string[] => {
  const byMerchant = fulfilledBy === 'MERCHANT';
  const business = random.chance(0.12);
  const prime = random.chance(byMerchant ? 0.08 : 0.8);
  const premium = random.chance(0.04);
  const pickUp = byMerchant && random.chance(0.01);
  const shipPlus = byMerchant && !pickUp && country === 'US' && random.chance(0.01);
  return [
    ...(business ? ['AMAZON_BUSINESS'] : []),
    ...(prime ? ['PRIME'] : []),
    ...(premium ? ['PREMIUM'] : []),
    ...(pickUp ? ['IN_STORE_PICK_UP'] : []),
    ...(shipPlus ? ['FBM_SHIP_PLUS'] : []),
  ];
};

const serviceLevelOf = (random: Random, prime: boolean, premium: boolean): ServiceLevel => {
  if (prime) return random.pick(['EXPEDITED', 'NEXT_DAY', 'SECOND_DAY']);
  return premium ? 'NEXT_DAY' : random.pick(['STANDARD', 'FREE_ECONOMY']);
};

const paymentMethodOf = (random: Random, business: boolean, country: string): PaymentMethod => {
  if (business) return 'Invoice';
  return country === 'JP' ? random.pick(['CreditCard', 'CVS', 'COD']) : 'CreditCard';
};
