import type { Database, Transaction } from '@orderbus/outbox';
import { type BillingSettings, defaultSettings } from '../domain/settings.ts';

export interface KeptSettings {
  readonly settings: BillingSettings;
  /** 0: nobody has settled anything. */
  readonly version: number;
}

export const settingsOf = async (database: Pick<Database, 'query'>, tenant: string): Promise<KeptSettings> => {
  const [row] = await database.query<Partial<KeptSettings>>('select settings, version from billing_settings where tenant = $1', [tenant]);
  return { settings: { ...defaultSettings, ...row?.settings }, version: row?.version ?? 0 };
};

/** Nothing, when they are no longer what the caller has seen. */
export const replaceSettings = async (
  database: Pick<Database, 'query'>,
  tenant: string,
  { settings, version }: KeptSettings,
): Promise<KeptSettings | undefined> => {
  const kept = await database.query(
    `insert into billing_settings as s (tenant, version, settings) values ($1, 1, $3::jsonb)
     on conflict (tenant) do update set version = s.version + 1, settings = excluded.settings where s.version = $2
     returning version`,
    [tenant, version, JSON.stringify(settings)],
  );
  return kept.length === 0 ? undefined : { settings, version: version + 1 };
};

/** The settings of these stores, for deciding. */
export const settingsBook = async (tx: Transaction, tenants: Iterable<string>): Promise<(tenant: string) => BillingSettings> => {
  const rows: { tenant: string; settings: Partial<BillingSettings> }[] = await tx.query(
    'select tenant, settings from billing_settings where tenant = any($1::text[])',
    [[...new Set(tenants)]],
  );
  const known = new Map(rows.map(({ tenant, settings }) => [tenant, { ...defaultSettings, ...settings }]));
  return (tenant) => known.get(tenant) ?? defaultSettings;
};
