import type { OrderLine } from '@orderbus/contracts';
import type { AmazonItemJson } from './amazon-order.ts';
import type { LineAmounts } from './amounts.ts';
import { optional } from './optional.ts';
import { wordOf } from './words.ts';

/** A line in our words. Its quantity may be 0: everything of it has been canceled. */
export const lineOf = (item: AmazonItemJson, money: LineAmounts | undefined): OrderLine => {
  const { orderItemId, quantityOrdered, product, programs, promotion, fulfillment } = item;
  const promotionIds = (promotion?.breakdowns ?? []).flatMap(({ promotionId }) => promotionId || []);
  return {
    lineId: orderItemId,
    sku: product.sellerSku ?? '',
    ...optional('asin', product.asin || undefined),
    title: product.title ?? product.sellerSku ?? '',
    quantity: quantityOrdered,
    quantityShipped: fulfillment?.quantityFulfilled ?? 0,
    taxCollectedBy: isCollectedByAmazon(item) ? 'marketplace' : 'seller',
    ...optional('amounts', money?.amounts),
    ...optional('taxes', money?.taxes),
    ...optional('taxScheme', schemeOf(item)),
    ...optional('programs', distinct([...(programs ?? []).map(wordOf), ...(isPaidOnDelivery(item) ? [cashOnDelivery] : [])])),
    ...optional('promotionIds', distinct(promotionIds)),
    ...optional('iossNumber', fulfillment?.shipping?.internationalShipping?.iossNumber || undefined),
  };
};

/** As facilitator, or as the deemed seller of goods that are sold into the Union: Amazon declares what it reports under a scheme. */
const isCollectedByAmazon = (item: AmazonItemJson): boolean =>
  Boolean(item.tax?.taxCollections?.some(({ model }) => model === 'MARKETPLACE_FACILITATOR')) || schemeOf(item) !== undefined;

/** The scheme under which the marketplace reports the tax. */
const schemeOf = ({ tax }: AmazonItemJson): string | undefined => {
  const scheme = (tax?.taxCalculationBreakdowns ?? []).find(({ reportingScheme }) => reportingScheme)?.reportingScheme;
  return scheme ? wordOf(scheme) : undefined;
};

/** The carrier collects the money. Amazon has no program for it: it shows as a demand on the carrier, or by its fee. */
export const cashOnDelivery = 'cash-on-delivery';

const isPaidOnDelivery = ({ fulfillment, proceeds }: AmazonItemJson): boolean =>
  Boolean(fulfillment?.shipping?.shippingConstraints?.cashOnDelivery) ||
  (proceeds?.breakdowns ?? []).some(({ type }) => type === 'COD_FEE');

/** Sorted, each once; nothing when there is none. */
const distinct = (words: readonly string[]): string[] | undefined => (words.length > 0 ? [...new Set(words)].sort() : undefined);
