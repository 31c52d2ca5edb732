import { z } from 'zod';

/**
 * Orders API 2026-01-01 as far as we read it. Required is only what we cannot do without; words that Amazon may add to are plain text;
 * null counts as absent; fields that we do not know are ignored.
 */

/** Control characters and halves of characters have no place in a database. */
const text = z.string().transform((value) => (unclean.test(value) ? value.toWellFormed().replaceAll('\u0000', '') : value));
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const unclean = /[\u0000\ud800-\udfff]/;
const optionalText = text.nullish();

/** Any ISO 8601 time with a zone, as UTC with milliseconds. */
const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/, 'Invalid time')
  .refine((value) => /(?:Z|[+-]\d{2}:?\d{2})$/.test(value) && !Number.isNaN(Date.parse(value)), 'Invalid time')
  .transform((value) => new Date(value).toISOString());

export const identifierPattern = /^[\x21-\x7e]{1,64}$/;
const identifier = z.string().regex(identifierPattern, 'Invalid identifier');
const quantity = z.int().nonnegative();
const texts = z.array(text).nullish();

const MoneyJson = z.object({ amount: z.string(), currencyCode: z.string().regex(/^[A-Z]{3}$/, 'Invalid currency') });
const WindowJson = z.object({ earliestDateTime: time.nullish(), latestDateTime: time.nullish() });
const BreakdownJson = z.object({
  type: text,
  subtotal: MoneyJson,
  detailedBreakdowns: z.array(z.object({ subtype: optionalText, value: MoneyJson.nullish() })).nullish(),
});

const AddressJson = z.object({
  name: optionalText,
  companyName: optionalText,
  addressLine1: optionalText,
  addressLine2: optionalText,
  addressLine3: optionalText,
  city: optionalText,
  districtOrCounty: optionalText,
  stateOrRegion: optionalText,
  municipality: optionalText,
  postalCode: optionalText,
  countryCode: optionalText,
  phone: optionalText,
  addressType: optionalText,
  extendedFields: z
    .object({ streetName: optionalText, streetNumber: optionalText, complement: optionalText, neighborhood: optionalText })
    .nullish(),
});

const BuyerJson = z.object({
  buyerName: optionalText,
  buyerEmail: optionalText,
  buyerCompanyName: optionalText,
  buyerPurchaseOrderNumber: optionalText,
});

const RecipientJson = z.object({
  deliveryAddress: AddressJson.nullish(),
  deliveryPreference: z
    .object({
      dropOffLocation: optionalText,
      addressInstruction: optionalText,
      deliveryTime: z.unknown().optional(),
      deliveryCapabilities: texts,
    })
    .nullish(),
});

const TaxRegistrationJson = z.object({
  entityType: optionalText,
  legalName: optionalText,
  taxRegistrationType: optionalText,
  taxRegistrationNumber: optionalText,
  taxRegistrationAddress: AddressJson.nullish(),
  taxRegistrationAttributes: z.array(z.object({ key: optionalText, value: optionalText })).nullish(),
});

const ItemJson = z.object({
  orderItemId: identifier,
  quantityOrdered: quantity,
  programs: texts,
  product: z.object({
    asin: optionalText,
    title: optionalText,
    sellerSku: optionalText,
    customization: z.object({ customizedUrl: optionalText }).nullish(),
  }),
  proceeds: z.object({ proceedsTotal: MoneyJson.nullish(), breakdowns: z.array(BreakdownJson).nullish() }).nullish(),
  promotion: z.object({ breakdowns: z.array(z.object({ promotionId: optionalText })).nullish() }).nullish(),
  cancellation: z
    .object({
      cancellationRequest: z.object({ requester: optionalText, cancelReason: optionalText }).nullish(),
      cancellationExecution: z.object({ cancelledBy: optionalText, cancelReason: optionalText }).nullish(),
    })
    .nullish(),
  fulfillment: z
    .object({
      quantityFulfilled: quantity.nullish(),
      packing: z.object({ giftOption: z.object({ giftMessage: optionalText, giftWrapLevel: optionalText }).nullish() }).nullish(),
      shipping: z
        .object({
          shippingConstraints: z.object({ cashOnDelivery: optionalText }).nullish(),
          internationalShipping: z.object({ iossNumber: optionalText }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  tax: z
    .object({
      taxCollections: z.array(z.object({ model: optionalText })).nullish(),
      taxCalculationBreakdowns: z.array(z.object({ reportingScheme: optionalText })).nullish(),
    })
    .nullish(),
});

const PackageJson = z.object({
  packageReferenceId: identifier,
  packageStatus: z.object({ status: optionalText }).nullish(),
  carrier: optionalText,
  shipTime: time.nullish(),
  shippingService: optionalText,
  trackingNumber: optionalText,
  packageItems: z.array(z.object({ orderItemId: identifier, quantity })).nullish(),
});

export const AmazonOrderJson = z.object({
  orderId: identifier,
  createdTime: time,
  lastUpdatedTime: time,
  programs: texts,
  associatedOrders: z.array(z.object({ orderId: optionalText, associationType: optionalText })).nullish(),
  salesChannel: z.object({ channelName: optionalText, marketplaceId: optionalText }),
  buyer: BuyerJson.nullish(),
  recipient: RecipientJson.nullish(),
  proceeds: z.object({ grandTotal: MoneyJson.nullish(), breakdowns: z.array(BreakdownJson).nullish() }).nullish(),
  tax: z.object({ taxRegistrations: z.array(TaxRegistrationJson).nullish() }).nullish(),
  fulfillment: z
    .object({
      fulfillmentStatus: text,
      fulfilledBy: optionalText,
      fulfillmentServiceLevel: optionalText,
      shipByWindow: WindowJson.nullish(),
      deliverByWindow: WindowJson.nullish(),
    })
    .nullish(),
  orderItems: z.array(ItemJson),
  packages: z.array(PackageJson).nullish(),
});

/** A page of searchOrders. Its orders are read one by one: an unreadable one must not take the others with it. */
export const OrdersPageJson = z.object({
  orders: z.array(z.unknown()),
  pagination: z.object({ nextToken: z.string().min(1).nullish() }).nullish(),
  lastUpdatedBefore: time.nullish(),
  createdBefore: time.nullish(),
});
