import type { WorldLine, WorldOrder } from '../../world/order.ts';
import { WriteRefused } from '../decision.ts';
import { exactlyOneOf, type Rule, text } from './schema.ts';

export const amazonOrderId = text(/^\w{3}-\w{7}-\w{7}$/);
export const itemCode = text(/^\d{14}$/);

/** A message names its order by Amazon's number or by the seller's. */
export const exactlyTheOrder = <T extends { readonly AmazonOrderID: string | undefined; readonly MerchantOrderID: string | undefined }>(
  rule: Rule<T>,
): Rule<T> => exactlyOneOf(rule, 'AmazonOrderID', 'MerchantOrderID');

export const lineOf = (order: WorldOrder, code: string | undefined): WorldLine => {
  const line = order.lines.find(({ orderItemId }) => orderItemId === code);
  if (!line) throw new WriteRefused(`AmazonOrderItemCode ${code ?? '(none)'} is not an item of the order.`);
  return line;
};

/** `NoInventory` as the Orders API spells it: `NO_INVENTORY`. */
export const reasonOf = (feedReason: string): string => feedReason.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase();
