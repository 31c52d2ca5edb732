import { z } from 'zod';
import { marketplaceOf } from '../world/marketplaces.ts';
import type { WorldOrder, WorldPackage } from '../world/order.ts';
import { type Decision, WriteRefused } from './decision.ts';
import { timeParameter } from './parameters.ts';
import { decideShipment } from './shipment.ts';
import { text } from './write-body.ts';

/** The body of confirmShipment. */
export const ConfirmShipmentBody = z.strictObject({
  marketplaceId: z.string(),
  codCollectionMethod: text('CodCollectionMethod is invalid, must be DirectPayment.', (value) => value === 'DirectPayment').optional(),
  packageDetail: z.strictObject({
    packageReferenceId: text('PackageReferenceId: is invalid, must be a positive numeric value.', (value) => /^0*[1-9]\d*$/.test(value)),
    carrierCode: text('CarrierCode is invalid, must not be empty.'),
    carrierName: z.string().optional(),
    shippingMethod: z.string().optional(),
    trackingNumber: text('TrackingNumber is invalid, must not be empty.'),
    shipDate: z.string(),
    shipFromSupplySourceId: z.string().optional(),
    orderItems: z
      .array(
        z.strictObject({
          orderItemId: z.string(),
          quantity: z.int('Quantity is invalid, must be an integer.').min(1, 'Quantity is invalid, must be at least 1.'),
          transparencyCodes: z.array(text('TransparencyCodes are invalid, must not be empty.')).optional(),
        }),
      )
      .min(1, 'OrderItems is invalid, must not be empty.'),
  }),
});

export type ConfirmShipmentBody = z.output<typeof ConfirmShipmentBody>;

/** @throws WriteRefused, or AmazonError for a date that is none. */
export const decideConfirmation = (
  order: WorldOrder,
  { marketplaceId, codCollectionMethod, packageDetail }: ConfirmShipmentBody,
  now: number,
): Decision => {
  refuseForeignMarketplace(order, marketplaceId);
  if (codCollectionMethod && marketplaceOf(marketplaceId)?.country !== 'JP') {
    throw new WriteRefused('CodCollectionMethod is only supported in the JP marketplace.');
  }
  return decideShipment(order, packageOf(packageDetail), now);
};

export const refuseForeignMarketplace = (order: WorldOrder, marketplaceId: string): void => {
  if (order.marketplaceId !== marketplaceId)
    throw new WriteRefused(`MarketplaceId is invalid, ${marketplaceId} is not the marketplace of the order.`);
};

const packageOf = (told: ConfirmShipmentBody['packageDetail']): WorldPackage => {
  const named = told.carrierName?.trim() ? told.carrierName : undefined;
  if (told.carrierCode === 'Other' && !named) throw new WriteRefused('CarrierName is required when CarrierCode is Other.');
  return {
    referenceId: told.packageReferenceId,
    carrier: told.carrierCode === 'Other' && named ? named : told.carrierCode,
    ...(told.shippingMethod && { service: told.shippingMethod }),
    trackingNumber: told.trackingNumber,
    shippedAt: timeParameter('packageDetail.shipDate', told.shipDate) as number,
    items: told.orderItems.map(({ orderItemId, quantity, transparencyCodes }) => ({
      orderItemId,
      quantity,
      ...(transparencyCodes && transparencyCodes.length > 0 && { transparencyCodes }),
    })),
  };
};
