import type { CustomerAddress } from '@sp-api-sdk/orders-api-2026-01-01';
import type { Marketplace } from '../world/marketplaces.ts';
import type { WorldOrder } from '../world/order.ts';
import type { Role } from './applications.ts';

/** What of an order a seller's application may see. `everything` is the sandbox's own view, for tests. */
export interface Visibility {
  readonly prices: boolean;
  /** Paid and accepted: windows and gift wishes are known. */
  readonly confirmed: boolean;
  readonly buyerName: boolean;
  readonly buyerEmail: boolean;
  /** The whole address, part of it, or nothing. */
  readonly address: 'full' | 'without-phone' | 'area' | 'none';
  /** What the buyer wrote: gift messages, customisations, where to leave the parcel. */
  readonly wishes: boolean;
  readonly taxRegistrations: boolean;
}

export const everything: Visibility = {
  prices: true,
  confirmed: true,
  buyerName: true,
  buyerEmail: true,
  address: 'full',
  wishes: true,
  taxRegistrations: true,
};

/** Amazon's rules for an application that holds these roles. */
export const visibilityFor = (
  order: WorldOrder,
  marketplace: Marketplace,
  { now, roles }: { readonly now: number; readonly roles: readonly Role[] },
): Visibility => {
  const released = order.status === 'UNSHIPPED' || order.status === 'PARTIALLY_SHIPPED' || order.status === 'SHIPPED';
  const delivers = order.fulfilledBy === 'MERCHANT' && roles.includes('direct-to-consumer-delivery');
  const invoices = roles.includes('tax-invoicing') || roles.includes('tax-remittance');
  const waiting = order.status === 'PENDING' || order.status === 'PENDING_AVAILABILITY';
  return {
    prices: order.channel === undefined && order.status !== 'CANCELLED' && (!waiting || marketplace.country === 'JP'),
    confirmed: !waiting,
    // The tax roles open no names in the US, Japan and Singapore.
    buyerName: released && (delivers || (invoices && !['US', 'JP', 'SG'].includes(marketplace.country))),
    buyerEmail: released && delivers,
    address: released ? addressOf(order, delivers, now) : 'none',
    wishes: released && delivers,
    taxRegistrations: released && invoices,
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

const addressOf = (order: WorldOrder, delivers: boolean, now: number): Visibility['address'] => {
  if (!delivers) return 'area';
  return order.status === 'SHIPPED' && now > order.deliverBy.to ? 'without-phone' : 'full';
};

const areaOf = ({ city, stateOrRegion, countryCode, addressType }: CustomerAddress): CustomerAddress => ({
  ...(city && { city }),
  ...(stateOrRegion && { stateOrRegion }),
  ...(countryCode && { countryCode }),
  ...(addressType && { addressType }),
});
