import type { FieldIssue } from '@orderbus/kernel';
import { isNonAmazon, marketplaceOf, type Region } from './marketplaces.ts';

/** What becomes of orders that were sold elsewhere and that Amazon only delivers. */
export const nonAmazonChoices = ['leave-out', 'import'] as const;
export type NonAmazonOrders = (typeof nonAmazonChoices)[number];

/** A seller account in one region, with what was decided about it. Its credentials are kept apart. */
export interface Store {
  readonly id: string;
  readonly name: string;
  /** Amazon's merchant token; feeds cannot be written without it. */
  readonly sellerId: string | undefined;
  /** Never changes: it is another account there, with other orders. */
  readonly region: Region;
  /** Amazon's marketplace ids; none: all in which the account sells. */
  readonly marketplaces: readonly string[];
  /** When Amazon is asked for changes, in UTC. */
  readonly cron: string;
  /** Paused by a person: nothing is asked of Amazon and nothing is sent, everything is kept. */
  readonly status: 'active' | 'paused';
  /** Amazon is asked, but nothing is sent. */
  readonly readOnly: boolean;
  readonly nonAmazonOrders: NonAmazonOrders;
  /** Orders created before are imported on request only. */
  readonly startFrom: string;
  readonly createdAt: string;
  /** Where its name, marketplaces and credentials are decided. */
  readonly managedBy: 'environment' | 'api';
}

/** What opens a seller account to an application that the seller has authorized. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** What is wrong with a choice of marketplaces, each of them named. */
export const marketplaceIssues = (region: Region, marketplaces: readonly string[]): FieldIssue[] =>
  marketplaces.flatMap((id, index) => {
    const complaint = complaintAbout(region, id);
    return complaint === undefined ? [] : [{ field: `marketplaces.${index}`, ...complaint }];
  });

const complaintAbout = (region: Region, id: string): Omit<FieldIssue, 'field'> | undefined => {
  const facts = { marketplace: id };
  if (isNonAmazon(id)) {
    const message = `${id} stands for sales outside of Amazon: it is no marketplace that can be asked for orders`;
    return { message, code: 'marketplace.outside-of-amazon', facts };
  }
  const marketplace = marketplaceOf(id);
  if (marketplace === undefined) return { message: `${id} is no marketplace that Amazon serves`, code: 'marketplace.unknown', facts };
  if (marketplace.region === region) return undefined;
  return {
    message: `${id} belongs to the region ${marketplace.region}, the store to ${region}: make a store for each region`,
    code: 'marketplace.other-region',
    facts: { ...facts, region: marketplace.region, own: region },
  };
};
