import { regionOf } from '../world/marketplaces.ts';
import { type FulfilledBy, type FulfillmentStatus, fulfillmentStatuses } from '../world/order.ts';
import { type Seller, sellsIn } from '../world/sellers.ts';
import { invalidInput, unauthorized } from './amazon-error.ts';
import { type IncludedData, includedDataValues } from './included-data.ts';
import { type PageToken, readPageToken } from './page-token.ts';
import { countParameter, listParameter, type RawQuery, singleParameters, timeParameter } from './parameters.ts';

/** A searchOrders request that keeps every rule. */
export interface SearchRequest {
  readonly by: 'createdTime' | 'lastUpdatedTime';
  readonly from: number;
  /** The effective upper limit, which the answer repeats. */
  readonly until: number;
  readonly statuses: ReadonlySet<FulfillmentStatus> | undefined;
  readonly fulfilledBy: ReadonlySet<FulfilledBy> | undefined;
  readonly marketplaceIds: ReadonlySet<string> | undefined;
  readonly limit: number;
  readonly included: ReadonlySet<IncludedData>;
  readonly page: PageToken | undefined;
  /** What a token of this search is bound to: the seller and every parameter but the size and the contents of a page. */
  readonly identity: string;
}

export interface SearchCircumstances {
  readonly seller: Seller;
  readonly now: number;
  /** Nothing later than this can be seen or asked for: Amazon's two minutes. */
  readonly visibleUntil: number;
}

const times = ['createdAfter', 'createdBefore', 'lastUpdatedAfter', 'lastUpdatedBefore'] as const;
const parameters = [
  ...times,
  'fulfillmentStatuses',
  'marketplaceIds',
  'fulfilledBy',
  'maxResultsPerPage',
  'paginationToken',
  'includedData',
];

/** @throws AmazonError 400 naming the parameter, or 403 for a marketplace that is not the seller's. */
export const readSearchRequest = (query: RawQuery, { seller, now, visibleUntil }: SearchCircumstances): SearchRequest => {
  const given = singleParameters(query, parameters);
  const window = readWindow(given, visibleUntil);
  const statuses = listParameter('fulfillmentStatuses', given.fulfillmentStatuses, fulfillmentStatuses);
  const fulfilledBy = listParameter('fulfilledBy', given.fulfilledBy, ['MERCHANT', 'AMAZON'] as const);
  const marketplaceIds = listParameter<string>('marketplaceIds', given.marketplaceIds, undefined, 50);
  const limit = countParameter('maxResultsPerPage', given.maxResultsPerPage, 1, 100) ?? 100;
  const included = readIncludedData(given.includedData);
  for (const id of marketplaceIds ?? []) admitMarketplace(seller, id);
  const identity = identityOf(given, seller);
  const page = given.paginationToken === undefined ? undefined : readPageToken(given.paginationToken, identity, now);
  return {
    ...window,
    until: page?.until ?? window.until,
    statuses: statuses && new Set(statuses),
    fulfilledBy: fulfilledBy && new Set(fulfilledBy),
    marketplaceIds: marketplaceIds && new Set(marketplaceIds),
    limit,
    included,
    page,
    identity,
  };
};

export const readIncludedData = (value: string | undefined): ReadonlySet<IncludedData> =>
  new Set(listParameter('includedData', value, includedDataValues) ?? []);

const readWindow = (given: Record<string, string>, visibleUntil: number): Pick<SearchRequest, 'by' | 'from' | 'until'> => {
  const created = given.createdAfter !== undefined;
  if (!created && given.lastUpdatedAfter === undefined) {
    throw invalidInput('createdAfter', null, 'Exactly one of createdAfter and lastUpdatedAfter must be provided');
  }
  const [after, before] = created ? (['createdAfter', 'createdBefore'] as const) : (['lastUpdatedAfter', 'lastUpdatedBefore'] as const);
  const stranger = times.find((name) => given[name] !== undefined && name !== after && name !== before);
  if (stranger) throw invalidInput(stranger, given[stranger], `Member must not be provided together with ${after}`);
  const from = timeParameter(after, given[after]) as number;
  const until = timeParameter(before, given[before]);
  if (until !== undefined && until < from) throw invalidInput(before, given[before], `Member must be equal to or after ${after}`);
  if (until !== undefined && until > visibleUntil) {
    throw invalidInput(before, given[before], 'Member must be at least two minutes before the time of the request');
  }
  return { by: created ? 'createdTime' : 'lastUpdatedTime', from, until: until ?? visibleUntil };
};

export const admitMarketplace = (seller: Seller, marketplaceId: string): void => {
  if (regionOf(marketplaceId) !== seller.region) throw unauthorized('The marketplaces you provided are not valid for region.');
  if (!sellsIn(seller, marketplaceId)) throw unauthorized('');
};

const identityOf = (given: Record<string, string>, seller: Seller): string => {
  const { maxResultsPerPage: _size, includedData: _contents, paginationToken: _token, ...rest } = given;
  return JSON.stringify([seller.sellerId, Object.entries(rest).sort()]);
};
