import { describe, expect, test } from '@jest/globals';
import { includedDataValues } from '../src/amazon/included-data.ts';
import type { Seller } from '../src/app.ts';
import { europe, everyDataset, japan, northAmerica, type Query, startOfTest, startSandbox } from './harness.ts';
import { ErrorList, GetOrderResponse, SearchOrdersResponse } from './official-model.ts';

type Running = Awaited<ReturnType<typeof startSandbox>>;

const sellers = [northAmerica, europe, japan];
const since = { createdAfter: new Date(startOfTest - 90_000_000).toISOString() };
const minuteMs = 60_000;

/** Every page of a search, held against the model. */
const pagesOf = async ({ search }: Running, seller: Seller, query: Query): Promise<unknown[]> => {
  const pages: unknown[] = [];
  for (let paging: Query = {}; ; ) {
    const { body } = await search({ ...query, ...paging }, seller);
    pages.push(SearchOrdersResponse.parse(body));
    if (body.pagination === undefined) return pages;
    paging = { paginationToken: String(body.pagination.nextToken) };
  }
};

/** Where there is a value: `orders.orderItems.product.asin`. */
const pathsIn = (value: unknown, path = ''): string[] => {
  if (Array.isArray(value)) return value.flatMap((member) => pathsIn(member, path));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => pathsIn(member, path ? `${path}.${key}` : key));
};

/** What many generated orders have to show at least once: everything rare that consumers have to survive. */
const rarities = [
  'associatedOrders.orderId',
  'buyer.buyerPurchaseOrderNumber',
  'recipient.deliveryAddress.companyName',
  'recipient.deliveryPreference.addressInstruction',
  'recipient.deliveryPreference.dropOffLocation',
  'recipient.deliveryPreference.deliveryCapabilities',
  'recipient.deliveryPreference.deliveryTime.businessHours.timeWindows.startTime.hour',
  'recipient.deliveryPreference.deliveryTime.exceptionDates.exceptionDate',
  'payment.paymentExecutions.paymentAmount.amount',
  'tax.taxRegistrations.taxRegistrationNumber',
  'packages.packageItems.quantity',
  'orderItems.measurement.value',
  'orderItems.product.price.priceDesignation',
  'orderItems.product.customization.customizedUrl',
  'orderItems.proceeds.breakdowns.detailedBreakdowns.subtype',
  'orderItems.expense.pointsCost.pointsGranted.pointsNumber',
  'orderItems.promotion.breakdowns.promotionId',
  'orderItems.cancellation.cancellationRequest.cancelReason',
  'orderItems.cancellation.cancellationExecution.cancelledBy',
  'orderItems.fulfillment.packing.giftOption.giftMessage',
  'orderItems.fulfillment.shipping.shippingConstraints.cashOnDelivery',
  'orderItems.fulfillment.shipping.internationalShipping.iossNumber',
  'orderItems.tax.taxCalculationBreakdowns.reportingScheme',
  'orderItems.tax.taxCollections.responsibleParty',
].map((path) => `orders.${path}`);

describe('every answer holds for a strict validator of the official model', () => {
  test('thousands of orders, of all kinds, at every age', async () => {
    const running = await startSandbox({ initialOrders: 1000, nonAmazonShare: 0.02 });
    for (const fulfillmentStatus of ['PENDING_AVAILABILITY', 'PENDING', 'UNSHIPPED', 'PARTIALLY_SHIPPED', 'UNFULFILLABLE', 'CANCELLED']) {
      await running.create({ count: 100, fulfillmentStatus });
    }
    await running.create({ count: 1400 });
    const paths = new Set<string>();
    for (const age of [1, minuteMs, 60 * minuteMs]) {
      running.clock.forward(age);
      for (const seller of sellers) {
        const pages = await pagesOf(running, seller, { ...since, includedData: everyDataset });
        for (const path of pathsIn(pages)) paths.add(path);
      }
    }
    expect(rarities.filter((path) => !paths.has(path))).toEqual([]);
    expect(running.sandbox.world.orders.size).toBe(3000);
  });

  test('each dataset alone, each order alone, and with fewer roles', async () => {
    const running = await startSandbox({ initialOrders: 150 });
    const all = (await pagesOf(running, europe, since)) as { orders: { orderId: string }[] }[];
    for (const dataset of includedDataValues) await pagesOf(running, europe, { ...since, includedData: dataset, maxResultsPerPage: 40 });
    for (const roles of [[], ['tax-remittance'], ['direct-to-consumer-delivery']]) {
      await running.call('PUT', `/sandbox/applications/${europe.clientId}`, { roles });
      await pagesOf(running, europe, { ...since, includedData: everyDataset });
    }
    for (const { orderId } of all[0]?.orders ?? []) {
      GetOrderResponse.parse((await running.getOrder(orderId, { includedData: everyDataset })).body);
    }
    expect(all[0]?.orders.length).toBeGreaterThan(30);
  });

  test('every refusal', async () => {
    const running = await startSandbox({ limits: 'documented' });
    const { search, getOrder, call } = running;
    const unavailable = async (status: number) => {
      await call('POST', '/sandbox/faults', { kind: 'error', status, operations: ['searchOrders'], times: 1 });
      return search<unknown>(since);
    };
    const answers = [
      await search<unknown>({}),
      await search<unknown>({ ...since, maxResultsPerPage: 101 }),
      await search<unknown>({ ...since, marketplaceIds: 'ATVPDKIKX0DER' }),
      await search<unknown>({ ...since, paginationToken: 'made up' }),
      await getOrder<unknown>('111-0000000-0000000'),
      await call('GET', '/orders/2026-01-01/orders'),
      await call('GET', '/orders/2027-01-01/orders'),
      await unavailable(500),
      await unavailable(503),
      await unavailable(429),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 403, 400, 404, 403, 404, 500, 503, 429]);
    for (const { body } of answers) ErrorList.parse(body);
  });
});
