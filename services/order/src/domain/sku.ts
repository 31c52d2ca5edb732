import type { OrderLine } from '@orderbus/contracts';

/** Our name of the product that a store sells under this one; the same where nothing else is known. */
export type SkuOf = (sellerSku: string) => string;

/** The lines with our names for what they sell. Taking in a line again starts from the store's name, whatever it was called here before. */
export const withOurSkus = (lines: readonly OrderLine[], skuOf: SkuOf): OrderLine[] =>
  lines.map(({ sellerSku, ...line }) => {
    const sold = sellerSku ?? line.sku;
    const sku = skuOf(sold);
    return sku === sold ? { ...line, sku } : { ...line, sku, sellerSku: sold };
  });

export interface Suggestion {
  readonly sku: string;
  /** From 0, nothing in common, to 1, the same but for case and separators. */
  readonly likeness: number;
}

/** Which of our products may be meant, the likeliest first. */
export const suggestionsFor = (sellerSku: string, known: readonly string[]): Suggestion[] =>
  known
    .map((sku) => ({ sku, likeness: likenessOf(sellerSku, sku) }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness || (a.sku < b.sku ? -1 : 1))
    .slice(0, mostSuggestions);

const leastLikeness = 0.4;
const mostSuggestions = 3;

/** The share of neighbouring characters that both have (Dice): it forgives prefixes, suffixes and parts in another order. */
const likenessOf = (one: string, other: string): number => {
  const [a, b] = [plain(one), plain(other)];
  if (a === b) return 1;
  const [ofA, ofB] = [pairsOf(a), pairsOf(b)];
  if (ofA.length + ofB.length === 0) return 0;
  const left = [...ofB];
  const shared = ofA.filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return Math.round((200 * shared.length) / (ofA.length + ofB.length)) / 100;
};

const plain = (sku: string): string => sku.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

const pairsOf = (text: string): string[] => Array.from({ length: Math.max(text.length - 1, 0) }, (_, n) => text.slice(n, n + 2));
