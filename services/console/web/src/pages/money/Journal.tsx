import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { billing } from '../../api/services.ts';
import { money } from '../../ui/format.ts';
import type { GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import type { Period } from './period.ts';

/** The entries of a period, newest first. */
export const Journal = ({ period }: { readonly period: Period }) => {
  const { t } = useTranslation('money');
  const navigate = useNavigate();
  const list = useList((cursor) => billing.read('/journal', { params: { query: { limit: 100, ...period, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'at', header: t('posted'), width: 120, cell: ({ at }) => <When at={at} /> },
      { id: 'kind', header: t('kind'), width: 170, cell: ({ kind }) => t(`entry.${kind}`) },
      { id: 'document', header: t('document'), width: 150, fixed: true, cell: ({ documentNumber }) => documentNumber },
      {
        id: 'debit',
        header: t('debit'),
        width: 340,
        cell: ({ lines, currency }) =>
          lines
            .filter(({ debitMinor }) => debitMinor !== 0)
            .map(({ code, name, debitMinor }) => `${code} ${name} ${money(debitMinor, currency)}`)
            .join(', '),
      },
      {
        id: 'credit',
        header: t('credit'),
        width: 420,
        cell: ({ lines, currency }) =>
          lines
            .filter(({ creditMinor }) => creditMinor !== 0)
            .map(({ code, name, creditMinor }) => `${code} ${name} ${money(creditMinor, currency)}`)
            .join(', '),
      },
      { id: 'store', header: t('store'), width: 130, cell: ({ tenant }) => tenant },
    ],
    [t],
  );
  const { layout } = useGridLayout('journal', columns);
  return (
    <>
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('journal')}
        columns={columns}
        rows={list.rows}
        idOf={({ entryId }) => entryId}
        layout={layout}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId }, search: { tab: 'money' } as never })}
        more={list.more}
        waiting={list.waiting}
        empty={null}
      />
    </>
  );
};
