import { describe, expect, test } from '@jest/globals';
import { parseMoney } from '@orderbus/kernel';
import type { Order } from '@sp-api-sdk/orders-api-2026-01-01';
import fc from 'fast-check';
import { AmazonOrderJson } from '../src/amazon/order-schema.ts';
import { readOrder } from '../src/amazon/read-order.ts';
import { observe } from '../src/domain/observe.ts';
import { type Translation, translate } from '../src/domain/translate.ts';
import { wordOf } from '../src/domain/words.ts';
import { anyAmazonOrder } from './any-amazon-order.ts';

const translated = (order: unknown): Translation => translate(AmazonOrderJson.parse(order), 'store-1');
const minorOf = ({ amount, currencyCode }: { amount: string; currencyCode: string }): number => parseMoney(amount, currencyCode).minor;
const sumOf = (amounts: readonly number[]): number => amounts.reduce((sum, amount) => sum + amount, 0);

const contentHashOf = (order: unknown): string => {
  const translation = translated(order);
  const context = {
    ...{
      now: '2026-03-01T12:00:00.000Z',
      seal: () => 'sealed',
      open: () => undefined,
      isOutdated: () => false,
      lastShown: () => undefined,
    },
    fingerprint: (text: string) => text,
  };
  const decision = observe(undefined, { type: 'observe', ...translation }, { id: translation.snapshot.orderId }, context);
  if ('refused' in decision) throw new Error(decision.refused);
  return decision.state.contentHash;
};

describe('whatever order Amazon sends', () => {
  test('can be read, and keeps our own contract', () => {
    fc.assert(fc.property(anyAmazonOrder, (order) => expect(readOrder(order, 'store-1')).toMatchObject({ kind: 'order' })));
  });

  test('has lines and a tip that add up to the grand total, or is not balanced and shows by how much', () => {
    fc.assert(
      fc.property(anyAmazonOrder, (order) => {
        const { lines, totals, balanced } = translated(order).snapshot;
        const sum = sumOf(lines.map(({ amounts }) => amounts?.totalMinor ?? 0)) + (totals?.tipMinor ?? 0);
        if (order.proceeds?.grandTotal) expect(totals?.grandTotalMinor).toBe(minorOf(order.proceeds.grandTotal));
        if (balanced) expect(sum).toBe(totals?.grandTotalMinor ?? 0);
        for (const { amounts } of lines) {
          const { totalMinor = 0, ...parts } = amounts ?? {};
          expect(sumOf(Object.values(parts))).toBe(totalMinor);
        }
      }),
    );
  });

  test('loses none of its quantities, money, programs, windows and packages on the way', () => {
    fc.assert(
      fc.property(anyAmazonOrder, (order) => {
        const { snapshot } = translated(order);
        expect(new Set(snapshot.programs)).toEqual(new Set((order.programs ?? []).map(wordOf)));
        const { shipByWindow, deliverByWindow } = order.fulfillment ?? {};
        expect(Object.values(snapshot.shipBy ?? {})).toEqual(
          Object.values({ from: shipByWindow?.earliestDateTime, to: shipByWindow?.latestDateTime }).filter(Boolean),
        );
        expect(snapshot.deliverBy?.to).toBe(deliverByWindow?.latestDateTime);
        for (const [n, item] of order.orderItems.entries()) expectWholeLine(item, snapshot.lines[n]);
        expect(snapshot.packages ?? []).toEqual((order.packages ?? []).map(packageShown));
      }),
    );
  });

  test('has all of its people in the part that is sealed, and none of them outside', () => {
    fc.assert(
      fc.property(anyAmazonOrder, (order) => {
        const { buyer } = translated(order);
        const sealed = JSON.stringify(buyer ?? {});
        const people = [
          ...Object.values(order.buyer ?? {}),
          ...Object.values(order.recipient?.deliveryAddress ?? {}),
          ...order.orderItems.flatMap((item) => Object.values(item.fulfillment?.packing?.giftOption ?? {})),
          ...order.orderItems.flatMap((item) => item.product.customization?.customizedUrl ?? []),
        ] as string[];
        for (const person of people) expect(sealed).toContain(JSON.stringify(person));
      }),
    );
  });

  test('is the same content in whatever order its fields, lines, packages and programs come', () => {
    fc.assert(
      fc.property(anyAmazonOrder, (order) => {
        expect(contentHashOf(reversed(order))).toBe(contentHashOf(order));
      }),
    );
  });

  test('says the same with null as without a field', () => {
    fc.assert(
      fc.property(anyAmazonOrder, (order) => {
        const optional = {
          programs: null,
          associatedOrders: null,
          buyer: null,
          recipient: null,
          proceeds: null,
          packages: null,
          tax: null,
        };
        const items = { programs: null, proceeds: null, promotion: null, cancellation: null, fulfillment: null, tax: null };
        const withNulls = { ...optional, ...order, orderItems: order.orderItems.map((item) => ({ ...items, ...item })) };
        expect(translated(withNulls)).toEqual(translated(order));
      }),
    );
  });
});

type Line = Translation['snapshot']['lines'][number];

const expectWholeLine = (item: Order['orderItems'][number], line: Line | undefined): void => {
  const parts = item.proceeds?.breakdowns ?? [];
  const amountOf = (type: string) => sumOf(parts.filter((part) => part.type === type).map(({ subtotal }) => minorOf(subtotal)));
  expect(line).toMatchObject({
    lineId: item.orderItemId,
    quantity: item.quantityOrdered,
    quantityShipped: item.fulfillment?.quantityFulfilled ?? 0,
    ...(item.product.sellerSku && { sku: item.product.sellerSku }),
  });
  if (parts.length > 0 || item.proceeds?.proceedsTotal) {
    expect(line?.amounts).toMatchObject({
      ...{ itemMinor: amountOf('ITEM'), shippingMinor: amountOf('SHIPPING'), giftWrapMinor: amountOf('GIFT_WRAP') },
      ...(item.proceeds?.proceedsTotal && { totalMinor: minorOf(item.proceeds.proceedsTotal) }),
    });
  }
  expectWholeTax(item, line, amountOf('TAX'));
  const onDelivery = (item.proceeds?.breakdowns ?? []).some(({ type }) => type === 'COD_FEE') ? ['cash-on-delivery'] : [];
  expect(new Set(line?.programs)).toEqual(new Set([...(item.programs ?? []).map(wordOf), ...onDelivery]));
  expect(new Set(line?.promotionIds)).toEqual(new Set((item.promotion?.breakdowns ?? []).map(({ promotionId }) => promotionId)));
  expect(line?.iossNumber).toBe(item.fulfillment?.shipping?.internationalShipping?.iossNumber);
};

const expectWholeTax = ({ tax }: Order['orderItems'][number], line: Line | undefined, taxMinor: number): void => {
  const { included = false, ...taxes } = line?.taxes ?? {};
  if (line?.taxes) expect(sumOf(Object.values(taxes))).toBe(taxMinor);
  expect(line?.amounts?.taxMinor ?? 0).toBe(included ? 0 : taxMinor);
  const scheme = (tax?.taxCalculationBreakdowns ?? []).find(({ reportingScheme }) => reportingScheme)?.reportingScheme;
  expect(line?.taxScheme).toBe(scheme && wordOf(scheme));
};

const packageShown = (parcel: NonNullable<Order['packages']>[number]) => ({
  reference: parcel.packageReferenceId,
  ...(parcel.carrier && { carrier: parcel.carrier }),
  ...(parcel.shippingService && { service: parcel.shippingService }),
  ...(parcel.trackingNumber && { trackingNumber: parcel.trackingNumber }),
  ...(parcel.shipTime && { shippedAt: parcel.shipTime }),
  ...(parcel.packageStatus && { status: wordOf(parcel.packageStatus.status) }),
  lines: (parcel.packageItems ?? [])
    .filter(({ quantity }) => quantity > 0)
    .map(({ orderItemId: lineId, quantity }) => ({ lineId, quantity })),
});

/** Everything the other way round that means the same the other way round. */
const reversed = (order: Order): unknown =>
  JSON.parse(
    JSON.stringify({ ...order, orderItems: order.orderItems.toReversed(), packages: order.packages?.toReversed() }),
    (_, value) => {
      if (typeof value !== 'object' || value === null) return value;
      if (Array.isArray(value)) return value.every((each) => typeof each === 'string') ? value.toReversed() : value;
      return Object.fromEntries(Object.entries(value).toReversed());
    },
  );
