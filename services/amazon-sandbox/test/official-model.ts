/**
 * Orders API 2026-01-01 as a validator that forgives nothing, in our own words: every field by its name and type, and none beside them. What
 * the model leaves open ("possible values") is a text here, too.
 */
import { z } from 'zod';

const text = z.string();
const time = z.iso.datetime({ offset: true });
const whole = z.int();
const list = <T extends z.ZodType>(member: T) => z.array(member);

/** An object with these required fields, those optional ones, and nothing else. */
const object = <R extends z.ZodRawShape, O extends z.ZodRawShape>(required: R, optional: O) =>
  z.strictObject({ ...required, ...z.strictObject(optional).partial().shape });

const Money = object({ amount: text.regex(/^-?\d+(\.\d+)?$/), currencyCode: text.regex(/^[A-Z]{3}$/) }, {});
const TimeRange = object({}, { earliestDateTime: time, latestDateTime: time });

const merchantAddress = {
  name: text,
  addressLine1: text,
  addressLine2: text,
  addressLine3: text,
  city: text,
  districtOrCounty: text,
  stateOrRegion: text,
  municipality: text,
  postalCode: text,
  countryCode: text,
};
const CustomerAddress = object(
  {},
  {
    ...merchantAddress,
    companyName: text,
    phone: text,
    extendedFields: object({}, { streetName: text, streetNumber: text, complement: text, neighborhood: text }),
    addressType: text,
  },
);

const HourMinute = object({}, { hour: whole, minute: whole });
const TimeWindows = list(object({}, { startTime: HourMinute, endTime: HourMinute }));
const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
const DeliveryPreference = object(
  {},
  {
    dropOffLocation: text,
    addressInstruction: text,
    deliveryTime: object(
      {},
      {
        businessHours: list(object({}, { dayOfWeek: z.enum(weekdays), timeWindows: TimeWindows })),
        exceptionDates: list(
          object({}, { exceptionDate: z.iso.date(), exceptionDateType: z.enum(['CLOSED', 'OPEN']), timeWindows: TimeWindows }),
        ),
      },
    ),
    deliveryCapabilities: list(text),
  },
);

const weights = ['OUNCES', 'POUNDS', 'KILOGRAMS', 'GRAMS', 'MILLIGRAMS'] as const;
const lengths = ['INCHES', 'FEET', 'METERS', 'CENTIMETERS', 'MILLIMETERS'] as const;
const areas = ['SQUARE_METERS', 'SQUARE_CENTIMETERS', 'SQUARE_FEET', 'SQUARE_INCHES'] as const;
const volumes = ['GALLONS', 'PINTS', 'QUARTS', 'FLUID_OUNCES', 'LITERS'] as const;
const cubes = ['CUBIC_METERS', 'CUBIC_FEET', 'CUBIC_INCHES', 'CUBIC_CENTIMETERS'] as const;
const Measurement = object({ unit: z.enum([...weights, ...lengths, ...areas, ...volumes, ...cubes, 'COUNT']), value: z.number() }, {});

const ItemProduct = object(
  {},
  {
    asin: text,
    title: text,
    sellerSku: text,
    condition: object({}, { conditionType: text, conditionSubtype: text, conditionNote: text }),
    price: object({}, { unitPrice: Money, priceDesignation: text }),
    serialNumbers: list(text),
    customization: object({}, { customizedUrl: text }),
  },
);

const ItemProceeds = object(
  {},
  {
    proceedsTotal: Money,
    breakdowns: list(object({ type: text, subtotal: Money }, { detailedBreakdowns: list(object({}, { subtype: text, value: Money })) })),
  },
);

const SubstitutionOption = object({}, { asin: text, quantityOrdered: whole, sellerSku: text, title: text, measurement: Measurement });
const mandatory = z.literal('MANDATORY');
const ItemFulfillment = object(
  {},
  {
    quantityFulfilled: whole,
    quantityUnfulfilled: whole,
    picking: object(
      {},
      {
        substitutionPreference: object(
          { substitutionType: z.enum(['CUSTOMER_PREFERENCE', 'AMAZON_RECOMMENDED', 'DO_NOT_SUBSTITUTE']) },
          { substitutionOptions: list(SubstitutionOption) },
        ),
      },
    ),
    packing: object(
      {},
      {
        giftOption: object({}, { giftMessage: text, giftWrapLevel: text }),
        serialNumberRequirement: object({}, { requirementType: text }),
      },
    ),
    shipping: object(
      {},
      {
        scheduledDeliveryWindow: TimeRange,
        shippingConstraints: object(
          {},
          {
            palletDelivery: mandatory,
            cashOnDelivery: mandatory,
            signatureConfirmation: mandatory,
            recipientIdentityVerification: mandatory,
            recipientAgeVerification: mandatory,
          },
        ),
        internationalShipping: object({}, { iossNumber: text }),
      },
    ),
  },
);

const OrderItem = object(
  { orderItemId: text, quantityOrdered: whole, product: ItemProduct },
  {
    measurement: Measurement,
    associatedOrderItems: list(object({}, { orderId: text, orderItemId: text, associationType: text })),
    programs: list(text),
    proceeds: ItemProceeds,
    expense: object({}, { pointsCost: object({}, { pointsGranted: object({}, { pointsNumber: whole, pointsMonetaryValue: Money }) }) }),
    promotion: object({}, { breakdowns: list(object({}, { promotionId: text })) }),
    cancellation: object(
      {},
      {
        cancellationRequest: object({}, { requester: text, cancelReason: text }),
        cancellationExecution: object({}, { cancelledBy: text, cancelReason: text }),
      },
    ),
    fulfillment: ItemFulfillment,
    tax: object(
      {},
      {
        taxCalculationBreakdowns: list(object({}, { reportingScheme: text })),
        taxCollections: list(object({}, { model: text, responsibleParty: text })),
      },
    ),
  },
);

const OrderPackage = object(
  { packageReferenceId: text },
  {
    createdTime: time,
    packageStatus: object(
      { status: z.enum(['PENDING', 'IN_TRANSIT', 'SHIPPED', 'DELIVERED', 'CANCELLED', 'UNDELIVERABLE']) },
      { detailedStatus: text },
    ),
    carrier: text,
    shipTime: time,
    shippingService: text,
    trackingNumber: text,
    shipFromAddress: object({}, merchantAddress),
    packageItems: list(object({ orderItemId: text, quantity: whole }, { transparencyCodes: list(text) })),
  },
);

const OrderTax = object(
  {},
  {
    taxRegistrations: list(
      object(
        {},
        {
          entityType: text,
          legalName: text,
          taxRegistrationType: text,
          taxRegistrationNumber: text,
          taxRegistrationAddress: CustomerAddress,
          taxRegistrationAttributes: list(object({}, { key: text, value: text })),
        },
      ),
    ),
    taxInvoicing: object({}, { buyerInvoicePreference: text, invoiceStatus: text }),
  },
);

const statuses = ['PENDING_AVAILABILITY', 'PENDING', 'UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED', 'CANCELLED', 'UNFULFILLABLE'] as const;
const Order = object(
  {
    orderId: text.regex(/^\d{3}-\d{7}-\d{7}$/),
    createdTime: time,
    lastUpdatedTime: time,
    salesChannel: object({ channelName: text }, { marketplaceId: text, marketplaceName: text }),
    orderItems: list(OrderItem).min(1),
  },
  {
    orderAliases: list(object({ aliasId: text, aliasType: text }, {})),
    programs: list(text),
    associatedOrders: list(object({}, { orderId: text, associationType: text })),
    buyer: object({}, { buyerName: text, buyerEmail: text, buyerCompanyName: text, buyerPurchaseOrderNumber: text }),
    recipient: object({}, { deliveryAddress: CustomerAddress, deliveryPreference: DeliveryPreference }),
    proceeds: object({}, { grandTotal: Money, breakdowns: list(object({ type: text, subtotal: Money }, { status: text })) }),
    payment: object(
      {},
      {
        paymentExecutions: list(
          object({}, { paymentMethod: text, paymentAmount: Money, acquirerId: text, cardBrand: text, authorizationCode: text }),
        ),
      },
    ),
    tax: OrderTax,
    fulfillment: object(
      { fulfillmentStatus: z.enum(statuses) },
      {
        fulfilledBy: text,
        fulfillmentServiceLevel: text,
        shipByWindow: TimeRange,
        deliverByWindow: TimeRange,
        labelPrintingWindow: TimeRange,
      },
    ),
    packages: list(OrderPackage),
    fulfillmentOrders: list(object({ fulfillmentOrderId: text }, {})),
  },
);

export const SearchOrdersResponse = object(
  { orders: list(Order) },
  { pagination: object({}, { nextToken: text.min(1) }), lastUpdatedBefore: time, createdBefore: time },
);

export const GetOrderResponse = object({ order: Order }, {});

export const ErrorList = object({ errors: list(object({ code: text, message: text }, { details: text })).min(1) }, {});
