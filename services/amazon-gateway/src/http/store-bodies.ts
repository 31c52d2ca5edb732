import { StoreId } from '@orderbus/service-kit';
import { z } from 'zod';
import { nonAmazonChoices } from '../domain/store.ts';
import { CronPattern, credentialFields, inItsRegion, MarketplaceIds, RegionName, SellerId, StoreName } from '../store-settings.ts';

const startFrom = z.iso
  .datetime({ offset: true })
  .transform((time) => new Date(time).toISOString())
  .describe('Orders created before are imported on request only');
const cron = CronPattern.describe('When Amazon is asked for changes, in UTC');
const marketplaces = MarketplaceIds.describe("Amazon's marketplace ids; empty: all in which the account sells");
const sellerId = SellerId.describe("Amazon's merchant token: cancellations and refunds cannot be written without it");

export const CredentialsBody = z.strictObject(credentialFields);

const account = { region: RegionName, marketplaces: marketplaces.default([]) };

export const NewStoreBody = z
  .strictObject({
    id: StoreId,
    name: StoreName.optional(),
    sellerId: sellerId.optional(),
    ...account,
    cron: cron.optional(),
    nonAmazonOrders: z.enum(nonAmazonChoices).optional(),
    startFrom: startFrom.optional().describe('Default: an hour ago'),
    readOnly: z.boolean().optional(),
    credentials: CredentialsBody,
  })
  .check(inItsRegion);

export const TrialBody = z.strictObject({ ...account, credentials: CredentialsBody }).check(inItsRegion);

export const StoreChangeBody = z.strictObject({
  name: StoreName.optional(),
  sellerId: sellerId.optional(),
  region: RegionName.optional().describe('Cannot change'),
  marketplaces: marketplaces.optional(),
  cron: cron.nullable().optional().describe("Null: the installation's default"),
  nonAmazonOrders: z.enum(nonAmazonChoices).optional(),
  startFrom: startFrom.optional(),
  readOnly: z.boolean().optional().describe('Nothing is sent to Amazon for this store; commands wait'),
});

export const DeletionBody = z.strictObject({
  confirm: z.string().describe("The store's id once more"),
  abandon: z.boolean().default(false).describe('Also when writes to Amazon are open: they count as failed'),
});
