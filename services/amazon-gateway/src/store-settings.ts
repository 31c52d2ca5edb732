import { StoreId } from '@orderbus/service-kit';
import { Cron } from 'croner';
import { z } from 'zod';
import { regions } from './domain/marketplaces.ts';
import { marketplaceIssues } from './domain/store.ts';

/** How stores are written down: in the environment, and in requests. */

export const RegionName = z.string().toLowerCase().pipe(z.enum(regions));
export const StoreName = z.string().trim().min(1).max(100);
export const SellerId = z.string().regex(/^[A-Z0-9]{8,20}$/, "Invalid seller id: expected Amazon's merchant token, e.g. A3SELLERID00001");
/** A credential: what is wrong with it must not repeat it. */
export const Secret = z.string().min(1).max(4_000);
export const MarketplaceIds = z.array(z.string().max(20)).max(50);

export const CronPattern = z
  .string()
  .max(100)
  .refine((pattern) => {
    try {
      return new Cron(pattern, { timezone: 'UTC', paused: true }).nextRun() !== null;
    } catch {
      return false;
    }
  }, 'Invalid pattern: expected cron fields with a time to come, e.g. */5 * * * *');

export const credentialFields = { clientId: Secret, clientSecret: Secret, refreshToken: Secret };

/** Marketplaces that do not exist, or not in this region, are named. For a schema with `region` and `marketplaces`. */
export const inItsRegion = ({
  issues,
  value,
}: z.core.ParsePayload<{ region: z.output<typeof RegionName>; marketplaces: string[] }>): void => {
  for (const { field, message } of marketplaceIssues(value.region, value.marketplaces))
    issues.push({ code: 'custom', message, path: field.split('.'), input: value });
};

/** One seller account, as an application that the seller has authorized sees it. */
export const StoreSettings = z
  .object({
    id: StoreId,
    name: StoreName.optional(),
    sellerId: SellerId.optional(),
    region: RegionName,
    /** Amazon's marketplace ids; none: all in which the account sells. */
    marketplaces: MarketplaceIds.default([]),
    ...credentialFields,
  })
  .check(inItsRegion);
export type StoreSettings = z.output<typeof StoreSettings>;
