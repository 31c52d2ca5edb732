import type { PackedItem, WorldOrder, WorldPackage } from '../../world/order.ts';
import { leftOf, restOf } from '../../world/quantities.ts';
import { nextReference } from '../../world/shipping.ts';
import { type Decision, WriteRefused } from '../decision.ts';
import { decideShipment } from '../shipment.ts';
import { amazonOrderId, exactlyTheOrder, itemCode, lineOf } from './order-message.ts';
import { any, exactlyOneOf, one, oneOf, optional, sequence, text } from './schema.ts';

const fulfillmentData = exactlyOneOf(
  sequence({
    CarrierCode: optional(text()),
    CarrierName: optional(text()),
    ShippingMethod: optional(text()),
    ShipperTrackingNumber: optional(text()),
  }),
  'CarrierCode',
  'CarrierName',
);

const item = exactlyOneOf(
  sequence({
    AmazonOrderItemCode: optional(itemCode),
    MerchantOrderItemID: optional(text()),
    MerchantFulfillmentItemID: optional(text()),
    Quantity: optional(text(/^[1-9]\d{0,8}$/)),
    TransparencyCode: any(text()),
  }),
  'AmazonOrderItemCode',
  'MerchantOrderItemID',
);

export const orderFulfillment = exactlyTheOrder(
  sequence({
    AmazonOrderID: optional(amazonOrderId),
    MerchantOrderID: optional(text()),
    MerchantFulfillmentID: optional(text(/^[1-9]\d{0,19}$/)),
    FulfillmentDate: one(text(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/)),
    FulfillmentData: optional(fulfillmentData),
    CODCollectionMethod: optional(oneOf(['DirectPayment'])),
    Item: any(item),
  }),
);

export type OrderFulfillment = ReturnType<typeof orderFulfillment>;

/**
 * A package by feed: the same rules as confirmShipment. MerchantFulfillmentID is its reference; without one, every message is a package more.
 * Without items it holds all that is left.
 * @throws WriteRefused
 */
export const decideFulfillment = (order: WorldOrder, message: OrderFulfillment, at: number): Decision =>
  decideShipment(order, packageOf(order, message), at);

const packageOf = (
  order: WorldOrder,
  { MerchantFulfillmentID, FulfillmentDate, FulfillmentData, Item }: OrderFulfillment,
): WorldPackage => {
  if (!FulfillmentData?.ShipperTrackingNumber) throw new WriteRefused('ShipperTrackingNumber is required.');
  return {
    referenceId: MerchantFulfillmentID ?? nextReference(order),
    carrier: FulfillmentData.CarrierCode ?? FulfillmentData.CarrierName ?? 'Other',
    ...(FulfillmentData.ShippingMethod && { service: FulfillmentData.ShippingMethod }),
    trackingNumber: FulfillmentData.ShipperTrackingNumber,
    shippedAt: Date.parse(FulfillmentDate),
    items: Item.length === 0 ? restOf(order) : Item.map((each) => packedItem(order, each)),
  };
};

const packedItem = (
  order: WorldOrder,
  { AmazonOrderItemCode, Quantity, TransparencyCode }: OrderFulfillment['Item'][number],
): PackedItem => {
  const line = lineOf(order, AmazonOrderItemCode);
  return {
    orderItemId: line.orderItemId,
    quantity: Number(Quantity ?? leftOf(line)),
    ...(TransparencyCode.length > 0 && { transparencyCodes: TransparencyCode }),
  };
};
