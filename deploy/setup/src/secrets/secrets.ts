import type { ProvisionOptions } from '@orderbus/outbox';

/** Where the services' passwords come from, and how the services come by them. */
export interface Secrets {
  readonly database: ProvisionOptions['secret'];
  readonly broker: ProvisionOptions['secret'];
  /** URLs by schema. */
  handOutDatabases(urls: Readonly<Record<string, string>>): Promise<void>;
  /** URLs by service. */
  handOutUsers(urls: Readonly<Record<string, string>>): Promise<void>;
}
