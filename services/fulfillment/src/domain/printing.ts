import { type Gate, gateOf } from './shipping/gates.ts';
import type { ShippingOrder } from './shipping/order.ts';

/** How a store names itself on what goes into its parcels. */
export interface DocumentSettings {
  readonly sellerName: string;
  /** Line by line. */
  readonly sellerAddress: readonly string[];
  readonly footer: string;
  /** The language of its documents. Null: that of the country they go to. */
  readonly locale: string | null;
}

export const defaultSettings: DocumentSettings = { sellerName: '', sellerAddress: [], footer: '', locale: null };

/** Why there is no packing slip for an order. One that has left the house can be printed again, whatever is known of it since. */
export const slipGateOf = (order: ShippingOrder): Gate | undefined => {
  if (order.lines.every(({ quantity }) => quantity === 0))
    return { code: 'packing-slip.empty', words: 'Nothing of it is to be delivered.' };
  return gateOf(order.state === 'done' ? { ...order, obstacles: [] } : order);
};
