import { durationMs, list, serviceSettings, url } from '@orderbus/service-kit';
import { Cron } from 'croner';
import { z } from 'zod';
import { sealingKeys } from './sealing.ts';

const Region = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['na', 'eu', 'fe']));
const StoreId = z.string().regex(/^[A-Za-z0-9][\w-]{0,39}$/, 'Invalid id: expected up to 40 letters, digits, - and _');
const Secret = z.string().min(1);

/** One seller account, as an application that the seller has authorized sees it. */
export const StoreSettings = z.object({
  id: StoreId,
  name: z.string().min(1).optional(),
  region: Region,
  /** Amazon's marketplace ids; none: all in which the account sells. */
  marketplaces: z.array(z.string().regex(/^\w+$/)).max(50).default([]),
  clientId: Secret,
  clientSecret: Secret,
  refreshToken: Secret,
});
export type StoreSettings = z.output<typeof StoreSettings>;
export type Region = StoreSettings['region'];

const Stores = z
  .string()
  .transform((text, ctx): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      ctx.issues.push({ code: 'custom', message: 'Invalid JSON: expected [{"id": …, "region": …, …}, …]', input: undefined });
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(StoreSettings)
      .min(1)
      .refine((stores) => new Set(stores.map(({ id }) => id)).size === stores.length, 'Two stores have the same id'),
  );

const CronPattern = z.string().refine((pattern) => {
  try {
    new Cron(pattern, { paused: true }).stop();
    return true;
  } catch {
    return false;
  }
}, 'Invalid pattern: expected cron fields, e.g. */5 * * * *');

const ofOneStore = ['AMAZON_REGION', 'AMAZON_CLIENT_ID', 'AMAZON_CLIENT_SECRET', 'AMAZON_REFRESH_TOKEN'] as const;

export const AmazonGatewayConfig = z
  .object({
    ...serviceSettings,
    /** Several stores, as JSON. */
    AMAZON_STORES: Stores.optional(),
    /** Or one store, variable by variable. */
    AMAZON_STORE_ID: StoreId.default('main'),
    AMAZON_REGION: Region.optional(),
    AMAZON_MARKETPLACES: list().default([]),
    AMAZON_CLIENT_ID: Secret.optional(),
    AMAZON_CLIENT_SECRET: Secret.optional(),
    AMAZON_REFRESH_TOKEN: Secret.optional(),
    /** Instead of the region's own: a sandbox. */
    AMAZON_ENDPOINT: url(['http', 'https']).optional(),
    AMAZON_LWA_ENDPOINT: url(['http', 'https']).default('https://api.amazon.com/auth/o2/token'),
    AMAZON_POLL_CRON: CronPattern.default('*/5 * * * *'),
    /** How much of what was read before is read again: Amazon shows some changes late. */
    AMAZON_OVERLAP: durationMs().default(600_000),
    /** Changes since then are imported. Default: from an hour before the store's first pass. */
    AMAZON_START_FROM: z.iso.datetime({ offset: true }).optional(),
    ORDERBUS_KEYS: sealingKeys(),
  })
  .superRefine(
    (config, ctx) => {
      const given = ofOneStore.filter((name) => config[name] !== undefined);
      if (config.AMAZON_STORES === undefined) {
        for (const name of ofOneStore.filter((each) => !given.includes(each)))
          ctx.addIssue({ code: 'custom', path: [name], message: 'Missing: set it, or AMAZON_STORES' });
      } else if (given.length > 0) {
        ctx.addIssue({ code: 'custom', path: ['AMAZON_STORES'], message: `Set either AMAZON_STORES or ${given.join(', ')}` });
      }
    },
    // Also after other mistakes: all of them are told at once.
    { when: () => true },
  );
export type AmazonGatewayConfig = z.output<typeof AmazonGatewayConfig>;

/** The configured stores, however they were written down. */
export const storesOf = (config: AmazonGatewayConfig): readonly StoreSettings[] =>
  config.AMAZON_STORES ?? [
    StoreSettings.parse({
      id: config.AMAZON_STORE_ID,
      region: config.AMAZON_REGION,
      marketplaces: config.AMAZON_MARKETPLACES,
      clientId: config.AMAZON_CLIENT_ID,
      clientSecret: config.AMAZON_CLIENT_SECRET,
      refreshToken: config.AMAZON_REFRESH_TOKEN,
    }),
  ];
