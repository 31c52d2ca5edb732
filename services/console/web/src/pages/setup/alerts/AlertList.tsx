import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../../api/stores.ts';
import { Empty } from '../../../ui/Empty.tsx';
import { FilterBar } from '../../../ui/FilterBar.tsx';
import { choiceFilter, useSearchChange } from '../../../ui/filters.tsx';
import type { GridCard, GridColumn } from '../../../ui/grid/columns.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../../ui/ListCard.tsx';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { Status } from '../../../ui/Status.tsx';
import { useList } from '../../../ui/useList.ts';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';
import { type AlertStatus, alertsPage, toneOfAlert } from './alerts.ts';
import { type AlertKind, alertKinds } from './kinds.ts';

/** What the staff should know, newest first, in the words in which it is told. */
export const AlertList = ({ status, kind }: { readonly status: AlertStatus; readonly kind: AlertKind | undefined }) => {
  const { t } = useTranslation('alerts');
  const scope = useScope();
  const change = useSearchChange();
  const navigate = useNavigate();
  const list = useList((cursor) => alertsPage(status, kind, scope, cursor));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'raised', header: t('raised'), width: 110, cell: ({ raisedAt }) => <When at={raisedAt} /> },
      {
        id: 'kind',
        header: t('kind'),
        width: 220,
        cell: (row) => <Status tone={toneOfAlert[row.status]}>{t(`kinds.${row.kind}`)}</Status>,
      },
      { id: 'what', header: t('what'), width: 560, fixed: true, cell: ({ title }) => <span title={title}>{title}</span> },
      { id: 'store', header: t('store'), width: 140, cell: ({ tenant }) => <StoreName tenant={tenant} /> },
      ...(status === 'resolved'
        ? [{ id: 'resolved', header: t('resolvedAt'), width: 120, cell: ({ resolvedAt }: Row) => <When at={resolvedAt} /> }]
        : []),
    ],
    [t, status],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (row) => (
        <ListCard
          name={<Status tone={toneOfAlert[row.status]}>{t(`kinds.${row.kind}`)}</Status>}
          state={<When at={row.raisedAt} />}
          about={row.title}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('alerts', columns);
  const kinds = choiceFilter({
    ...{ id: 'kind', label: t('kind'), value: kind, change },
    choices: alertKinds.map((one) => [one, t(`kinds.${one}`)] as const),
  });
  return (
    <>
      <FilterBar filters={[kinds]} />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('title')}
        columns={columns}
        rows={list.rows}
        idOf={({ id }) => id}
        layout={layout}
        card={card}
        onLook={({ id }) => change({ alert: id })}
        onOpen={({ id, orderId }) =>
          orderId === undefined ? change({ alert: id }) : void navigate({ to: '/orders/$orderId', params: { orderId } })
        }
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t(`none.${status}`)} text={t(`noneText.${status}`)} />}
      />
    </>
  );
};

const StoreName = ({ tenant }: { readonly tenant: string }) => {
  const { t } = useTranslation('alerts');
  const storeNames = useStoreNames();
  return tenant === '*' ? t('everywhere') : storeNames([tenant]);
};
