import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { gateway } from './services.ts';

export const storesQuery = gateway.read('/stores');

/** The stores that this person sees. */
export const useStores = () => useQuery(storesQuery).data?.items ?? [];

/** The store that the page is limited to: it is part of the address (`?store=`), and stays through the pages. */
export const useScope = (): string | undefined => useSearch({ strict: false, select: (search: { store?: string }) => search.store });
