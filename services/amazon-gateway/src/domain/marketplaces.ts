/** One endpoint of Amazon's, and one authorization of the seller's, for each. */
export const regions = ['na', 'eu', 'fe'] as const;
export type Region = (typeof regions)[number];

/** A country's site, as the API knows it. */
export interface Marketplace {
  readonly id: string;
  readonly region: Region;
  /** ISO 3166. */
  readonly country: string;
  readonly name: string;
  readonly currency: string;
  readonly domain: string;
  /** Where its days begin and end: the windows for shipping and delivery do so at its midnight. */
  readonly timeZone: string;
}

const na = (id: string, country: string, name: string, currency: string, domain: string, timeZone: string): Marketplace => ({
  ...{ id, region: 'na', country, name, currency, domain, timeZone },
});
const eu: typeof na = (...of) => ({ ...na(...of), region: 'eu' });
const fe: typeof na = (...of) => ({ ...na(...of), region: 'fe' });

/** All that Amazon's Selling Partner API serves. */
export const marketplaces: readonly Marketplace[] = [
  na('A2EUQ1WTGCTBG2', 'CA', 'Canada', 'CAD', 'amazon.ca', 'America/Toronto'),
  na('ATVPDKIKX0DER', 'US', 'United States', 'USD', 'amazon.com', 'America/Los_Angeles'),
  na('A1AM78C64UM0Y8', 'MX', 'Mexico', 'MXN', 'amazon.com.mx', 'America/Mexico_City'),
  na('A2Q3Y263D00KWC', 'BR', 'Brazil', 'BRL', 'amazon.com.br', 'America/Sao_Paulo'),
  eu('A28R8C7NBKEWEA', 'IE', 'Ireland', 'EUR', 'amazon.ie', 'Europe/Dublin'),
  eu('A1RKKUPIHCS9HS', 'ES', 'Spain', 'EUR', 'amazon.es', 'Europe/Madrid'),
  eu('A1F83G8C2ARO7P', 'GB', 'United Kingdom', 'GBP', 'amazon.co.uk', 'Europe/London'),
  eu('A13V1IB3VIYZZH', 'FR', 'France', 'EUR', 'amazon.fr', 'Europe/Paris'),
  eu('AMEN7PMS3EDWL', 'BE', 'Belgium', 'EUR', 'amazon.com.be', 'Europe/Brussels'),
  eu('A1805IZSGTT6HS', 'NL', 'Netherlands', 'EUR', 'amazon.nl', 'Europe/Amsterdam'),
  eu('A1PA6795UKMFR9', 'DE', 'Germany', 'EUR', 'amazon.de', 'Europe/Berlin'),
  eu('APJ6JRA9NG5V4', 'IT', 'Italy', 'EUR', 'amazon.it', 'Europe/Rome'),
  eu('A2NODRKZP88ZB9', 'SE', 'Sweden', 'SEK', 'amazon.se', 'Europe/Stockholm'),
  eu('AE08WJ6YKNBMC', 'ZA', 'South Africa', 'ZAR', 'amazon.co.za', 'Africa/Johannesburg'),
  eu('A1C3SOZRARQ6R3', 'PL', 'Poland', 'PLN', 'amazon.pl', 'Europe/Warsaw'),
  eu('ARBP9OOSHTCHU', 'EG', 'Egypt', 'EGP', 'amazon.eg', 'Africa/Cairo'),
  eu('A33AVAJ2PDY3EV', 'TR', 'Türkiye', 'TRY', 'amazon.com.tr', 'Europe/Istanbul'),
  eu('A17E79C6D8DWNP', 'SA', 'Saudi Arabia', 'SAR', 'amazon.sa', 'Asia/Riyadh'),
  eu('A2VIGQ35RCS4UG', 'AE', 'United Arab Emirates', 'AED', 'amazon.ae', 'Asia/Dubai'),
  eu('A21TJRUUN4KGV', 'IN', 'India', 'INR', 'amazon.in', 'Asia/Kolkata'),
  fe('A19VAU5U5O7RUS', 'SG', 'Singapore', 'SGD', 'amazon.sg', 'Asia/Singapore'),
  fe('A39IBJ37TRP1C6', 'AU', 'Australia', 'AUD', 'amazon.com.au', 'Australia/Sydney'),
  fe('A1VC38T7YXB528', 'JP', 'Japan', 'JPY', 'amazon.co.jp', 'Asia/Tokyo'),
];

export const marketplaceOf = (marketplaceId: string): Marketplace | undefined => byId.get(marketplaceId);

export const countryOf = (marketplaceId: string): string | undefined => byId.get(marketplaceId)?.country;

/** The Sellers API lists these beside the others. Asking for their orders is answered with 403. */
export const isNonAmazon = (marketplaceId: string): boolean => nonAmazon.has(marketplaceId);

const byId = new Map(marketplaces.map((marketplace) => [marketplace.id, marketplace]));
const nonAmazon = new Set(['A38D8NSA03LJTC', 'AFQLKURYRPEL8', 'A2ZV50J4W1RKNI']);
