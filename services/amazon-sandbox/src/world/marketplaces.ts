export type Region = 'NA' | 'EU' | 'FE';

export interface Marketplace {
  readonly id: string;
  readonly region: Region;
  readonly country: string;
  readonly name: string;
  readonly currency: string;
  /** Do prices shown to the buyer contain the tax? */
  readonly taxInclusive: boolean;
  /** The tax in thousandths of the price without it. */
  readonly taxPerMille: number;
  /** What Amazon adds, collects and remits as marketplace facilitator, in thousandths of the price. */
  readonly facilitatorTaxPerMille: number;
  /** Its local midnight ends the windows for shipping and delivery. Standard time all year. */
  readonly utcOffsetHours: number;
  /** How the first three digits of an order number begin here. */
  readonly orderPrefixes: readonly string[];
  /** The local price of something that costs one US dollar. */
  readonly priceFactor: number;
}

export const marketplaceOf = (id: string): Marketplace | undefined => byId.get(id);

export const regionOf = (marketplaceId: string): Region | undefined => byId.get(marketplaceId)?.region ?? elsewhere.get(marketplaceId);

const inclusive = (taxPerMille: number) => ({ taxInclusive: true, taxPerMille, facilitatorTaxPerMille: 0 }) as const;
const exclusive = (taxPerMille: number) => ({ taxInclusive: false, taxPerMille, facilitatorTaxPerMille: taxPerMille }) as const;
const northAmerica = { region: 'NA', orderPrefixes: ['111', '112', '113', '114'] } as const;
const europe = { region: 'EU', orderPrefixes: ['302', '303', '304', '305', '306'], utcOffsetHours: 1 } as const;
const euro = { ...europe, currency: 'EUR', priceFactor: 0.95 } as const;

/** The marketplaces in which the demo sellers sell. */
export const marketplaces: readonly Marketplace[] = [
  {
    ...northAmerica,
    ...exclusive(82),
    id: 'ATVPDKIKX0DER',
    country: 'US',
    name: 'Amazon.com',
    currency: 'USD',
    utcOffsetHours: -8,
    priceFactor: 1,
  },
  {
    ...northAmerica,
    ...exclusive(130),
    id: 'A2EUQ1WTGCTBG2',
    country: 'CA',
    name: 'Amazon.ca',
    currency: 'CAD',
    utcOffsetHours: -5,
    priceFactor: 1.35,
    orderPrefixes: ['701', '702'],
  },
  {
    ...northAmerica,
    ...inclusive(160),
    id: 'A1AM78C64UM0Y8',
    country: 'MX',
    name: 'Amazon.com.mx',
    currency: 'MXN',
    utcOffsetHours: -6,
    priceFactor: 18,
    orderPrefixes: ['701', '702'],
  },
  { ...euro, ...inclusive(190), id: 'A1PA6795UKMFR9', country: 'DE', name: 'Amazon.de' },
  { ...euro, ...inclusive(200), id: 'A13V1IB3VIYZZH', country: 'FR', name: 'Amazon.fr', orderPrefixes: ['402', '403', '404'] },
  {
    ...europe,
    ...inclusive(200),
    id: 'A1F83G8C2ARO7P',
    country: 'GB',
    name: 'Amazon.co.uk',
    currency: 'GBP',
    utcOffsetHours: 0,
    priceFactor: 0.82,
    orderPrefixes: ['202', '203', '204', '205'],
  },
  { ...euro, ...inclusive(220), id: 'APJ6JRA9NG5V4', country: 'IT', name: 'Amazon.it', orderPrefixes: ['402', '403', '404'] },
  { ...euro, ...inclusive(210), id: 'A1RKKUPIHCS9HS', country: 'ES', name: 'Amazon.es', orderPrefixes: ['402', '403', '404'] },
  {
    ...inclusive(100),
    id: 'A1VC38T7YXB528',
    region: 'FE',
    country: 'JP',
    name: 'Amazon.co.jp',
    currency: 'JPY',
    utcOffsetHours: 9,
    priceFactor: 150,
    orderPrefixes: ['249', '250', '503'],
  },
  {
    ...inclusive(100),
    id: 'A39IBJ37TRP1C6',
    region: 'FE',
    country: 'AU',
    name: 'Amazon.com.au',
    currency: 'AUD',
    utcOffsetHours: 10,
    priceFactor: 1.5,
    orderPrefixes: ['250', '503'],
  },
];

const byId = new Map(marketplaces.map((marketplace) => [marketplace.id, marketplace]));

/** Amazon's other marketplaces: valid for their region, but no demo seller sells there. */
const elsewhere = new Map<string, Region>([
  ['A2Q3Y263D00KWC', 'NA'],
  ...['A28R8C7NBKEWEA', 'AMEN7PMS3EDWL', 'A1805IZSGTT6HS', 'A2NODRKZP88ZB9', 'AE08WJ6YKNBMC', 'A1C3SOZRARQ6R3'].map(inEurope),
  ...['ARBP9OOSHTCHU', 'A33AVAJ2PDY3EV', 'A17E79C6D8DWNP', 'A2VIGQ35RCS4UG', 'A21TJRUUN4KGV'].map(inEurope),
  ['A19VAU5U5O7RUS', 'FE'],
]);

function inEurope(id: string): [string, Region] {
  return [id, 'EU'];
}
