import type { ItemCancellation, ItemFulfillment, ItemPacking, ItemProduct, OrderItem } from '@sp-api-sdk/orders-api-2026-01-01';
import { productOf } from '../world/catalogue.ts';
import type { Marketplace } from '../world/marketplaces.ts';
import type { WorldLine } from '../world/order.ts';
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
  return {
    orderItemId: line.orderItemId,
    quantityOrdered: orderedQuantity(line),
    ...(line.subscribed && { programs: ['SUBSCRIBE_AND_SAVE'] }),
    product: productShown(line, marketplace, visible),
    ...(has('PROCEEDS') && visible.prices && { proceeds: itemProceeds(line, currency) }),
    ...(has('EXPENSE') &&
      visible.prices &&
      line.points !== undefined && {
        expense: { pointsCost: { pointsGranted: { pointsNumber: line.points, pointsMonetaryValue: moneyOf(line.points, currency) } } },
      }),
    ...(has('PROMOTION') && visible.prices && line.promotionId && { promotion: { breakdowns: [{ promotionId: line.promotionId }] } }),
    ...(cancellation && { cancellation }),
    ...(has('FULFILLMENT') && { fulfillment: fulfillmentOf(line, visible) }),
    ...(has('TAX') &&
      visible.prices &&
      !marketplace.taxInclusive && {
        tax: { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' }] },
      }),
  };
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
    ...(visible.prices && {
      price: { unitPrice: moneyOf(line.unitPrice, currency), ...(line.businessPrice && { priceDesignation: 'BUSINESS_PRICE' }) },
    }),
  };
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
  return {
    quantityFulfilled: line.shipped,
    quantityUnfulfilled: orderedQuantity(line) - (line.cancelled ? 0 : line.shipped),
    ...(packing && { packing }),
  };
};

const packingOf = ({ gift }: WorldLine, visible: Visibility): ItemPacking | undefined => {
  if (!gift) return undefined;
  return {
    giftOption: {
      ...(visible.giftMessage && gift.message && { giftMessage: gift.message }),
      ...(gift.wrapLevel && { giftWrapLevel: gift.wrapLevel }),
    },
  };
};
