import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { gateway } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { choiceFilter, textFilter, useSearchChange } from '../../ui/filters.tsx';
import type { GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Status } from '../../ui/Status.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { CommandDrawer } from './CommandDrawer.tsx';
import { commandKinds, commandStates, toneOfCommand } from './commands.ts';
import { OperationsNav } from './OperationsNav.tsx';

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
      { id: 'asked', header: t('ledger.asked'), width: 110, cell: ({ requestedAt }) => <When at={requestedAt} /> },
      { id: 'kind', header: t('ledger.kind'), width: 170, cell: (row) => t(`kind.${row.kind}`) },
      {
        id: 'order',
        header: t('ledger.order'),
        width: 190,
        cell: ({ orderId, amazonOrderId: number }) => <OrderLink reference={orderId}>{number}</OrderLink>,
      },
      {
        id: 'state',
        header: t('ledger.state'),
        width: 150,
        cell: (row) => <Status tone={toneOfCommand(row.state)}>{t(`command.${row.state}`)}</Status>,
      },
      { id: 'waits', header: t('ledger.waits'), width: 380, cell: ({ waits }) => waits && <span title={waits}>{waits}</span> },
      { id: 'next', header: t('ledger.next'), width: 120, cell: ({ nextAttemptAt }) => nextAttemptAt && <When at={nextAttemptAt} /> },
      { id: 'attempts', header: t('ledger.attempts'), width: 100, align: 'end', cell: ({ attempts }) => attempts },
      { id: 'settled', header: t('ledger.settled'), width: 120, cell: ({ settledAt }) => settledAt && <When at={settledAt} /> },
      { id: 'store', header: t('store'), width: 130, cell: ({ storeId: store }) => store },
    ],
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
