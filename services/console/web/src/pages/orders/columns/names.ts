import { useNavigate } from '@tanstack/react-router';
import type { ParseKeys, TFunction } from 'i18next';
import { type MouseEvent, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../../api/marketplaces.ts';
import { useStatuses } from '../../../api/statuses.ts';
import { useScope, useStores } from '../../../api/stores.ts';
import type { OrderState } from '../../../ui/order-states.ts';
import { useProgramNames } from '../../../ui/programs.ts';

/** What cells call things. Found once for all of them: a thousand cells that each ask for themselves would be felt while scrolling. */
export interface Names {
  readonly t: TFunction<['orders', 'common']>;
  /** Words without anything to fill in, found once. */
  readonly word: (key: ParseKeys<'orders'>) => string;
  readonly store: (id: string) => string;
  readonly marketplace: (id: string) => string;
  readonly zone: (marketplaceId: string) => string | undefined;
  readonly status: (code: string, state: OrderState) => string;
  readonly program: (code: string) => string;
  /** Where an order is, and the way there, as a link of the router has them: two of those in each row cost as much as the rest of it. */
  readonly addressOf: (orderId: string) => string;
  readonly go: (event: MouseEvent, orderId: string) => void;
}

export const useNames = (): Names => {
  const { t } = useTranslation(['orders', 'common']);
  const stores = useStores();
  const marketplaces = useMarketplaces();
  const { all, nameOf } = useStatuses();
  const program = useProgramNames();
  const scope = useScope();
  const navigate = useNavigate();
  // Another object only when something is called otherwise: stores are asked about every few seconds.
  const known = JSON.stringify([stores.map(({ id, name }) => [id, name]), [...marketplaces.keys()], all]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `known` stands for all that is named
  return useMemo(() => {
    const storeNames = new Map(stores.map(({ id, name }) => [id, name]));
    const words = new Map<string, string>();
    return {
      t,
      word: (key) => {
        const word = words.get(key) ?? t(key);
        words.set(key, word);
        return word;
      },
      store: (id) => storeNames.get(id) ?? id,
      marketplace: (id) => marketplaces.get(id)?.name ?? id,
      zone: (id) => marketplaces.get(id)?.timeZone,
      status: nameOf,
      program,
      addressOf: (id) => `/orders/${id}${scope === undefined ? '' : `?store=${encodeURIComponent(scope)}`}`,
      go: (event, id) => {
        if (opensElsewhere(event)) return;
        event.preventDefault();
        void navigate({ to: '/orders/$orderId', params: { orderId: id } });
      },
    };
  }, [known, t, scope, navigate]);
};

/** In another tab or window, or to be kept. */
const opensElsewhere = ({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean => metaKey || ctrlKey || shiftKey || altKey;
