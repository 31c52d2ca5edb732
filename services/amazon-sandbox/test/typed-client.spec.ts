import { expect, test } from '@jest/globals';
import { OrdersApiFactory } from '@sp-api-sdk/orders-api-2026-01-01';
import { europe, startOfTest, startSandbox } from './harness.ts';

test('the typed client of the real API pages through the sandbox and reads an order', async () => {
  const { sandbox, create, accessToken } = await startSandbox();
  const created = await create({ count: 30, sellerId: europe.sellerId, fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' });
  const client = OrdersApiFactory(undefined, sandbox.url);
  const options = { headers: { 'x-amz-access-token': await accessToken(europe) } };
  const search = {
    lastUpdatedAfter: new Date(startOfTest).toISOString(),
    fulfillmentStatuses: ['UNSHIPPED' as const, 'PARTIALLY_SHIPPED' as const],
    marketplaceIds: ['A1PA6795UKMFR9', 'A1F83G8C2ARO7P', 'A13V1IB3VIYZZH', 'APJ6JRA9NG5V4', 'A1RKKUPIHCS9HS'],
    includedData: ['FULFILLMENT' as const, 'PROCEEDS' as const],
    maxResultsPerPage: 12,
  };
  const found: string[] = [];
  let page = (await client.searchOrders(search, options)).data;
  for (;;) {
    found.push(...page.orders.map(({ orderId }) => orderId));
    const paginationToken = page.pagination?.nextToken;
    if (paginationToken === undefined) break;
    page = (await client.searchOrders({ ...search, paginationToken }, options)).data;
  }
  expect(found).toEqual(created.map(({ orderId }) => orderId));

  const orderId = String(found[0]);
  const { data } = await client.getOrder({ orderId, includedData: ['BUYER', 'RECIPIENT'] }, options);
  expect(data.order.recipient?.deliveryAddress?.name).toBe(created[0]?.recipient?.deliveryAddress?.name);
});
