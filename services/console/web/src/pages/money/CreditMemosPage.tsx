import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { billing } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { choiceFilter, useSearchChange } from '../../ui/filters.tsx';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { Money } from '../../ui/Money.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Status } from '../../ui/Status.tsx';
import { StoreName } from '../../ui/StoreName.tsx';
import { sayingOf } from '../../ui/told.ts';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { MoneyNav } from './MoneyNav.tsx';
import { memoStates, toneOfMemo } from './standing.ts';

const kinds = ['refund', 'correction'] as const;

/** Every credit memo: what Amazon was asked to pay back, and what it said. */
const CreditMemosPage = () => {
  const { t } = useTranslation('money');
  const navigate = useNavigate();
  const tenant = useScope();
  const change = useSearchChange();
  const { state, kind } = useSearch({ strict: false }) as { state?: (typeof memoStates)[number]; kind?: (typeof kinds)[number] };
  const list = useList((cursor) => billing.read('/credit-memos', { params: { query: { limit: 100, tenant, state, kind, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'requested', header: t('asked'), width: 120, cell: ({ requestedAt }) => <When at={requestedAt} /> },
      {
        id: 'number',
        header: t('memo'),
        width: 150,
        fixed: true,
        cell: ({ creditMemoId, number }) =>
          number && (
            <a href={`${billing.baseUrl}/credit-memos/${creditMemoId}/pdf`} target="_blank" rel="noopener">
              {number} <span className="visually-hidden">{t('opensPdf')}</span>
            </a>
          ),
      },
      {
        id: 'order',
        header: t('order'),
        width: 140,
        cell: ({ orderId, orderNumber }) => <OrderLink reference={orderId}>{`#${orderNumber}`}</OrderLink>,
      },
      {
        id: 'state',
        header: t('status'),
        width: 160,
        cell: (row) => <Status tone={toneOfMemo(row.state)}>{t(`memoState.${row.state}`)}</Status>,
      },
      { id: 'kind', header: t('kind'), width: 120, cell: (row) => t(`memoKind.${row.kind}`) },
      { id: 'reason', header: t('reason'), width: 200, cell: (row) => t(`reasons.${row.reason}`) },
      {
        id: 'total',
        header: t('total'),
        width: 120,
        align: 'end',
        cell: ({ totalMinor, currency }) => <Money minor={totalMinor} currency={currency} />,
      },
      {
        id: 'words',
        header: t('words'),
        width: 340,
        cell: ({ refusal, uncertain }) => {
          const said = refusal ?? uncertain;
          return said && sayingOf(said);
        },
      },
      { id: 'by', header: t('by'), width: 150, cell: ({ requestedBy }) => requestedBy.name },
      { id: 'store', header: t('store'), width: 190, cell: (row) => <StoreName id={row.tenant} /> },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (row) => (
        <ListCard
          name={`#${row.orderNumber}`}
          state={<Status tone={toneOfMemo(row.state)}>{t(`memoState.${row.state}`)}</Status>}
          about={<Money minor={row.totalMinor} currency={row.currency} />}
          when={<When at={row.requestedAt} />}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('credit-memos', columns);
  return (
    <Page title={t('nav.memos')} about={t('memosAbout')} fill>
      <MoneyNav />
      <FilterBar
        filters={[
          choiceFilter({
            ...{ id: 'state', label: t('status'), value: state, change },
            choices: memoStates.map((one) => [one, t(`memoState.${one}`)] as const),
          }),
          choiceFilter({
            ...{ id: 'kind', label: t('kind'), value: kind, change },
            choices: kinds.map((one) => [one, t(`memoKind.${one}`)] as const),
          }),
        ]}
      />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('nav.memos')}
        columns={columns}
        rows={list.rows}
        idOf={({ creditMemoId }) => creditMemoId}
        layout={layout}
        card={card}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId }, search: { tab: 'money' } as never })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('noMemos')} text={t('noMemosText')} />}
      />
    </Page>
  );
};

export default CreditMemosPage;
