import type { Database } from '@orderbus/outbox';
import { type DocumentSettings, defaultSettings } from '../domain/printing.ts';

export interface KeptSettings {
  readonly settings: DocumentSettings;
  /** 0: nobody has settled anything. */
  readonly version: number;
}

export const settingsOf = async (database: Database, tenant: string): Promise<KeptSettings> => {
  const [row] = await database.query<Partial<KeptSettings>>('select settings, version from document_settings where tenant = $1', [tenant]);
  return { settings: { ...defaultSettings, ...row?.settings }, version: row?.version ?? 0 };
};

/** Nothing, when they are no longer what the caller has seen. */
export const replaceSettings = async (
  database: Database,
  tenant: string,
  { settings, version }: KeptSettings,
): Promise<KeptSettings | undefined> => {
  const kept = await database.query(
    `insert into document_settings as s (tenant, version, settings) values ($1, 1, $3::jsonb)
     on conflict (tenant) do update set version = s.version + 1, settings = excluded.settings where s.version = $2
     returning version`,
    [tenant, version, JSON.stringify(settings)],
  );
  return kept.length === 0 ? undefined : { settings, version: version + 1 };
};

/** The settings of these stores. */
export const settingsBook = async (database: Database, tenants: readonly string[]): Promise<(tenant: string) => DocumentSettings> => {
  const rows = await database.query<{ tenant: string; settings: Partial<DocumentSettings> }>(
    'select tenant, settings from document_settings where tenant = any($1::text[])',
    [[...new Set(tenants)]],
  );
  const known = new Map(rows.map(({ tenant, settings }) => [tenant, { ...defaultSettings, ...settings }]));
  return (tenant) => known.get(tenant) ?? defaultSettings;
};
