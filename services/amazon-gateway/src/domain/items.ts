import type { AmazonItemJson, AmazonOrderJson } from './amazon-order.ts';

/** The lines by their ids. Amazon lists them in any order: that must not decide about anything. */
export const itemsById = ({ orderItems }: Pick<AmazonOrderJson, 'orderItems'>): readonly AmazonItemJson[] =>
  orderItems.toSorted((a, b) => (a.orderItemId < b.orderItemId ? -1 : 1));
