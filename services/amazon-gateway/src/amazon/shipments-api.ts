import { Nothing, type Permit, type Request } from './request.ts';

/** The writes that stay in version 0 of the Orders API. They answer with nothing but their success. */
export interface ShipmentsApi {
  /** One package. The same `packageReferenceId` again corrects what was said of it. */
  confirmShipment(amazonOrderId: string, body: object, signal: AbortSignal, permit?: Permit): Promise<void>;
  /** For orders that are picked up in a store. */
  updateShipmentStatus(amazonOrderId: string, body: object, signal: AbortSignal, permit?: Permit): Promise<void>;
}

export const shipmentsApi = (request: Request): ShipmentsApi => {
  const post =
    (operation: 'confirmShipment' | 'updateShipmentStatus', resource: string) =>
    (amazonOrderId: string, body: object, signal: AbortSignal, permit?: Permit) =>
      request(
        {
          operation,
          method: 'POST',
          path: `/orders/v0/orders/${encodeURIComponent(amazonOrderId)}/${resource}`,
          body,
          subject: amazonOrderId,
          permit,
        },
        Nothing,
        signal,
      );
  return {
    confirmShipment: post('confirmShipment', 'shipmentConfirmation'),
    updateShipmentStatus: post('updateShipmentStatus', 'shipment'),
  };
};
