import { durationMs, keySettings, list, StoreId, serviceSettings, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { marketplaceIssues } from './domain/store.ts';
import { CronPattern, RegionName, Secret, SellerId, StoreSettings } from './store-settings.ts';

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

const durationsMs = () => list().pipe(z.array(durationMs()).min(1));

const ofOneStore = ['AMAZON_REGION', 'AMAZON_CLIENT_ID', 'AMAZON_CLIENT_SECRET', 'AMAZON_REFRESH_TOKEN'] as const;

export const AmazonGatewayConfig = z
  .object({
    ...serviceSettings,
    /** Several stores, as JSON. */
    AMAZON_STORES: Stores.optional(),
    /** Or one store, variable by variable. */
    AMAZON_STORE_ID: StoreId.default('main'),
    AMAZON_REGION: RegionName.optional(),
    AMAZON_MARKETPLACES: list().default([]),
    AMAZON_CLIENT_ID: Secret.optional(),
    AMAZON_CLIENT_SECRET: Secret.optional(),
    AMAZON_REFRESH_TOKEN: Secret.optional(),
    /** Its merchant token: cancellations and refunds cannot be written without it. */
    AMAZON_SELLER_ID: SellerId.optional(),
    /** Instead of the region's own: a sandbox. */
    AMAZON_ENDPOINT: url(['http', 'https']).optional(),
    AMAZON_LWA_ENDPOINT: url(['http', 'https']).default('https://api.amazon.com/auth/o2/token'),
    /** Of the stores that have no pattern of their own. */
    AMAZON_POLL_CRON: CronPattern.default('*/5 * * * *'),
    /** How much of what was read before is read again: Amazon shows some changes late. */
    AMAZON_OVERLAP: durationMs().default(600_000),
    /** Orders created since then are imported. Default: from an hour before the store was connected. */
    AMAZON_START_FROM: z.iso.datetime({ offset: true }).optional(),
    /** How long failed calls to Amazon stay on record. */
    AMAZON_ERROR_LOG_KEPT: durationMs().default(400 * 86_400_000),
    /** How long the words of a message to a buyer are kept after it was sent, unless the buyer is forgotten before. */
    AMAZON_CONTACT_KEPT: durationMs().default(30 * 86_400_000),
    /** When to search for orders that the polls have missed, in UTC; each store at its own moment of the hour after that. */
    AMAZON_GAP_CRON: CronPattern.default('17 3 * * *'),
    /** How far back is searched. */
    AMAZON_GAP_WINDOW: durationMs().default(259_200_000),
    /** How long a store may be out of step before somebody is told. */
    AMAZON_STALLED_AFTER: durationMs().default(1_800_000),
    /** How long Amazon lets a client secret open a store, counted from when it was first seen here. Before its end somebody is told. */
    AMAZON_SECRET_LIFETIME: durationMs().default(180 * 86_400_000),
    /** How long a seller's authorization lasts: a year for public applications. Default: without end, as for an application of one's own. */
    AMAZON_AUTHORIZATION_LIFETIME: durationMs().optional(),
    /** How long a write to Amazon may wait for its end before somebody is told. */
    AMAZON_WRITE_DEADLINE: durationMs().default(86_400_000),
    /** When nobody knows what came of a write: the pauses before each look at its order, the last one again and again. */
    AMAZON_READ_BACK_DELAYS: durationsMs().default([5_000, 20_000, 60_000, 300_000, 900_000]),
    /** How long a write is left to the process that has claimed it. Longer than any call takes: after that, another one takes it over. */
    AMAZON_ABANDONED_AFTER: durationMs()
      .refine((ms) => ms >= 60_000, 'Too short: a call may take half a minute, 1m at least')
      .default(180_000),
    /** How long cancellations and refunds gather before they are sent in a feed. */
    AMAZON_FEED_EVERY: durationMs().default(120_000),
    /** Between two feeds of one store and type at least. Amazon advises 20 minutes. */
    AMAZON_FEED_MIN_INTERVAL: durationMs().default(0),
    /** When to look at a feed for the first time; the later looks are multiples of it. */
    AMAZON_FEED_PATIENCE: durationMs().default(15_000),
    /** How long Amazon may take with a feed before somebody is told. */
    AMAZON_FEED_STUCK_AFTER: durationMs().default(28_800_000),
    /** When to look for a refund in Amazon's books for the first time; the later looks are multiples of it. */
    AMAZON_BOOKING_PATIENCE: durationMs().default(900_000),
    /** The billing service: it writes the invoices that Amazon wants to have. */
    BILLING_URL: url(['http', 'https']).default('http://127.0.0.1:4704'),
    ...keySettings,
    /** Where people find this installation: a copy of its database is known by having another one. */
    ORDERBUS_URL: url(['http', 'https']).optional(),
  })
  .superRefine(
    (config, ctx) => {
      const given = ofOneStore.filter((name) => config[name] !== undefined);
      for (const { message } of config.AMAZON_REGION ? marketplaceIssues(config.AMAZON_REGION, config.AMAZON_MARKETPLACES ?? []) : [])
        ctx.addIssue({ code: 'custom', path: ['AMAZON_MARKETPLACES'], message });
      if (given.length === 0) return;
      if (config.AMAZON_STORES !== undefined)
        ctx.addIssue({ code: 'custom', path: ['AMAZON_STORES'], message: `Set either AMAZON_STORES or ${given.join(', ')}` });
      else
        for (const name of ofOneStore.filter((each) => !given.includes(each)))
          ctx.addIssue({ code: 'custom', path: [name], message: `Missing: it goes with ${given.join(', ')}` });
    },
    // Also after other mistakes: all of them are told at once.
    { when: () => true },
  );
export type AmazonGatewayConfig = z.output<typeof AmazonGatewayConfig>;

/** The stores that the environment names, however they were written down. There may be none: stores are made over HTTP, too. */
export const storesOf = (config: AmazonGatewayConfig): readonly StoreSettings[] => {
  if (config.AMAZON_STORES) return config.AMAZON_STORES;
  if (config.AMAZON_REGION === undefined) return [];
  return [
    StoreSettings.parse({
      id: config.AMAZON_STORE_ID,
      sellerId: config.AMAZON_SELLER_ID,
      region: config.AMAZON_REGION,
      marketplaces: config.AMAZON_MARKETPLACES,
      clientId: config.AMAZON_CLIENT_ID,
      clientSecret: config.AMAZON_CLIENT_SECRET,
      refreshToken: config.AMAZON_REFRESH_TOKEN,
    }),
  ];
};
