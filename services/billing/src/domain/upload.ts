import type { ToldRefusal } from '@orderbus/contracts';

/** Where the upload of a document to Amazon stands. `attempt`: how often it was asked for. */
export interface Upload {
  readonly state: 'none' | 'requested' | 'accepted' | 'refused';
  readonly attempt: number;
  /** Why Amazon did not take it. */
  readonly refusal?: ToldRefusal;
}

export const notUploaded: Upload = { state: 'none', attempt: 0 };

/** Where Amazon takes VAT invoices from sellers. */
const takingCountries: ReadonlySet<string> = new Set(['ES', 'GB', 'FR', 'DE', 'IT', 'NL', 'PL', 'SE']);

export const takesInvoices = (country: string | null): boolean => country !== null && takingCountries.has(country);
