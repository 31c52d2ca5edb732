import { describe, expect, test } from '@jest/globals';
import { northAmerica, type WholeOrder } from './harness.ts';
import { type Shop, startShop } from './shop.ts';

const tell = ({ asSeller }: Shop, order: WholeOrder, shipmentStatus: string, orderItems?: unknown) =>
  asSeller<{ errors: { message: string }[] }>(northAmerica, 'POST', `/orders/v0/orders/${order.orderId}/shipment`, {
    marketplaceId: 'ATVPDKIKX0DER',
    shipmentStatus,
    ...(orderItems !== undefined && { orderItems }),
  });

describe('an order that is picked up in store', () => {
  test('is ready, then picked up, which ships it; said again, nothing changes', async () => {
    const shop = await startShop();
    const order = await shop.order({ programs: ['IN_STORE_PICK_UP'] });
    for (const status of ['ReadyForPickup', 'ReadyForPickup', 'PickedUp', 'PickedUp']) {
      expect((await tell(shop, order, status)).status).toBe(204);
    }
    expect((await shop.seen(order)).fulfillment?.fulfillmentStatus).toBe('SHIPPED');
    expect((await shop.ledger()).map(({ effect }) => effect)).toEqual(['status', 'unchanged', 'status', 'unchanged']);
  });

  test('that the buyer refuses is cancelled for the buyer, in whole or in part', async () => {
    const shop = await startShop();
    const order = await shop.order({ programs: ['IN_STORE_PICK_UP'] });
    const [item] = order.orderItems;
    await tell(shop, order, 'RefusedPickup', [{ orderItemId: item?.orderItemId, quantity: 1 }]);
    expect((await shop.seen(order)).orderItems[0]?.quantityOrdered).toBe(2);
    await tell(shop, order, 'RefusedPickup');
    expect(await shop.seen(order)).toMatchObject({
      fulfillment: { fulfillmentStatus: 'CANCELLED' },
      orderItems: [{ cancellation: { cancellationExecution: { cancelledBy: 'BUYER', cancelReason: 'REFUSED_PICKUP' } } }],
    });
  });

  test('gets no other status, no more pieces than it has, and no other order gets one', async () => {
    const shop = await startShop();
    const order = await shop.order({ programs: ['IN_STORE_PICK_UP'] });
    const items = [{ orderItemId: order.orderItems[0]?.orderItemId, quantity: 4 }];
    expect((await tell(shop, order, 'Delivered')).status).toBe(400);
    expect((await tell(shop, order, 'PickedUp', items)).body.errors[0]?.message).toContain('4 of the 3 that are left');
    expect((await tell(shop, await shop.order(), 'ReadyForPickup')).body.errors[0]?.message).toContain('not picked up in store');
    expect((await shop.ledger()).map(({ effect }) => effect)).toEqual(['refused', 'refused', 'refused']);
  });
});
