import { createHash } from 'node:crypto';
import { decimalsOf } from '@orderbus/kernel';
import { type Marketplace, marketplaceOf } from '../world/marketplaces.ts';
import type { WorldOrder, WorldRefund } from '../world/order.ts';
import { lineTotalOf } from './proceeds.ts';

/** A booking of Amazon's, as far as the sandbox keeps books. */
export interface Posting {
  readonly transactionId: string;
  readonly type: 'Shipment' | 'Refund';
  readonly description: string;
  readonly postedAt: number;
  /** What the buyer pays, or gets back with a minus. */
  readonly charges: readonly (readonly [kind: string, minor: number])[];
  /** The tax of it, where Amazon remits it: the seller never sees it. */
  readonly withheld: number;
  readonly fee: number;
}

/** All that was booked for an order, oldest first: what it brought when it was shipped, and each refund. */
export const postingsOf = (order: WorldOrder): Posting[] => {
  const marketplace = marketplaceOf(order.marketplaceId);
  if (!marketplace) return [];
  const refunds = [...Map.groupBy(order.refunds ?? [], ({ transactionId, at }) => transactionId ?? String(at))];
  return [...shipmentOf(order), ...refunds.map(([transactionId, parts]) => refundOf(transactionId, parts, marketplace))];
};

/** As Finances API 2024-06-19 answers it. Its amounts are what changes on the seller's account, fees included. */
export const renderPosting = (posting: Posting, order: WorldOrder) => {
  const { transactionId, type, description, postedAt, charges, withheld, fee } = posting;
  const { currency, id: marketplaceId, name: marketplaceName } = marketplaceOf(order.marketplaceId) as Marketplace;
  const money = (minor: number) => ({ currencyAmount: minor / 10 ** decimalsOf(currency), currencyCode: currency });
  const leaf = (breakdownType: string, minor: number) => ({ breakdownType, breakdownAmount: money(minor), breakdowns: [] });
  const group = (breakdownType: string, parts: readonly (readonly [string, number])[]) => ({
    breakdownType,
    breakdownAmount: money(sumOf(parts)),
    breakdowns: parts.filter(([, minor]) => minor !== 0).map(([kind, minor]) => leaf(kind, minor)),
  });
  const own: Posting['charges'] = [...charges, ['MarketplaceWithheldTax', withheld]];
  const fees: Posting['charges'] = [['AmazonFees', fee]];
  // Amazon shows what comes in as sales, and what goes out as expenses.
  const [sales, expenses] = type === 'Shipment' ? [own, fees] : [fees, own];
  return {
    sellingPartnerMetadata: { sellingPartnerId: order.sellerId, accountType: 'Standard Orders', marketplaceId },
    relatedIdentifiers: [
      { relatedIdentifierName: 'ORDER_ID', relatedIdentifierValue: order.orderId },
      { relatedIdentifierName: 'FINANCIAL_EVENT_GROUP_ID', relatedIdentifierValue: digest(`${order.sellerId}/group`) },
    ],
    transactionType: type,
    transactionId,
    transactionStatus: 'RELEASED',
    description,
    postedDate: new Date(postedAt).toISOString(),
    totalAmount: money(sumOf([...own, ...fees])),
    marketplaceDetails: { marketplaceId, marketplaceName },
    items: [],
    contexts: [],
    breakdowns: [group('Sales', sales), group('Expenses', expenses)],
  };
};

/** Amazon's name of a refund that somebody asks for: there is one for each. */
export const transactionIdOf = ({ orderId, refunds = [] }: WorldOrder): string => digest(`${orderId}/refund/${refunds.length}`);

const feePerMille = 150;

const shipmentOf = (order: WorldOrder): Posting[] => {
  const shipped = order.lines.filter((line) => line.shipped > 0);
  if (shipped.length === 0 || order.channel) return [];
  const paid = shipped.reduce((sum, line) => sum + lineTotalOf(line), 0);
  const tax = shipped.reduce(
    (sum, { amounts }) => sum + amounts.itemTax + amounts.shippingTax + amounts.giftWrapTax - amounts.discountTax,
    0,
  );
  return [
    {
      transactionId: digest(`${order.orderId}/shipment`),
      type: 'Shipment',
      description: 'Order Payment',
      postedAt: order.packages[0]?.shippedAt ?? order.lastUpdatedTime,
      charges: [
        ['ProductCharges', paid - tax],
        ['Tax', tax],
      ],
      withheld: -tax,
      fee: -feeOn(paid - tax),
    },
  ];
};

const refundOf = (transactionId: string, parts: readonly WorldRefund[], { taxInclusive }: Marketplace): Posting => {
  const components = parts.flatMap((part) => part.components);
  const tax = sumOf(components.filter(({ type }) => type.endsWith('Tax')).map(({ type, amount }) => [type, amount]));
  const total = sumOf(components.map(({ type, amount }) => [type, amount]));
  return {
    transactionId,
    type: 'Refund',
    description: 'Refund Order',
    postedAt: parts[0]?.at ?? 0,
    charges: [
      ['ProductCharges', -(total - tax)],
      ['Tax', -tax],
    ],
    withheld: taxInclusive ? 0 : tax,
    fee: feeOn(total - tax),
  };
};

const feeOn = (minor: number): number => Math.round((minor * feePerMille) / 1000);

const sumOf = (parts: readonly (readonly [string, number])[]): number => parts.reduce((sum, [, minor]) => sum + minor, 0);

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
