/** A database, or the transaction of a batch. */
interface Queries {
  query(text: string, values: unknown[]): Promise<unknown>;
}

export interface KeptSettings<Settings> {
  readonly settings: Settings;
  /** 0: nobody has settled anything. */
  readonly version: number;
}

/** What is settled for each store, in a table with `tenant`, `version` and `settings`. What is left out is as usual. */
export interface StoreSettings<Settings> {
  of(database: Queries, tenant: string): Promise<KeptSettings<Settings>>;
  /** Nothing, when they are no longer what the caller has seen. */
  replace(database: Queries, tenant: string, seen: KeptSettings<Settings>): Promise<KeptSettings<Settings> | undefined>;
  /** Those of some stores, for deciding. */
  book(database: Queries, tenants: Iterable<string>): Promise<(tenant: string) => Settings>;
}

export const storeSettings = <Settings extends object>(table: string, usual: Settings): StoreSettings<Settings> => ({
  of: async (database, tenant) => {
    const [row] = (await database.query(`select settings, version from ${table} where tenant = $1`, [tenant])) as Partial<
      KeptSettings<Settings>
    >[];
    return { settings: { ...usual, ...row?.settings }, version: row?.version ?? 0 };
  },
  replace: async (database, tenant, { settings, version }) => {
    const kept = (await database.query(
      `insert into ${table} as s (tenant, version, settings) values ($1, 1, $3::jsonb)
       on conflict (tenant) do update set version = s.version + 1, settings = excluded.settings where s.version = $2
       returning version`,
      [tenant, version, JSON.stringify(settings)],
    )) as unknown[];
    return kept.length === 0 ? undefined : { settings, version: version + 1 };
  },
  book: async (database, tenants) => {
    const rows = (await database.query(`select tenant, settings from ${table} where tenant = any($1::text[])`, [
      [...new Set(tenants)],
    ])) as {
      tenant: string;
      settings: Partial<Settings>;
    }[];
    const known = new Map(rows.map(({ tenant, settings }) => [tenant, { ...usual, ...settings }]));
    return (tenant) => known.get(tenant) ?? usual;
  },
});
