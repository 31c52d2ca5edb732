import { type Caller, withinStores } from '@orderbus/service-kit';
import { z } from 'zod';
import type { InStores } from '../store/overview.ts';

/** `all`: every store that the visitor has access to. */
export const storeQuery = { store: z.string().max(100).default('all').describe('A store, or `all` that the visitor has access to') };

/** @throws HttpError 403 for a store that he has no access to */
export const storesAsked = (caller: Pick<Caller, 'stores'>, store: string): InStores => ({
  tenants: withinStores(caller, store === 'all' ? undefined : [store]),
});
