import { useTranslation } from 'react-i18next';
import { type StatusName, useStatuses } from '../../../api/statuses.ts';
import type { Filter } from '../../../ui/FilterBar.tsx';
import { lazily } from '../../../ui/lazily.tsx';
import { orderStates } from '../../../ui/order-states.ts';
import { itemsOf, type Narrow, type OrdersSearch } from '../search.ts';

const StatusEditor = lazily(async () => ({ default: (await import('./StatusEditor.tsx')).StatusEditor }));

/** By where orders stand: states, and the labels that the seller has given them within a state. */
export const useStatusFilter = (search: OrdersSearch, narrow: Narrow): Filter => {
  const { t } = useTranslation('orders');
  const { all } = useStatuses();
  const chosen = chosenOf(search, all);
  const label = t('filter.status');
  return {
    id: 'status',
    label,
    value: chosen.length > 0 ? namesOf(chosen, all).join(', ') : undefined,
    clear: () => narrow({ state: undefined, status: undefined }),
    edit: () => <StatusEditor label={label} statuses={all} chosen={chosen} choose={(codes) => narrow(searchFor(codes, all))} />,
  };
};

/** Codes of statuses: a state means all of its own. */
const chosenOf = ({ state, status }: OrdersSearch, all: readonly StatusName[]): readonly string[] => {
  const wanted = itemsOf(state);
  return [...new Set([...itemsOf(status), ...all.filter((one) => wanted.includes(one.state)).map(({ code }) => code)])];
};

/** Whole states as states, so that a status that is added to one tomorrow is found, too; otherwise statuses. */
const searchFor = (codes: readonly string[], all: readonly StatusName[]): Partial<OrdersSearch> => {
  const whole = orderStates.filter((state) => {
    const own = all.filter((one) => one.state === state);
    return own.length > 0 && own.every(({ code }) => codes.includes(code));
  });
  const onlyWhole = codes.every((code) => whole.some((state) => all.some((one) => one.code === code && one.state === state)));
  return onlyWhole
    ? { state: whole.join(',') || undefined, status: undefined }
    : { state: undefined, status: codes.join(',') || undefined };
};

const namesOf = (codes: readonly string[], all: readonly StatusName[]): string[] =>
  codes.map((code) => all.find((one) => one.code === code)?.name ?? code);
