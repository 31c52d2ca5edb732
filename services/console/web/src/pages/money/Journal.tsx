import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { billing } from '../../api/services.ts';
import { money } from '../../ui/format.ts';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { StoreName } from '../../ui/StoreName.tsx';
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
            .map(({ account, code, debitMinor }) => `${code} ${t(`accounts.${account}`)} ${money(debitMinor, currency)}`)
            .join(', '),
      },
      {
        id: 'credit',
        header: t('credit'),
        width: 420,
        cell: ({ lines, currency }) =>
          lines
            .filter(({ creditMinor }) => creditMinor !== 0)
            .map(({ account, code, creditMinor }) => `${code} ${t(`accounts.${account}`)} ${money(creditMinor, currency)}`)
            .join(', '),
      },
      { id: 'store', header: t('store'), width: 190, cell: ({ tenant }) => <StoreName id={tenant} /> },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: ({ kind, documentNumber, lines, currency, at }) => (
        <ListCard
          name={documentNumber}
          state={money(
            lines.reduce((sum, { debitMinor }) => sum + debitMinor, 0),
            currency,
          )}
          about={t(`entry.${kind}`)}
          when={<When at={at} />}
        />
      ),
    }),
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
        card={card}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId }, search: { tab: 'money' } as never })}
        more={list.more}
        waiting={list.waiting}
        empty={null}
      />
    </>
  );
};
