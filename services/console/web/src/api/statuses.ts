import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type OrderState, orderStates } from '../ui/order-states.ts';
import { order } from './services.ts';

export interface StatusName {
  readonly code: string;
  readonly name: string;
  readonly state: OrderState;
  readonly isDefault: boolean;
}

export const statusesQuery = { ...order.read('/statuses'), staleTime: 60_000, meta: { live: false } };

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

/** What a status is called: in the seller's words where he has his own, else in the reader's. */
export const useStatusName = () => {
  const { t } = useTranslation();
  return ({ label, state }: { readonly label: string; readonly state: OrderState }): string =>
    label === usual[state] ? t(`state.${state}`) : label;
};

/** All statuses, in the order of the states, and what each is called. */
export const useStatuses = () => {
  const { t } = useTranslation();
  const { data } = useQuery(statusesQuery);
  const calledBy = useStatusName();
  const all: StatusName[] = (data?.items ?? []).map(({ label, ...status }) => ({ ...status, name: calledBy({ ...status, label }) }));
  all.sort(
    (one, other) =>
      orderStates.indexOf(one.state) - orderStates.indexOf(other.state) ||
      Number(other.isDefault) - Number(one.isDefault) ||
      one.name.localeCompare(other.name),
  );
  const names = new Map(all.map(({ code, name }) => [code, name]));
  return { all, nameOf: (code: string, state: OrderState): string => names.get(code) ?? t(`state.${state}`) };
};
