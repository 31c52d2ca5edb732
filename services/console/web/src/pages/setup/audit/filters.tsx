import { TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filter as Chip } from '../../../ui/FilterBar.tsx';
import { choiceFilter, type SearchChange, textFilter, useSearchChange } from '../../../ui/filters.tsx';
import { day } from '../../../ui/format.ts';
import { type Filter, type Outcome, outcomes, type ServiceName, serviceNames } from './entries.ts';

interface Search {
  readonly service?: ServiceName | undefined;
  readonly who?: string | undefined;
  readonly order?: string | undefined;
  readonly outcome?: Outcome | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const dayOf = (value: unknown): string | undefined => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);

/** What the address says; what it cannot say is left out. */
const auditSearch = (search: Readonly<Record<string, unknown>>): Search => ({
  service: serviceNames.find((one) => one === search.service),
  who: textOf(search.who),
  order: textOf(search.order),
  outcome: outcomes.find((one) => one === search.outcome),
  from: dayOf(search.from),
  to: dayOf(search.to),
});

/** Days are the reader's. */
const momentOf = (date: string | undefined): string | undefined => date && new Date(`${date}T00:00`).toISOString();

export const filterOf = ({ who, order, outcome, from, to }: Search, tenant: string | undefined): Filter => ({
  name: who,
  subject: order && `order:${order}`,
  ...{ outcome, tenant, from: momentOf(from), to: momentOf(to) },
});

/** The chips of the page. */
export const useAuditFilters = (people: readonly string[]) => {
  const { t } = useTranslation('audit');
  const change = useSearchChange();
  const search = useSearch({ strict: false, select: auditSearch, structuralSharing: true });
  const { service, who, order, outcome, from, to } = search;
  const names = [...new Set([...people, ...(who === undefined ? [] : [who])])];
  const chips: Chip[] = [
    choiceFilter({
      ...{ id: 'service', label: t('service.label'), value: service, change },
      choices: serviceNames.map((one) => [one, t(`service.${one}`)] as const),
    }),
    choiceFilter({ ...{ id: 'who', label: t('who'), value: who, change }, choices: names.map((name) => [name, name] as const) }),
    textFilter({ id: 'order', label: t('subject'), value: order, change }),
    choiceFilter({
      ...{ id: 'outcome', label: t('outcome'), value: outcome, change },
      choices: outcomes.map((one) => [one, t(`outcomes.${one}`)] as const),
    }),
    dayFilter('from', t('from'), from, change),
    dayFilter('to', t('to'), to, change),
  ];
  return { chips, search };
};

const dayFilter = (id: 'from' | 'to', label: string, value: string | undefined, change: SearchChange): Chip => ({
  ...{ id, label },
  value: value && day(`${value}T00:00`),
  clear: () => change({ [id]: undefined }),
  edit: () => (
    <TextInput
      type="date"
      label={label}
      value={value ?? ''}
      data-autofocus
      onChange={({ currentTarget }) => change({ [id]: currentTarget.value || undefined })}
    />
  ),
});
