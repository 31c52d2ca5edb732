import { useQuery } from '@tanstack/react-query';
import { own } from '../api/services.ts';
import { useScope } from '../api/stores.ts';

/** How many things wait for a person, in the store that the page is limited to. */
export const useNeedsCount = (): number => {
  const store = useScope();
  return useQuery(own.read('/api/needs/count', { params: { query: { store } } })).data?.needsMe ?? 0;
};
