import type { AmazonOrder, AmazonStatus, BuyerAddress, BuyerData } from '@orderbus/contracts';
import type { AmazonAddressJson, AmazonOrderJson } from './amazon-order.ts';
import type { Dataset } from './datasets.ts';
import { itemsById } from './items.ts';

/** The buyer's part of an order, in our words; nothing when Amazon shows nothing of it. */
export const buyerOf = (order: AmazonOrderJson): BuyerData | undefined => {
  const { buyer, recipient } = order;
  const items = itemsById(order);
  const preference = recipient?.deliveryPreference;
  return compact<BuyerData>({
    name: buyer?.buyerName,
    email: buyer?.buyerEmail,
    company: buyer?.buyerCompanyName,
    purchaseOrder: buyer?.buyerPurchaseOrderNumber,
    recipient: addressOf(recipient?.deliveryAddress),
    delivery: compact({
      dropOff: preference?.dropOffLocation,
      instruction: preference?.addressInstruction,
      capabilities: preference?.deliveryCapabilities,
      times: preference?.deliveryTime,
    }),
    gifts: someOf(items, ({ orderItemId: lineId, fulfillment }) => {
      const gift = fulfillment?.packing?.giftOption;
      return gift && compact({ lineId, message: gift.giftMessage, wrapLevel: gift.giftWrapLevel });
    }),
    customizations: someOf(items, ({ orderItemId: lineId, product }) => {
      const url = product.customization?.customizedUrl;
      return url ? { lineId, url } : undefined;
    }),
    taxRegistrations: someOf(order.tax?.taxRegistrations ?? [], (registration) =>
      compact<NonNullable<BuyerData['taxRegistrations']>[number]>({
        party: registration.entityType?.toLowerCase(),
        name: registration.legalName,
        type: registration.taxRegistrationType,
        number: registration.taxRegistrationNumber,
        address: addressOf(registration.taxRegistrationAddress),
        attributes: compact(Object.fromEntries((registration.taxRegistrationAttributes ?? []).map(({ key, value }) => [key ?? '', value]))),
      }),
    ),
  });
};

/**
 * What is known now. Amazon stops showing things (a phone number after delivery, everything after a cancellation, anything now and
 * then): what was known is never overwritten by nothing. A whole new address replaces a whole old one.
 */
export const mergeBuyer = (known: BuyerData | undefined, seen: BuyerData | undefined): BuyerData | undefined => {
  if (!known || !seen) return seen ?? known;
  const merged: { readonly [K in keyof BuyerData]: BuyerData[K] | undefined } = {
    ...known,
    ...seen,
    recipient: mergeAddress(known.recipient, seen.recipient),
    gifts: mergeEach(known.gifts, seen.gifts, ({ lineId }) => lineId),
    taxRegistrations: mergeEach(known.taxRegistrations, seen.taxRegistrations, ({ number }) => number),
  };
  // In one order of keys, so that equal contents have equal texts.
  return compact<BuyerData>(Object.fromEntries(buyerKeys.map((key) => [key, merged[key]])));
};

/**
 * Why there is or is not enough to know who ordered: Amazon shows names and streets only of orders that are accepted and not canceled,
 * and nothing of them while it refuses these parts of every order.
 */
export const buyerDataOf = (
  status: AmazonStatus,
  buyer: BuyerData | undefined,
  without: readonly Dataset[] = [],
): AmazonOrder['buyerData'] => {
  const identifies = buyer?.name ?? buyer?.email ?? buyer?.recipient?.name ?? buyer?.recipient?.lines;
  if (identifies !== undefined) return 'present';
  if (without.includes('BUYER') || without.includes('RECIPIENT')) return 'not-yet';
  return status === 'unshipped' || status === 'partially-shipped' || status === 'shipped' ? 'withheld' : 'not-yet';
};

const buyerKeys = [
  'name',
  'email',
  'company',
  'purchaseOrder',
  'recipient',
  'delivery',
  'gifts',
  'customizations',
  'taxRegistrations',
] as const satisfies readonly (keyof BuyerData)[];

const mergeAddress = (known: BuyerAddress | undefined, seen: BuyerAddress | undefined): BuyerAddress | undefined => {
  if (!known || !seen) return seen ?? known;
  const isWhole = seen.lines !== undefined || seen.street !== undefined;
  if (!isWhole && known.lines !== undefined) return known;
  const samePlace = known.name === seen.name && String(known.lines) === String(seen.lines);
  return samePlace ? { ...known, ...seen } : seen;
};

/** The same entry, with less shown of it, keeps what it had. */
const mergeEach = <T extends object>(
  known: readonly T[] | undefined,
  seen: readonly T[] | undefined,
  keyOf: (entry: T) => unknown,
): readonly T[] | undefined => {
  if (!known || !seen) return seen ?? known;
  return seen.map((entry) => ({ ...known.find((other) => keyOf(other) === keyOf(entry)), ...entry }));
};

const addressOf = (address: AmazonAddressJson | null | undefined): BuyerAddress | undefined => {
  if (!address) return undefined;
  const lines = [address.addressLine1, address.addressLine2, address.addressLine3].flatMap((line) => line || []);
  const { extendedFields } = address;
  return compact<BuyerAddress>({
    name: address.name,
    company: address.companyName,
    lines: lines.length > 0 ? lines : undefined,
    city: address.city,
    district: address.districtOrCounty,
    municipality: address.municipality,
    state: address.stateOrRegion,
    postalCode: address.postalCode,
    country: address.countryCode,
    phone: address.phone,
    type: address.addressType?.toLowerCase(),
    street: compact({
      name: extendedFields?.streetName,
      number: extendedFields?.streetNumber,
      complement: extendedFields?.complement,
      neighborhood: extendedFields?.neighborhood,
    }),
  });
};

const someOf = <T, R>(list: readonly T[], pick: (item: T) => R | null | undefined): R[] | undefined => {
  const picked = list.map(pick).filter((item) => item !== undefined && item !== null);
  return picked.length > 0 ? picked : undefined;
};

/** Without the fields that say nothing; nothing at all when none says anything. */
const compact = <T extends object>(fields: { readonly [K in keyof T]?: T[K] | null | undefined }): T | undefined => {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return entries.length > 0 ? (Object.fromEntries(entries) as T) : undefined;
};
