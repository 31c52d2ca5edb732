import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { done, gateway } from '../../../../api/services.ts';
import { trimmed } from '../credentials/credentials.ts';
import type { NewStore } from './new-store.ts';

/** Tries what is filled in, once as soon as it is shown, and again on request. Nothing is saved. */
export const useTrial = ({ region, credentials }: NewStore, marketplaces: readonly string[], atOnce: boolean) => {
  const test = useMutation({
    mutationFn: () =>
      done(gateway.POST('/stores/test', { body: { region, marketplaces: [...marketplaces], credentials: trimmed(credentials) } })),
    gcTime: 0,
  });
  const { mutate } = test;
  useEffect(() => {
    if (atOnce) mutate();
  }, [atOnce, mutate]);
  return test;
};
