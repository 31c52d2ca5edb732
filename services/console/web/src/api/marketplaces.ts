import { useQuery } from '@tanstack/react-query';
import { country } from '../ui/format.ts';
import { gateway } from './services.ts';

export interface Marketplace {
  readonly id: string;
  /** Of its country, in the reader's language. */
  readonly name: string;
  readonly domain: string;
  readonly country: string;
  readonly currency: string;
  /** In which its days and deadlines are meant. */
  readonly timeZone: string;
}

const marketplacesQuery = { ...gateway.read('/marketplaces'), staleTime: Number.POSITIVE_INFINITY, meta: { live: false } };

/** All marketplaces by id; empty until they are known. */
export const useMarketplaces = (): ReadonlyMap<string, Marketplace> => {
  const { data } = useQuery(marketplacesQuery);
  return new Map(data?.items.map((one) => [one.id, { ...one, name: country(one.country) }]));
};

/** Also when they cannot be had: nothing waits for them any more. */
export const useMarketplacesKnown = (): boolean => !useQuery(marketplacesQuery).isPending;

export const useMarketplace = (id: string | undefined): Marketplace | undefined => useMarketplaces().get(id ?? '');
