import { NativeSelect, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../../api/marketplaces.ts';
import { useScope, useStores } from '../../../api/stores.ts';
import type { Filter } from '../../../ui/FilterBar.tsx';
import type { FilterEditorProps } from '../../../ui/FilterEditor.tsx';
import { country, day, moment } from '../../../ui/format.ts';
import { lazily } from '../../../ui/lazily.tsx';
import { useProgramNames } from '../../../ui/programs.ts';
import { programs } from '../orders.ts';
import { itemsOf, type Narrow, type OrdersSearch, type SetFilter, type TextFilter } from '../search.ts';
import { countries } from './countries.ts';
import type { DaysEditorProps } from './DaysEditor.tsx';
import type { quickDays } from './days.ts';
import { FieldsEditor } from './FieldsEditor.tsx';
import classes from './filters.module.css';
import type { Choice, SetEditorProps } from './SetEditor.tsx';
import type { TagsEditorProps } from './TagsEditor.tsx';
import { useStatusFilter } from './useStatusFilter.tsx';

const ChoiceEditor = lazily<FilterEditorProps>(() => import('../../../ui/FilterEditor.tsx'));
const DaysEditor = lazily<DaysEditorProps>(async () => ({ default: (await import('./DaysEditor.tsx')).DaysEditor }));
const SetEditor = lazily<SetEditorProps>(async () => ({ default: (await import('./SetEditor.tsx')).SetEditor }));
const TagsEditor = lazily<TagsEditorProps>(async () => ({ default: (await import('./TagsEditor.tsx')).TagsEditor }));

type Choosable = NonNullable<OrdersSearch['fulfilledBy' | 'needsAttention']>;

/** Everything that the list can be narrowed by. */
export const useFilters = (search: OrdersSearch, narrow: Narrow): Filter[] => {
  const { t } = useTranslation('orders');
  const scope = useScope();
  const stores = useStores();
  const marketplaces = [...useMarketplaces().values()];
  const programName = useProgramNames();
  const status = useStatusFilter(search, narrow);
  const countryChoices = useMemo(
    () => countries.map((code) => ({ value: code, label: country(code) })).sort((one, other) => one.label.localeCompare(other.label)),
    [],
  );

  const set = (name: SetFilter, choices: readonly Choice[]): Filter => {
    const label = t(`filter.${name}`);
    const chosen = itemsOf(search[name]);
    const labels = new Map(choices.map((one) => [one.value, one.label]));
    return {
      id: name,
      label,
      value: chosen.length > 0 ? chosen.map((value) => labels.get(value) ?? value).join(', ') : undefined,
      clear: () => narrow({ [name]: undefined }),
      edit: () => (
        <SetEditor label={label} choices={choices} chosen={chosen} choose={(values) => narrow({ [name]: values.join(',') || undefined })} />
      ),
    };
  };

  const written = (name: Extract<TextFilter, 'q' | 'amazonOrderId' | 'number'>): Filter => ({
    id: name,
    label: t(`filter.${name}`),
    value: search[name],
    clear: () => narrow({ [name]: undefined }),
    edit: (close) => (
      <FieldsEditor
        apply={({ text }) => {
          narrow({ [name]: text || undefined });
          close();
        }}
      >
        <TextInput name="text" label={t(`filter.${name}`)} defaultValue={search[name] ?? ''} data-autofocus />
      </FieldsEditor>
    ),
  });

  const days = (kind: keyof typeof quickDays): Filter => {
    const from = search[`${kind}From`];
    const to = search[`${kind}To`];
    const set = (days: { readonly from?: string | undefined; readonly to?: string | undefined }) =>
      narrow({ [`${kind}From`]: days.from, [`${kind}To`]: days.to });
    return {
      id: kind,
      label: t(`filter.${kind}`),
      value: rangeOf(from && shownTime(from), to && shownTime(to), t('filter.since'), t('filter.until')),
      clear: () => set({}),
      edit: (close) => (
        <DaysEditor
          kind={kind}
          days={{ from, to }}
          choose={(days) => {
            set(days);
            close();
          }}
        />
      ),
    };
  };

  const choice = (name: 'fulfilledBy' | 'needsAttention', values: readonly Choosable[]): Filter => ({
    id: name,
    label: t(`filter.${name}`),
    value: search[name] && t(`filter.choice.${search[name]}`),
    clear: () => narrow({ [name]: undefined }),
    edit: () => (
      <ChoiceEditor
        label={t(`filter.${name}`)}
        value={search[name]}
        choices={values.map((value) => [value, t(`filter.choice.${value}`)] as const)}
        onDone={(value) => narrow({ [name]: value })}
      />
    ),
  });

  const tags = itemsOf(search.tag);
  const currencies = [...new Set(marketplaces.map(({ currency }) => currency))].sort();
  return [
    status,
    ...(scope === undefined && stores.length > 1
      ? [
          set(
            'tenant',
            stores.map(({ id, name }) => ({ value: id, label: name })),
          ),
        ]
      : []),
    set(
      'marketplace',
      marketplaces.map(({ id, name }) => ({ value: id, label: name })),
    ),
    set('shipToCountry', countryChoices),
    set(
      'program',
      programs.map((code) => ({ value: code, label: programName(code) })),
    ),
    {
      ...set('tag', []),
      edit: () => <TagsEditor tags={tags} choose={(values) => narrow({ tag: values.join(',') || undefined })} />,
    },
    choice('fulfilledBy', ['merchant', 'amazon']),
    choice('needsAttention', ['true', 'false']),
    days('purchased'),
    days('shipBy'),
    {
      id: 'total',
      label: t('filter.total'),
      value: totalOf(search, t('filter.since'), t('filter.until')),
      clear: () => narrow({ minTotal: undefined, maxTotal: undefined, currency: undefined }),
      edit: (close) => (
        <FieldsEditor
          apply={({ currency, min = '', max = '' }) => {
            narrow({ currency, minTotal: decimal(min), maxTotal: decimal(max) });
            close();
          }}
        >
          <NativeSelect name="currency" label={t('filter.currency')} data={currencies} defaultValue={search.currency ?? 'USD'} />
          <div className={classes.pair}>
            <TextInput name="min" inputMode="decimal" label={t('filter.min')} defaultValue={search.minTotal ?? ''} data-autofocus />
            <TextInput name="max" inputMode="decimal" label={t('filter.max')} defaultValue={search.maxTotal ?? ''} />
          </div>
        </FieldsEditor>
      ),
    },
    written('number'),
    written('amazonOrderId'),
    written('q'),
  ];
};

/** A comma is what much of Europe types for a point. */
const decimal = (text: string): string | undefined => text.replace(',', '.') || undefined;

const shownTime = (value: string): string => (value.length > 'YYYY-MM-DD'.length ? moment(value) : day(`${value}T00:00:00`));

const rangeOf = (from: string | undefined, to: string | undefined, since: string, until: string): string | undefined => {
  if (from === undefined && to === undefined) return undefined;
  if (from === to) return from;
  return from !== undefined && to !== undefined ? `${from} – ${to}` : `${from === undefined ? until : since} ${from ?? to}`;
};

const totalOf = ({ minTotal, maxTotal, currency }: OrdersSearch, since: string, until: string): string | undefined => {
  const range = rangeOf(minTotal, maxTotal, since, until);
  return range === undefined ? currency : `${range} ${currency ?? ''}`;
};
