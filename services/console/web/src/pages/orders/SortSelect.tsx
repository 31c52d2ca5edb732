import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './orders.module.css';
import { type Sort, sortKeys } from './orders.ts';

const columnOf = {
  purchased: 'purchasedAt',
  shipBy: 'shipBy',
  total: 'total',
  number: 'number',
  store: 'tenant',
  status: 'status',
  updated: 'updatedAt',
} as const;

const falls = ['purchased', 'updated', 'total'];

/** Where there are cards instead of columns, there are no headings to sort by. */
export const SortSelect = ({ sort, set }: { readonly sort: Sort; readonly set: (sort: string) => void }) => {
  const { t } = useTranslation('orders');
  const choices = sortKeys.map((key) => ({
    value: falls.includes(key) ? `-${key}` : key,
    label: t('sortBy', { column: t(`column.${columnOf[key]}`) }),
  }));
  return (
    <NativeSelect
      className={classes.narrow}
      size="xs"
      aria-label={t('sort')}
      value={sort}
      onChange={({ currentTarget: { value } }) => set(value)}
      data={choices.some(({ value }) => value === sort) ? choices : [...choices, { value: sort, label: t('sortOther') }]}
    />
  );
};
