import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { order as orders } from '../../api/services.ts';
import type { Tone } from '../../ui/Status.tsx';
import type { Order } from './facts.ts';

const tones: Readonly<Record<Order['state'], Tone>> = {
  pending: 'waiting',
  new: 'waiting',
  blocked: 'stopped',
  processing: 'waiting',
  held: 'attention',
  complete: 'ok',
  closed: 'quiet',
  canceled: 'quiet',
};

export const toneOf = (state: Order['state']): Tone => tones[state];

const statusesQuery = { ...orders.read('/statuses'), staleTime: 300_000, meta: { live: false } };

/** What its status is called: a seller's own label, or the usual word for its state. */
export const useStatusWord = ({ state, status }: Pick<Order, 'state' | 'status'>): string => {
  const { t } = useTranslation('common');
  const { data } = useQuery(statusesQuery);
  if (status === state) return t(`state.${state}`);
  return data?.items.find(({ code }) => code === status)?.label ?? status;
};
