import { describe, expect, test } from '@jest/globals';
import type { Order } from '@sp-api-sdk/orders-api-2026-01-01';
import type { Seller } from '../src/app.ts';
import { europe, everyDataset, japan, northAmerica, startSandbox } from './harness.ts';

type Running = Awaited<ReturnType<typeof startSandbox>>;

const [delivery, invoicing, remittance] = ['direct-to-consumer-delivery', 'tax-invoicing', 'tax-remittance'] as const;
const germany = 'A1PA6795UKMFR9';

const hold = ({ call }: Running, { clientId }: Seller, roles: readonly string[], withoutRole?: string) =>
  call('PUT', `/sandbox/applications/${clientId}`, { roles, ...(withoutRole && { withoutRole }) });

const personalFields = ['giftMessage', 'customizedUrl', 'addressInstruction', 'dropOffLocation', 'addressLine1', 'postalCode', 'phone'];

/** One order that has everything, as the application sees it. */
const seen = async (running: Running, seller: Seller, wish: object): Promise<Order> => {
  const [order] = await running.create({ sellerId: seller.sellerId, fulfillmentStatus: 'UNSHIPPED', ...wish });
  return (await running.getOrder(String(order?.orderId), { includedData: everyDataset }, seller)).body.order;
};

const opens = ({ buyer, recipient }: Order) => ({
  name: buyer?.buyerName !== undefined,
  email: buyer?.buyerEmail !== undefined,
  street: recipient?.deliveryAddress?.addressLine1 !== undefined,
  city: recipient?.deliveryAddress?.city !== undefined,
});

describe('an application', () => {
  test.each([
    ['Europe, by the merchant', europe, 'MERCHANT', [delivery], { name: true, email: true, street: true }],
    ['Europe, by the merchant', europe, 'MERCHANT', [invoicing], { name: true, email: false, street: false }],
    ['Europe, by the merchant', europe, 'MERCHANT', [remittance], { name: true, email: false, street: false }],
    ['Europe, by the merchant', europe, 'MERCHANT', [], { name: false, email: false, street: false }],
    ['Europe, by Amazon', europe, 'AMAZON', [delivery], { name: false, email: false, street: false }],
    ['Europe, by Amazon', europe, 'AMAZON', [delivery, remittance], { name: true, email: false, street: false }],
    ['North America, by the merchant', northAmerica, 'MERCHANT', [delivery], { name: true, email: true, street: true }],
    ['North America, by Amazon', northAmerica, 'AMAZON', [delivery, invoicing], { name: false, email: false, street: false }],
    ['Japan, by the merchant', japan, 'MERCHANT', [invoicing, remittance], { name: false, email: false, street: false }],
  ] as const)('for %s sees of the buyer what its roles open', async (_place, seller, fulfilledBy, roles, expected) => {
    const running = await startSandbox();
    await hold(running, seller, roles);
    const marketplaceId = seller === northAmerica ? 'ATVPDKIKX0DER' : undefined;
    const order = await seen(running, seller, { fulfilledBy, ...(marketplaceId && { marketplaceId }) });
    expect(opens(order)).toEqual({ ...expected, city: true });
  });

  test('without the delivery role reads neither gift messages nor customisations', async () => {
    const running = await startSandbox();
    const orders = await running.create({
      count: 150,
      sellerId: europe.sellerId,
      fulfilledBy: 'MERCHANT',
      fulfillmentStatus: 'UNSHIPPED',
      marketplaceId: germany,
    });
    const personal = async (): Promise<string[]> => {
      const found = await Promise.all(orders.map(({ orderId }) => running.getOrder(orderId, { includedData: everyDataset })));
      const text = JSON.stringify(found.map(({ body }) => body));
      return personalFields.filter((field) => text.includes(`"${field}"`));
    };
    expect(await personal()).toEqual(personalFields);
    await hold(running, europe, [invoicing]);
    expect(await personal()).toEqual([]);
  });

  test('is refused buyer data with 403 where Amazon does not pass over it in silence', async () => {
    const running = await startSandbox();
    const [order] = await running.create({ sellerId: europe.sellerId, fulfillmentStatus: 'UNSHIPPED' });
    const status = async (includedData: string) => (await running.getOrder(String(order?.orderId), { includedData })).status;
    await hold(running, europe, [invoicing], 'forbid');
    expect(await status('RECIPIENT,FULFILLMENT')).toBe(403);
    expect(await status('BUYER,FULFILLMENT')).toBe(200);
    await hold(running, europe, [], 'forbid');
    expect(await status('BUYER,FULFILLMENT')).toBe(403);
    expect(await status('FULFILLMENT')).toBe(200);
    await hold(running, europe, []);
    expect(await status('BUYER,RECIPIENT')).toBe(200);
  });

  test('that is not registered holds nothing', async () => {
    const { call } = await startSandbox();
    expect((await call('PUT', '/sandbox/applications/nobody', { roles: [] })).status).toBe(404);
    expect((await call('PUT', `/sandbox/applications/${europe.clientId}`, { roles: ['king'] })).status).toBe(400);
  });
});
