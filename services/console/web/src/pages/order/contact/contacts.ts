import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { onLive } from '../../../api/live.ts';
import { gateway } from '../../../api/services.ts';
import type { Contacts } from '../facts.ts';

export type Contact = Contacts['contacts'][number];
export type Said = Contacts['said'][number];

/** Amazon is asked each time: so only when somebody looks, and when something was said, not with every event. */
export const contactsQuery = (orderId: string) =>
  queryOptions({
    ...gateway.read('/orders/{orderId}/contacts', { params: { path: { orderId } } }),
    staleTime: 60_000,
    refetchOnWindowFocus: false,
    meta: { live: false },
  });

/** Looks again when Amazon has taken or refused what was said. */
export const useContactNews = (orderId: string): void => {
  const queries = useQueryClient();
  useEffect(
    () =>
      onLive(({ type, orderId: about }) => {
        if (about === orderId && type.startsWith('amazon.contact.')) void queries.invalidateQueries(contactsQuery(orderId));
      }),
    [orderId, queries],
  );
};
