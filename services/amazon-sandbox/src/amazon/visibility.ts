import type { CustomerAddress } from '@sp-api-sdk/orders-api-2026-01-01';
import type { Marketplace } from '../world/marketplaces.ts';
import type { WorldOrder } from '../world/order.ts';

/** What of an order a seller's application may see. `everything` is the sandbox's own view, for tests. */
export interface Visibility {
  readonly prices: boolean;
  /** Paid and accepted: windows and gift wishes are known. */
  readonly confirmed: boolean;
  readonly buyerName: boolean;
  readonly buyerEmail: boolean;
  /** The whole address, part of it, or nothing. */
  readonly address: 'full' | 'without-phone' | 'area' | 'none';
  readonly giftMessage: boolean;
}

export const everything: Visibility = {
  prices: true,
  confirmed: true,
  buyerName: true,
  buyerEmail: true,
  address: 'full',
  giftMessage: true,
};

/** Amazon's rules for an application that holds the roles Direct-to-Consumer Delivery and Tax Invoicing. */
export const visibilityFor = (order: WorldOrder, marketplace: Marketplace, now: number): Visibility => {
  const released = order.status === 'UNSHIPPED' || order.status === 'PARTIALLY_SHIPPED' || order.status === 'SHIPPED';
  const byMerchant = order.fulfilledBy === 'MERCHANT';
  const waiting = order.status === 'PENDING' || order.status === 'PENDING_AVAILABILITY';
  return {
    prices: order.status !== 'CANCELLED' && (!waiting || marketplace.country === 'JP'),
    confirmed: !waiting,
    // The tax roles open the names of Amazon's own customers, but not in the US and Japan.
    buyerName: released && (byMerchant || !['US', 'JP'].includes(marketplace.country)),
    buyerEmail: released && byMerchant,
    address: released ? addressOf(order, byMerchant, now) : 'none',
    giftMessage: released && byMerchant,
  };
};

export const visibleAddress = (address: CustomerAddress, visibility: Visibility['address']): CustomerAddress | undefined => {
  const { phone: _phone, ...withoutPhone } = address;
  switch (visibility) {
    case 'full':
      return address;
    case 'without-phone':
      return withoutPhone;
    case 'area':
      return areaOf(address);
    case 'none':
      return undefined;
  }
};

const addressOf = (order: WorldOrder, byMerchant: boolean, now: number): Visibility['address'] => {
  if (!byMerchant) return 'area';
  return order.status === 'SHIPPED' && now > order.deliverBy.to ? 'without-phone' : 'full';
};

const areaOf = ({ city, stateOrRegion, countryCode, addressType }: CustomerAddress): CustomerAddress => ({
  ...(city && { city }),
  ...(stateOrRegion && { stateOrRegion }),
  ...(countryCode && { countryCode }),
  ...(addressType && { addressType }),
});
