import { AppError, formatMoney, parseMoney } from '@orderbus/kernel';
import { type Marketplace, marketplaceOf } from '../../world/marketplaces.ts';
import type { WorldLine, WorldOrder, WorldRefund } from '../../world/order.ts';
import { type Decision, WriteRefused } from '../decision.ts';
import { transactionIdOf } from '../finances.ts';
import { lineTotalOf } from '../proceeds.ts';
import type { AdjustedItem } from './adjustment-schema.ts';
import { lineOf } from './order-message.ts';

/**
 * Pays back what the message says. Nobody remembers a MerchantAdjustmentItemID: said twice, paid twice.
 * @throws WriteRefused
 */
export const decideRefund = (order: WorldOrder, items: readonly AdjustedItem[], at: number): Decision => ({
  effect: 'refunded',
  changes: [
    {
      type: 'refund',
      refunds: booked(
        order,
        items.map((item) => refundOf(order, item, at)),
      ),
    },
  ],
});

/** What is left to pay back of each line. */
export const restOfPayment = (order: WorldOrder, reason: string, at: number): WorldRefund[] =>
  booked(
    order,
    order.lines
      .map((line) => ({
        at,
        orderItemId: line.orderItemId,
        reason,
        components: [{ type: 'Principal', amount: leftToRefund(order, line) }],
      }))
      .filter(({ components }) => components.some(({ amount }) => amount > 0)),
  );

const booked = (order: WorldOrder, refunds: readonly WorldRefund[]): WorldRefund[] => {
  const transactionId = transactionIdOf(order);
  return refunds.map((refund) => ({ ...refund, transactionId }));
};

const refundOf = (order: WorldOrder, item: AdjustedItem, at: number): WorldRefund => {
  const line = lineOf(order, item.AmazonOrderItemCode);
  const marketplace = marketplaceFor(order);
  if (line.shipped === 0) throw new WriteRefused(`Item ${line.orderItemId} is not shipped: cancel it instead of refunding it.`);
  if (item.PromotionAdjustments.length > 0 || item.DirectPaymentAdjustments) {
    throw new WriteRefused('Adjustments of promotions and direct payments are not supported here.');
  }
  const components = (item.ItemPriceAdjustments?.Component ?? []).map((component) => componentOf(component, marketplace));
  refuseSum(order, line, sumOf(components), marketplace);
  return {
    at,
    orderItemId: line.orderItemId,
    reason: item.AdjustmentReason,
    ...(item.MerchantAdjustmentItemID && { adjustmentId: item.MerchantAdjustmentItemID }),
    components,
  };
};

type GivenComponent = NonNullable<AdjustedItem['ItemPriceAdjustments']>['Component'][number];

const componentOf = ({ Type, Amount }: GivenComponent, { country, currency }: Marketplace): WorldRefund['components'][number] => {
  if (country === 'JP' && Type.includes('Tax')) throw new WriteRefused(`The component ${Type} is not eligible for adjustment.`);
  if (Amount.currency !== undefined && Amount.currency !== currency) {
    throw new WriteRefused(`The currency ${Amount.currency} is not the currency of the order, ${currency}.`);
  }
  return { type: Type, amount: minorOf(Amount.value, currency) };
};

const minorOf = (value: string, currency: string): number => {
  try {
    return parseMoney(value, currency).minor;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new WriteRefused(`The amount ${value} is not an amount in ${currency}.`);
  }
};

const refuseSum = (order: WorldOrder, line: WorldLine, net: number, { currency }: Marketplace): void => {
  if (net <= 0) throw new WriteRefused('The net adjustment must be a credit to the buyer.');
  const left = leftToRefund(order, line);
  if (net > left) {
    const most = formatMoney({ minor: left, currency });
    throw new WriteRefused(`The adjustment exceeds what is left of the payment for ${line.orderItemId}: ${most} ${currency}.`);
  }
};

const leftToRefund = ({ refunds = [] }: WorldOrder, line: WorldLine): number =>
  refunds
    .filter(({ orderItemId }) => orderItemId === line.orderItemId)
    .reduce((left, { components }) => left - sumOf(components), lineTotalOf(line));

const sumOf = (components: WorldRefund['components']): number => components.reduce((sum, { amount }) => sum + amount, 0);

const marketplaceFor = ({ marketplaceId }: WorldOrder): Marketplace => {
  const marketplace = marketplaceOf(marketplaceId);
  if (!marketplace) throw new AppError('bug', 'sandbox.marketplace-unknown', { marketplaceId });
  return marketplace;
};
