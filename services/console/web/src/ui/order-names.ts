import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { order } from '../api/services.ts';

/** As many as fit into an address. */
const most = 150;

/** What orders are called, by their ids: asked for all at once. Of those that are not known, the beginning of the id. */
export const useOrderNames = (ids: readonly string[]): ((id: string) => string) => {
  const id = [...new Set(ids)].slice(0, most).toSorted();
  const { data } = useQuery({
    ...order.read('/orders', { params: { query: { id, limit: most } } }),
    enabled: id.length > 0,
    placeholderData: keepPreviousData,
    meta: { live: false },
  });
  const names = useMemo(() => new Map(data?.items.map((one) => [one.id, one.number ?? one.amazonOrderId])), [data]);
  return useCallback((one) => names.get(one) ?? one.slice(0, 8), [names]);
};
