import { formatMoney } from '@orderbus/kernel';
import type { Order, OrderItem } from '@sp-api-sdk/orders-api-2026-01-01';
import fc from 'fast-check';

/** Any order that Amazon's model allows, as far as we read it: amounts need not add up, words need not be known, anything may be missing. */
export const anyAmazonOrder: fc.Arbitrary<Order> = fc.constantFrom('USD', 'EUR', 'JPY', 'BHD').chain((currencyCode) => {
  const money = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((minor) => ({
    amount: formatMoney({ minor, currency: currencyCode }),
    currencyCode,
  }));
  const breakdown = (types: readonly string[]) => fc.record({ type: fc.constantFrom(...types), subtotal: money });
  const detail = fc.record({ subtype: fc.constantFrom('ITEM', 'SHIPPING', 'GIFT_WRAP', 'DISCOUNT', 'OTHER', 'NEW_ONE'), value: money });
  const tax = fc.record({ type: fc.constant('TAX'), subtotal: money, detailedBreakdowns: fc.array(detail, { maxLength: 4 }) });
  const item: fc.Arbitrary<Omit<OrderItem, 'orderItemId'>> = sparse(
    {
      quantityOrdered: quantity,
      product: sparse({}, { asin: word, title: text, sellerSku: text, customization: sparse({}, { customizedUrl: text }) }),
    },
    {
      programs: words,
      proceeds: sparse({}, { proceedsTotal: money, breakdowns: fc.array(fc.oneof(breakdown(itemTypes), tax), { maxLength: 6 }) }),
      promotion: sparse({}, { breakdowns: fc.array(fc.record({ promotionId: text }), { maxLength: 3 }) }),
      cancellation: sparse(
        {},
        {
          cancellationRequest: sparse({}, { requester: fc.constant('BUYER'), cancelReason: word }),
          cancellationExecution: sparse({}, { cancelledBy: fc.constantFrom('BUYER', 'MERCHANT', 'AMAZON'), cancelReason: word }),
        },
      ),
      fulfillment: sparse(
        {},
        {
          quantityFulfilled: quantity,
          packing: sparse({}, { giftOption: sparse({}, { giftMessage: text, giftWrapLevel: text }) }),
          shipping: sparse({}, { internationalShipping: sparse({}, { iossNumber: text }) }),
        },
      ),
      tax: sparse(
        {},
        {
          taxCollections: fc.array(sparse({}, { model: word }), { maxLength: 2 }),
          taxCalculationBreakdowns: fc.array(sparse({}, { reportingScheme: word }), { maxLength: 2 }),
        },
      ),
    },
  );
  const parcel = sparse(
    { packageReferenceId: fc.integer({ min: 1, max: 99 }).map(String) },
    {
      packageStatus: fc.record({ status: fc.constantFrom('PENDING', 'SHIPPED', 'IN_TRANSIT', 'DELIVERED') }),
      ...{ carrier: text, shipTime: time, shippingService: text, trackingNumber: text },
      packageItems: fc.array(fc.record({ orderItemId: id, quantity }), { maxLength: 3 }),
    },
  );
  return sparse(
    {
      ...{ orderId: id, createdTime: time, lastUpdatedTime: time },
      salesChannel: fc.record({
        channelName: fc.constant('AMAZON'),
        marketplaceId: fc.constantFrom('ATVPDKIKX0DER', 'A1PA6795UKMFR9', 'NEW_ONE'),
      }),
      fulfillment: sparse(
        {
          fulfillmentStatus: fc.constantFrom('PENDING', 'UNSHIPPED', 'SHIPPED', 'CANCELLED', 'INVOICE_UNCONFIRMED'),
          fulfilledBy: fc.constantFrom('MERCHANT', 'AMAZON'),
        },
        { fulfillmentServiceLevel: word, shipByWindow: window, deliverByWindow: window },
      ),
      orderItems: fc
        .uniqueArray(fc.tuple(id, item), { selector: ([itemId]) => itemId, minLength: 1, maxLength: 4 })
        .map((items) => items.map(([orderItemId, rest]) => ({ orderItemId, ...rest }))),
    },
    {
      programs: words,
      associatedOrders: fc.array(fc.record({ orderId: id, associationType: fc.constantFrom('REPLACEMENT_ORIGINAL_ID', 'OTHER') }), {
        maxLength: 1,
      }),
      buyer: sparse({}, { buyerName: text, buyerEmail: text, buyerCompanyName: text, buyerPurchaseOrderNumber: text }),
      recipient: sparse({}, { deliveryAddress: address }),
      proceeds: sparse({}, { grandTotal: money, breakdowns: fc.array(breakdown(['DELIVERY_TIP', 'ITEM', 'TAX']), { maxLength: 3 }) }),
      packages: fc.uniqueArray(parcel, { selector: ({ packageReferenceId }) => packageReferenceId, maxLength: 3 }),
    },
  ) as fc.Arbitrary<Order>;
});

/** Some fields always, of the others any. */
const sparse = (always: Record<string, fc.Arbitrary<unknown>>, sometimes: Record<string, fc.Arbitrary<unknown>>) =>
  // biome-ignore lint/suspicious/noExplicitAny: Amazon's model is checked where the order is used
  fc.record({ ...always, ...sometimes }, { requiredKeys: Object.keys(always) }) as fc.Arbitrary<any>;

const itemTypes = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'TAX', 'DISCOUNT', 'COD_FEE', 'OTHER', 'NEW_ONE'];
const quantity = fc.integer({ min: 0, max: 999 });
const id = fc.stringMatching(/^[0-9]{1,14}$/);
const text = fc.stringMatching(/^[A-Za-z0-9 .ÄÖü漢-]{1,20}$/);
const word = fc.stringMatching(/^[A-Z][A-Z_]{0,15}$/);
const words = fc.array(word, { maxLength: 4 });
const time = fc.date({ min: new Date('2024-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const window = sparse({}, { earliestDateTime: time, latestDateTime: time });
const address = sparse(
  {},
  Object.fromEntries(
    [
      'name',
      'companyName',
      'addressLine1',
      'addressLine2',
      'city',
      'districtOrCounty',
      'stateOrRegion',
      'municipality',
      'postalCode',
      'phone',
    ].map((field) => [field, text]),
  ),
);
