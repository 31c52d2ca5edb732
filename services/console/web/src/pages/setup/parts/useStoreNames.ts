import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../../../api/stores.ts';
import { listed } from '../../../ui/format.ts';
import type { Stores } from './StoresField.tsx';

/** Which stores something is about, by their names. */
export const useStoreNames = (): ((stores: Stores | undefined) => string) => {
  const { t } = useTranslation('setup');
  const known = useStores();
  return useCallback(
    (stores = '*') =>
      stores === '*' ? t('allStores') : listed(stores.map((store) => known.find(({ id }) => id === store)?.name ?? store)),
    [t, known],
  );
};
