import { type Database, type KeptSettings, storeSettings } from '@orderbus/outbox';
import { defaultSettings, type OrderSettings } from '../domain/settings.ts';

export const orderSettings = storeSettings('order_settings', defaultSettings);

/**
 * Keeps them, and has everything that waits in this store looked at again by the new rules. What was only shown comes in when the store
 * begins to import, unless it was shipped meanwhile: the seller has taken care of that elsewhere.
 * Nothing, when they are no longer what the caller has seen.
 */
export const replaceSettings = (
  database: Database,
  tenant: string,
  seen: KeptSettings<OrderSettings>,
): Promise<KeptSettings<OrderSettings> | undefined> =>
  database.transaction(async (tx) => {
    const kept = await orderSettings.replace(tx, tenant, seen);
    if (kept === undefined) return undefined;
    await tx.query('update blocker set next_try_at = now() where tenant = $1', [tenant]);
    if (kept.settings.importOrders)
      await tx.query(
        `insert into blocker (order_id, tenant, next_try_at) select id, tenant, now() from orders
         where tenant = $1 and view_only and state = 'pending' and cleared and not shipped_at_amazon
         on conflict (order_id) do nothing`,
        [tenant],
      );
    return kept;
  });
