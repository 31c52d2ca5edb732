import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fulfillment } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { Empty } from '../../ui/Empty.tsx';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { StockNav } from './StockNav.tsx';

const RecordReturn = lazily(async () => ({ default: (await import('./RecordReturn.tsx')).RecordReturn }));

/** What came back, in which condition, and whether it is on the shelf again. */
const ReturnsPage = () => {
  const { t } = useTranslation('stock');
  const navigate = useNavigate();
  const tenant = useScope();
  const list = useList((cursor) => fulfillment.read('/returns', { params: { query: { limit: 100, tenant, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'received', header: t('returns.received'), width: 120, cell: ({ receivedAt }) => <When at={receivedAt} /> },
      {
        id: 'order',
        header: t('blockers.order'),
        width: 140,
        fixed: true,
        cell: ({ orderId, number }) => <OrderLink reference={orderId}>{`#${number}`}</OrderLink>,
      },
      {
        id: 'what',
        header: t('returns.what'),
        width: 440,
        cell: ({ lines }) =>
          lines.map(({ quantity, sku, condition }) => `${quantity} × ${sku} (${t(`condition.${condition}`)})`).join(', '),
      },
      { id: 'refund', header: t('returns.refund'), width: 140, cell: ({ refund }) => t(refund ? 'returns.refunded' : 'returns.kept') },
      {
        id: 'shelf',
        header: t('returns.shelf'),
        width: 150,
        cell: ({ lines }) => t(lines.some(({ restocked }) => restocked) ? 'returns.restocked' : 'returns.aside'),
      },
      { id: 'by', header: t('by'), width: 160, cell: ({ actor }) => actor.name },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: ({ number, lines, receivedAt }) => (
        <ListCard
          name={`#${number}`}
          state={`${t('returns.shelf')}: ${t(lines.some(({ restocked }) => restocked) ? 'returns.restocked' : 'returns.aside')}`}
          about={lines.map(({ quantity, sku }) => `${quantity} × ${sku}`).join(', ')}
          when={<When at={receivedAt} />}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('returns', columns);
  const [records, setRecords] = useState(false);
  return (
    <Page
      title={t('returns.title')}
      about={t('returns.about')}
      fill
      actions={
        <Action needs="operate" onClick={() => setRecords(true)}>
          {t('returns.record')}
        </Action>
      }
    >
      <StockNav />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('returns.title')}
        columns={columns}
        rows={list.rows}
        idOf={({ id }) => id}
        layout={layout}
        card={card}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId } })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('returns.none')} text={t('returns.noneText')} />}
      />
      {records && <RecordReturn onClose={() => setRecords(false)} />}
    </Page>
  );
};

export default ReturnsPage;
