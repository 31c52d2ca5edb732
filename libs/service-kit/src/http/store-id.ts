import { z } from 'zod';
import { said } from './issue-code.ts';

/** A store of the seller's, as `tenant` in a path: also one that nothing is known of yet. */
export const StoreId = z
  .string()
  .regex(/^[A-Za-z0-9][\w-]{0,39}$/, said('store.not-id', 'Expected the id of a store: up to 40 letters, digits, - and _'))
  .describe('The store');

export const storeParams = z.object({ tenant: StoreId });
