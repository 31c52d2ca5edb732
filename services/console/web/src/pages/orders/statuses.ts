import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { order } from '../../api/services.ts';
import type { Tone } from '../../ui/Status.tsx';
import { type OrderState, states } from './orders.ts';

export interface StatusName {
  readonly code: string;
  readonly name: string;
  readonly state: OrderState;
  readonly isDefault: boolean;
}

const statusesQuery = { ...order.read('/statuses'), staleTime: 60_000, meta: { live: false } };

/** How a state is called before a seller calls it otherwise. */
const usual: Readonly<Record<OrderState, string>> = {
  pending: 'Pending',
  new: 'New',
  blocked: 'Blocked',
  processing: 'Processing',
  held: 'On hold',
  complete: 'Complete',
  closed: 'Closed',
  canceled: 'Canceled',
};

/** All statuses, in the order of the states, and what each is called: in the seller's words where he has his own, else in the reader's. */
export const useStatuses = () => {
  const { t } = useTranslation();
  const { data } = useQuery(statusesQuery);
  const all: StatusName[] = (data?.items ?? []).map(({ label, ...status }) => ({
    ...status,
    name: label === usual[status.state] ? t(`state.${status.state}`) : label,
  }));
  all.sort(
    (one, other) =>
      states.indexOf(one.state) - states.indexOf(other.state) ||
      Number(other.isDefault) - Number(one.isDefault) ||
      one.name.localeCompare(other.name),
  );
  const names = new Map(all.map(({ code, name }) => [code, name]));
  return { all, nameOf: (code: string, state: OrderState): string => names.get(code) ?? t(`state.${state}`) };
};

export const toneOf = (state: OrderState): Tone => tones[state];

const tones: Readonly<Record<OrderState, Tone>> = {
  pending: 'quiet',
  new: 'waiting',
  blocked: 'stopped',
  processing: 'waiting',
  held: 'attention',
  complete: 'ok',
  closed: 'quiet',
  canceled: 'quiet',
};
