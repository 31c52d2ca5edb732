import type { ServiceHeaders } from '@orderbus/service-kit';
import { askJson, putJson } from './http.ts';

interface ListedProduct {
  readonly sku: string;
  readonly title: string;
  readonly stocked: boolean;
}

const plenty = 500;
const scarce = 4;

/**
 * On the first start, fills the warehouse with what the sandbox sells. Not quite: one product is missing, one is sold out, and a few are
 * scarce, so that orders get blocked as they do in a real shop, and somebody can look after them.
 */
export const fillShelves = async (sandboxUrl: string, fulfillmentUrl: string, headersFor: ServiceHeaders): Promise<void> => {
  const headers = await headersFor('fulfillment');
  const { items } = await askJson<{ items: { onHand: number }[] }>(`${fulfillmentUrl}/stock?limit=200`, headers);
  // Not "are there products": a first start may have ended between the products and their stock.
  if (items.some(({ onHand }) => onHand > 0)) return;
  const { products } = await askJson<{ products: ListedProduct[] }>(`${sandboxUrl}/sandbox/catalogue`);
  const missing = products.findLast(({ stocked }) => !stocked)?.sku;
  const shelf = products.filter(({ sku }) => sku !== missing);
  await putJson(
    `${fulfillmentUrl}/products`,
    shelf.map(({ sku, title }) => ({ sku, title })),
    headers,
  );
  await putJson(
    `${fulfillmentUrl}/stock`,
    shelf.map(({ sku, stocked }, index) => ({ sku, onHand: stocked ? (index % 13 === 0 ? scarce : plenty) : 0 })),
    headers,
  );
};
