import type { Database, Transaction } from '@orderbus/outbox';
import { defaultSettings, type OrderSettings } from '../domain/settings.ts';

export interface KeptSettings {
  readonly settings: OrderSettings;
  /** 0: nobody has settled anything. */
  readonly version: number;
}

export const settingsOf = async (database: Pick<Database, 'query'>, tenant: string): Promise<KeptSettings> => {
  const [row] = await database.query<Partial<KeptSettings>>('select settings, version from order_settings where tenant = $1', [tenant]);
  return { settings: { ...defaultSettings, ...row?.settings }, version: row?.version ?? 0 };
};

/**
 * Keeps them, and has everything that waits in this store looked at again by the new rules. What was only shown comes in when the store
 * begins to import, unless it was shipped meanwhile: the seller has taken care of that elsewhere.
 * Nothing, when they are no longer what the caller has seen.
 */
export const replaceSettings = (
  database: Database,
  tenant: string,
  { settings, version }: KeptSettings,
): Promise<KeptSettings | undefined> =>
  database.transaction(async (tx) => {
    const kept: unknown[] = await tx.query(
      `insert into order_settings as s (tenant, version, settings) values ($1, 1, $3::jsonb)
       on conflict (tenant) do update set version = s.version + 1, settings = excluded.settings where s.version = $2
       returning version`,
      [tenant, version, JSON.stringify(settings)],
    );
    if (kept.length === 0) return undefined;
    await tx.query('update blocker set next_try_at = now() where tenant = $1', [tenant]);
    if (settings.importOrders)
      await tx.query(
        `insert into blocker (order_id, tenant, next_try_at) select id, tenant, now() from orders
         where tenant = $1 and view_only and state = 'pending' and cleared and not shipped_at_amazon
         on conflict (order_id) do nothing`,
        [tenant],
      );
    return { settings, version: version + 1 };
  });

/** The settings of these stores, for deciding. */
export const settingsBook = async (tx: Transaction, tenants: readonly string[]): Promise<(tenant: string) => OrderSettings> => {
  const rows: { tenant: string; settings: Partial<OrderSettings> }[] = await tx.query(
    'select tenant, settings from order_settings where tenant = any($1::text[])',
    [[...new Set(tenants)]],
  );
  const known = new Map(rows.map(({ tenant, settings }) => [tenant, { ...defaultSettings, ...settings }]));
  return (tenant) => known.get(tenant) ?? defaultSettings;
};
