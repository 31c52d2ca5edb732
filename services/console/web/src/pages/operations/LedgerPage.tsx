import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { gateway } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { choiceFilter, textFilter, useSearchChange } from '../../ui/filters.tsx';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Status } from '../../ui/Status.tsx';
import { StoreName } from '../../ui/StoreName.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { commandKinds, commandStates, toneOfCommand, waitsOf } from './commands.ts';
import { OperationsNav } from './OperationsNav.tsx';

const CommandDrawer = lazily(async () => ({ default: (await import('./CommandDrawer.tsx')).CommandDrawer }));

interface Search {
  readonly kind?: (typeof commandKinds)[number];
  readonly state?: (typeof commandStates)[number];
  readonly amazonOrderId?: string;
  readonly command?: string;
}

/** Everything that Amazon was asked to do, and what came of it. */
const LedgerPage = () => {
  const { t } = useTranslation('operations');
  const storeId = useScope();
  const navigate = useNavigate();
  const change = useSearchChange();
  const { kind, state, amazonOrderId, command } = useSearch({ strict: false }) as Search;
  const list = useList((cursor) =>
    gateway.read('/commands', { params: { query: { limit: 100, storeId, kind, state, amazonOrderId, cursor } } }),
  );
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'asked', header: t('ledger.asked'), width: 112, cell: ({ requestedAt }) => <When at={requestedAt} /> },
      { id: 'kind', header: t('ledger.kind'), width: 126, cell: (row) => t(`kind.${row.kind}`) },
      {
        id: 'order',
        header: t('ledger.order'),
        width: 186,
        cell: ({ orderId, amazonOrderId: number }) => <OrderLink reference={orderId}>{number}</OrderLink>,
      },
      {
        id: 'state',
        header: t('ledger.state'),
        width: 115,
        cell: (row) => <Status tone={toneOfCommand(row.state)}>{t(`command.${row.state}`)}</Status>,
      },
      { id: 'waits', header: t('ledger.waits'), width: 132, cell: (command) => <span title={waitsOf(command)}>{waitsOf(command)}</span> },
      { id: 'next', header: t('ledger.next'), width: 134, cell: ({ nextAttemptAt }) => nextAttemptAt && <When at={nextAttemptAt} /> },
      { id: 'attempts', header: t('ledger.attempts'), width: 90, align: 'end', cell: ({ attempts }) => attempts },
      { id: 'settled', header: t('ledger.settled'), width: 112, cell: ({ settledAt }) => settledAt && <When at={settledAt} /> },
      { id: 'store', header: t('store'), width: 190, cell: ({ storeId: store }) => <StoreName id={store} /> },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (row) => (
        <ListCard
          name={t(`kind.${row.kind}`)}
          state={<Status tone={toneOfCommand(row.state)}>{t(`command.${row.state}`)}</Status>}
          about={<OrderLink reference={row.orderId}>{row.amazonOrderId}</OrderLink>}
          when={<When at={row.requestedAt} />}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('ledger', columns);
  const filters = [
    choiceFilter({
      ...{ id: 'state', label: t('ledger.state'), value: state, change },
      choices: commandStates.map((one) => [one, t(`command.${one}`)] as const),
    }),
    choiceFilter({
      ...{ id: 'kind', label: t('ledger.kind'), value: kind, change },
      choices: commandKinds.map((one) => [one, t(`kind.${one}`)] as const),
    }),
    textFilter({ id: 'amazonOrderId', label: t('ledger.order'), value: amazonOrderId, change }),
  ];
  return (
    <Page title={t('ledger.title')} about={t('ledger.about')} fill>
      <OperationsNav />
      <FilterBar filters={filters} />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('ledger.title')}
        columns={columns}
        rows={list.rows}
        idOf={({ id }) => id}
        layout={layout}
        card={card}
        onLook={({ id }) => change({ command: id })}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId } })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('ledger.none')} text={t('ledger.noneText')} />}
      />
      {command && <CommandDrawer id={command} onClose={() => change({ command: undefined })} />}
    </Page>
  );
};

export default LedgerPage;
