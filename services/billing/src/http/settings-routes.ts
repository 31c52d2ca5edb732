import { type Route, type ServiceKit, said, storeSettingsRoutes } from '@orderbus/service-kit';
import { z } from 'zod';
import { defaultSettings } from '../domain/settings.ts';
import { billingSettings } from '../store/billing-settings.ts';

const affix = z.string().regex(/^[A-Za-z0-9._/-]{0,20}$/, said('number.not-affix', 'Expected up to 20 letters, digits, . _ / and -'));
const text = (longest: number) => z.string().trim().max(longest);

const Settings = z.strictObject({
  invoicing: z
    .enum(['on-import', 'on-shipment', 'manual'])
    .describe('When an order gets its invoice: as it comes in, parcel by parcel, or when somebody says so'),
  shop: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,11}$/, said('number.not-prefix', 'Expected a letter, then letters or digits, 12 at most'))
    .nullable()
    .describe('Its documents are numbered together with those of other stores of the same shop. null: the shop that the order came with'),
  invoicePrefix: affix.nullable().describe("null: the shop's name and a hyphen, where there is a shop"),
  invoiceSuffix: affix,
  creditMemoPrefix: affix.nullable().describe("null: the shop's name and a hyphen, where there is a shop"),
  creditMemoSuffix: affix,
  uploadVatInvoices: z.boolean().describe('Hands documents in at Amazon where it takes them: ES, GB, FR, DE, IT, NL, PL, SE'),
  sellerName: text(120),
  sellerAddress: z.array(text(120)).max(8).describe('Line by line, as it stands on documents'),
  vatId: text(40),
  footer: text(1_000),
  locale: z.enum(['en', 'de', 'fr', 'es', 'it', 'ja']).nullable().describe('Of documents. null: that of the country sold to'),
  vatRates: z
    .record(
      z.string().regex(/^[A-Z]{2}$/, said('address.no-country', 'Expected a country, ISO 3166')),
      z.number().min(0).max(100).multipleOf(0.001),
    )
    .describe("The seller's own tax rates in percent: for taxes that are in the prices and that Amazon does not tell"),
});

/** How a store is billed. What was issued stays as it is. */
export const settingsRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] =>
  storeSettingsRoutes(database, {
    path: '/billing-settings',
    tag: 'settings',
    get: { summary: 'How a store is billed; the usual, as long as nobody has settled on anything else' },
    put: {
      summary: 'Replaces how a store is billed; what is left out becomes what is usual',
      description: 'Holds for what is billed from now on. Documents that were issued stay as they are, and so do their numbers.',
    },
    schema: Settings,
    usual: defaultSettings,
    kept: billingSettings,
  });
