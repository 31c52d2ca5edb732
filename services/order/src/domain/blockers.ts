import type { BlockReason } from '@orderbus/contracts';
import { hasBadAddress } from './address.ts';
import type { Order } from './order.ts';

/** Why an order does not go on by itself. */
export const blockerCauses = ['unknown-sku', 'disabled', 'out-of-stock', 'address', 'no-lines', 'no-answer'] as const;
export type BlockerCause = (typeof blockerCauses)[number];

export interface Blocker {
  readonly cause: BlockerCause;
  /** The product, where it is about one. */
  readonly sku?: string;
  /** What it is and what to do about it, for a person. */
  readonly words: string;
}

type Blocked = Pick<Order, 'lines' | 'stock' | 'blockReasons' | 'fulfilledBy' | 'addressIssues'>;

export const blockersOf = (order: Blocked): Blocker[] => [...addressBlockers(order), ...stockBlockers(order)];

const addressBlockers = (order: Blocked): Blocker[] =>
  hasBadAddress(order)
    ? [
        {
          cause: 'address',
          words: `please check the shipping address, it is not acceptable (${order.addressIssues.join(', ')}): correct it`,
        },
      ]
    : [];

const stockBlockers = ({ lines, stock, blockReasons }: Blocked): Blocker[] => {
  if (lines.length === 0) return [{ cause: 'no-lines', words: 'Amazon shows no items in it yet' }];
  if (stock === 'reserved') return [];
  if (blockReasons.length === 0) return [{ cause: 'no-answer', words: 'its stock has been asked for; there is no answer yet' }];
  return blockReasons.map((reason) => ({ cause: reason.cause, sku: reason.sku, words: wordsOf[reason.cause](reason) }));
};

const wordsOf: Readonly<Record<BlockReason['cause'], (reason: BlockReason) => string>> = {
  'unknown-sku': ({ sku }) => `no product has the SKU ${sku}: make one known, or map the SKU to one of yours`,
  disabled: ({ sku }) => `the product ${sku} is disabled: enable it`,
  'out-of-stock': ({ sku, wanted, available }) => `of ${sku}, ${wanted} are wanted and ${available} are there: restock it`,
};
