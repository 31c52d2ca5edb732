import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../../api/marketplaces.ts';
import { useStatuses } from '../../../api/statuses.ts';
import { useStores } from '../../../api/stores.ts';
import type { OrderState } from '../../../ui/order-states.ts';
import { useProgramNames } from '../programs.ts';

/** What cells call things. Found once for all of them: a thousand cells that each ask for themselves would be felt while scrolling. */
export interface Names {
  readonly t: TFunction<['orders', 'common']>;
  readonly store: (id: string) => string;
  readonly marketplace: (id: string) => string;
  readonly zone: (marketplaceId: string) => string | undefined;
  readonly status: (code: string, state: OrderState) => string;
  readonly program: (code: string) => string;
}

export const useNames = (): Names => {
  const { t } = useTranslation(['orders', 'common']);
  const stores = useStores();
  const marketplaces = useMarketplaces();
  const { all, nameOf } = useStatuses();
  const program = useProgramNames();
  // Another object only when something is called otherwise: stores are asked about every few seconds.
  const known = JSON.stringify([stores.map(({ id, name }) => [id, name]), [...marketplaces.keys()], all]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` stands for all that is named
  return useMemo(() => {
    const storeNames = new Map(stores.map(({ id, name }) => [id, name]));
    return {
      t,
      store: (id) => storeNames.get(id) ?? id,
      marketplace: (id) => marketplaces.get(id)?.name ?? id,
      zone: (id) => marketplaces.get(id)?.timeZone,
      status: nameOf,
      program,
    };
  }, [known, t]);
};
