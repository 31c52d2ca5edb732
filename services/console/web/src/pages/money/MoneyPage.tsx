import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { billing } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { choiceFilter, textFilter, useSearchChange } from '../../ui/filters.tsx';
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
import { toneOfUpload } from './standing.ts';

const statuses = ['issued', 'canceled'] as const;

/** Every invoice, and whether Amazon has it. */
const MoneyPage = () => {
  const { t } = useTranslation('money');
  const navigate = useNavigate();
  const tenant = useScope();
  const change = useSearchChange();
  const { status, number } = useSearch({ strict: false }) as { status?: (typeof statuses)[number]; number?: string };
  const list = useList((cursor) => billing.read('/invoices', { params: { query: { limit: 100, tenant, status, number, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      {
        id: 'number',
        header: t('invoice'),
        width: 150,
        fixed: true,
        cell: ({ invoiceId, number: its }) => <Pdf id={invoiceId} number={its} />,
      },
      { id: 'issued', header: t('issued'), width: 120, cell: ({ issuedAt }) => <When at={issuedAt} /> },
      {
        id: 'order',
        header: t('order'),
        width: 140,
        cell: ({ orderId, orderNumber }) => <OrderLink reference={orderId}>{`#${orderNumber}`}</OrderLink>,
      },
      { id: 'amazon', header: t('amazonOrder'), width: 190, cell: ({ amazonOrderId }) => amazonOrderId },
      {
        id: 'status',
        header: t('status'),
        width: 130,
        cell: (row) => <Status tone={row.status === 'issued' ? 'ok' : 'quiet'}>{t(`invoiceStatus.${row.status}`)}</Status>,
      },
      {
        id: 'total',
        header: t('total'),
        width: 120,
        align: 'end',
        cell: ({ totalMinor, currency }) => <Money minor={totalMinor} currency={currency} />,
      },
      {
        id: 'upload',
        header: t('atAmazon'),
        width: 150,
        cell: ({ upload }) => <Status tone={toneOfUpload(upload.state)}>{t(`upload.${upload.state}`)}</Status>,
      },
      { id: 'words', header: t('words'), width: 320, cell: ({ upload }) => upload.refusal && sayingOf(upload.refusal) },
      { id: 'shop', header: t('shop'), width: 140, extra: true, cell: ({ shop }) => shop },
      { id: 'store', header: t('store'), width: 190, cell: (row) => <StoreName id={row.tenant} /> },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (row) => (
        <ListCard
          name={<Pdf id={row.invoiceId} number={row.number} />}
          state={<Money minor={row.totalMinor} currency={row.currency} />}
          about={<Status tone={toneOfUpload(row.upload.state)}>{t(`upload.${row.upload.state}`)}</Status>}
          when={<When at={row.issuedAt} />}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('invoices', columns);
  return (
    <Page title={t('nav.invoices')} about={t('about')} fill>
      <MoneyNav />
      <FilterBar
        filters={[
          choiceFilter({
            ...{ id: 'status', label: t('status'), value: status, change },
            choices: statuses.map((one) => [one, t(`invoiceStatus.${one}`)] as const),
          }),
          textFilter({ id: 'number', label: t('invoice'), value: number, change }),
        ]}
      />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('nav.invoices')}
        columns={columns}
        rows={list.rows}
        idOf={({ invoiceId }) => invoiceId}
        layout={layout}
        card={card}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId }, search: { tab: 'money' } as never })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('none')} text={t('noneText')} />}
      />
    </Page>
  );
};

const Pdf = ({ id, number }: { readonly id: string; readonly number: string }) => {
  const { t } = useTranslation('money');
  return (
    <a href={`${billing.baseUrl}/invoices/${id}/pdf`} target="_blank" rel="noopener">
      {number} <span className="visually-hidden">{t('opensPdf')}</span>
    </a>
  );
};

export default MoneyPage;
