import type {
  ItemCancellation,
  ItemFulfillment,
  ItemPacking,
  ItemProduct,
  ItemShipping,
  ItemTax,
  OrderItem,
} from '@sp-api-sdk/orders-api-2026-01-01';
import { piecesIn, productOf } from '../world/catalogue.ts';
import type { Marketplace } from '../world/marketplaces.ts';
import type { WorldLine } from '../world/order.ts';
import { leftOf } from '../world/quantities.ts';
import type { IncludedData } from './included-data.ts';
import { itemProceeds, moneyOf } from './proceeds.ts';
import type { Visibility } from './visibility.ts';

export const renderItem = (
  line: WorldLine,
  marketplace: Marketplace,
  included: ReadonlySet<IncludedData>,
  visible: Visibility,
): OrderItem => {
  const has = (data: IncludedData): boolean => included.has(data);
  const { currency } = marketplace;
  const cancellation = has('CANCELLATION') && cancellationOf(line);
  const tax = has('TAX') && visible.prices && taxOf(line, marketplace);
  return {
    orderItemId: line.orderItemId,
    quantityOrdered: orderedQuantity(line),
    ...measurementOf(line),
    ...programsOf(line),
    product: productShown(line, marketplace, visible),
    ...(has('PROCEEDS') && visible.prices && { proceeds: itemProceeds(line, marketplace) }),
    ...(has('EXPENSE') &&
      visible.prices &&
      line.points !== undefined && {
        expense: { pointsCost: { pointsGranted: { pointsNumber: line.points, pointsMonetaryValue: moneyOf(line.points, currency) } } },
      }),
    ...(has('PROMOTION') && visible.prices && line.promotionId && { promotion: { breakdowns: [{ promotionId: line.promotionId }] } }),
    ...(cancellation && { cancellation }),
    ...(has('FULFILLMENT') && { fulfillment: fulfillmentOf(line, visible) }),
    ...(tax && { tax }),
  };
};

const programsOf = ({ subscribed, transparency }: WorldLine): Pick<OrderItem, 'programs'> => {
  const programs = [...(transparency ? ['TRANSPARENCY'] : []), ...(subscribed ? ['SUBSCRIBE_AND_SAVE'] : [])];
  return programs.length > 0 ? { programs } : {};
};

/** A cancelled line has nothing ordered any more. */
const orderedQuantity = (line: WorldLine): number => (line.cancelled ? 0 : line.quantity);

const productShown = (line: WorldLine, { currency }: Marketplace, visible: Visibility): ItemProduct => {
  const product = productOf(line.sku);
  return {
    asin: product?.asin ?? 'B0SANDBX00',
    title: product?.title ?? `Unlisted product ${line.sku}`,
    sellerSku: line.sku,
    condition: { conditionType: 'NEW', conditionSubtype: 'NEW' },
    ...(visible.wishes && line.customizedUrl && { customization: { customizedUrl: line.customizedUrl } }),
    ...(visible.prices && {
      price: { unitPrice: moneyOf(line.unitPrice, currency), ...(line.businessPrice && { priceDesignation: 'BUSINESS_PRICE' }) },
    }),
  };
};

/** Sets are counted. */
const measurementOf = ({ sku }: WorldLine): Pick<OrderItem, 'measurement'> => {
  const pieces = piecesIn.get(sku);
  return pieces === undefined ? {} : { measurement: { unit: 'COUNT', value: pieces } };
};

const taxOf = ({ scheme }: WorldLine, { taxInclusive }: Marketplace): ItemTax | undefined => {
  const tax: ItemTax = {
    ...(scheme && { taxCalculationBreakdowns: [{ reportingScheme: scheme }] }),
    ...(!taxInclusive && { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }] }),
  };
  return Object.keys(tax).length > 0 ? tax : undefined;
};

const cancellationOf = ({ cancellationRequest, cancelled }: WorldLine): ItemCancellation | undefined => {
  if (!cancellationRequest && !cancelled) return undefined;
  return {
    ...(cancellationRequest && { cancellationRequest: { requester: 'BUYER', cancelReason: cancellationRequest } }),
    ...(cancelled && { cancellationExecution: { cancelledBy: cancelled.by, cancelReason: cancelled.reason } }),
  };
};

const fulfillmentOf = (line: WorldLine, visible: Visibility): ItemFulfillment => {
  const packing = visible.confirmed ? packingOf(line, visible) : undefined;
  const shipping = visible.confirmed ? shippingOf(line) : undefined;
  return {
    quantityFulfilled: line.shipped,
    quantityUnfulfilled: leftOf(line),
    ...(packing && { packing }),
    ...(shipping && { shipping }),
  };
};

/** Goods from outside the Union carry the marketplace's number to the customs; who delivers for cash has to collect it. */
const shippingOf = ({ scheme, amounts }: WorldLine): ItemShipping | undefined => {
  const shipping: ItemShipping = {
    ...(amounts.codFee !== undefined && { shippingConstraints: { cashOnDelivery: 'MANDATORY' } }),
    ...(scheme === 'IOSS' && { internationalShipping: { iossNumber: 'IM2760000742' } }),
  };
  return Object.keys(shipping).length > 0 ? shipping : undefined;
};

const packingOf = ({ gift }: WorldLine, visible: Visibility): ItemPacking | undefined => {
  if (!gift) return undefined;
  return {
    giftOption: {
      ...(visible.wishes && gift.message && { giftMessage: gift.message }),
      ...(gift.wrapLevel && { giftWrapLevel: gift.wrapLevel }),
    },
  };
};
