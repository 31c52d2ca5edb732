import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { billing } from '../../api/services.ts';
import { Empty } from '../../ui/Empty.tsx';
import type { GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { Money } from '../../ui/Money.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { useList } from '../../ui/useList.ts';
import { MoneyNav } from './MoneyNav.tsx';

/** Orders whose money waits for a person. */
const AttentionPage = () => {
  const { t } = useTranslation('money');
  const navigate = useNavigate();
  const list = useList((cursor) => billing.read('/attention', { params: { query: { limit: 100, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      {
        id: 'order',
        header: t('order'),
        width: 140,
        fixed: true,
        cell: ({ orderId, orderNumber }) => <OrderLink reference={orderId}>{`#${orderNumber}`}</OrderLink>,
      },
      { id: 'amazon', header: t('amazonOrder'), width: 190, cell: ({ amazonOrderId }) => amazonOrderId },
      {
        id: 'why',
        header: t('why'),
        width: 420,
        cell: ({ totalsDiffer, detail, reason }) => detail ?? reason ?? (totalsDiffer ? t('differs') : ''),
      },
      {
        id: 'due',
        header: t('due'),
        width: 120,
        align: 'end',
        cell: ({ dueMinor, currency }) => <Money minor={dueMinor} currency={currency} />,
      },
      {
        id: 'invoiced',
        header: t('invoiced'),
        width: 120,
        align: 'end',
        cell: ({ invoicedMinor, currency }) => <Money minor={invoicedMinor} currency={currency} />,
      },
      {
        id: 'paid',
        header: t('paid'),
        width: 120,
        align: 'end',
        cell: ({ paidMinor, currency }) => <Money minor={paidMinor} currency={currency} />,
      },
      {
        id: 'back',
        header: t('back'),
        width: 120,
        align: 'end',
        cell: ({ backMinor, currency }) => <Money minor={backMinor} currency={currency} />,
      },
      { id: 'store', header: t('store'), width: 130, cell: ({ tenant }) => tenant },
    ],
    [t],
  );
  const { layout } = useGridLayout('money-attention', columns);
  return (
    <Page title={t('nav.attention')} about={t('attentionAbout')} fill>
      <MoneyNav />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('nav.attention')}
        columns={columns}
        rows={list.rows}
        idOf={({ orderId }) => orderId}
        layout={layout}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId }, search: { tab: 'money' } as never })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('noAttention')} text={t('noAttentionText')} />}
      />
    </Page>
  );
};

export default AttentionPage;
