import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { gateway } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { textFilter, useSearchChange } from '../../ui/filters.tsx';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { StoreName } from '../../ui/StoreName.tsx';
import { sayingOf } from '../../ui/told.ts';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { OperationsNav } from './OperationsNav.tsx';

const ErrorsPage = () => {
  const { t } = useTranslation('operations');
  const storeId = useScope();
  const change = useSearchChange();
  const { operation, code, subject } = useSearch({ strict: false }) as { operation?: string; code?: string; subject?: string };
  const list = useList((cursor) =>
    gateway.read('/errors', { params: { query: { limit: 100, storeId, operation, code, subject, cursor } } }),
  );
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'at', header: t('errors.at'), width: 110, cell: ({ at }) => <When at={at} /> },
      { id: 'store', header: t('store'), width: 190, cell: ({ storeId: store }) => <StoreName id={store} /> },
      { id: 'operation', header: t('errors.operation'), width: 190, cell: (row) => row.operation },
      { id: 'code', header: t('errors.code'), width: 190, cell: (row) => row.code },
      { id: 'message', header: t('errors.message'), width: 420, cell: (error) => <span title={said(error)}>{said(error)}</span> },
      { id: 'subject', header: t('errors.subject'), width: 190, cell: ({ subject: about }) => about && <OrderLink reference={about} /> },
      { id: 'status', header: t('errors.status'), width: 80, align: 'end', cell: ({ httpStatus }) => httpStatus },
      { id: 'request', header: t('errors.request'), width: 220, extra: true, cell: ({ requestId }) => requestId },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (error) => <ListCard name={error.code} state={<When at={error.at} />} about={said(error)} />,
    }),
    [],
  );
  const { layout } = useGridLayout('errors', columns);
  const filters = [
    textFilter({ id: 'operation', label: t('errors.operation'), value: operation, change }),
    textFilter({ id: 'code', label: t('errors.code'), value: code, change }),
    textFilter({ id: 'subject', label: t('errors.subject'), value: subject, change }),
  ];
  return (
    <Page title={t('errors.title')} about={t('errors.about')} fill>
      <OperationsNav />
      <FilterBar filters={filters} />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('errors.title')}
        columns={columns}
        rows={list.rows}
        idOf={({ id }) => id}
        layout={layout}
        card={card}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('errors.none')} text={t('errors.noneText')} />}
      />
    </Page>
  );
};

/** Amazon's words under Amazon's code; under ours, our own. */
const said = ({ code, message }: { readonly code: string; readonly message: string }): string => sayingOf({ code, words: message });

export default ErrorsPage;
