import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { order } from '../../api/services.ts';
import { useScope, useStores } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { number } from '../../ui/format.ts';
import { ColumnChooser } from '../../ui/grid/ColumnChooser.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { shownColumns, useGridLayout } from '../../ui/grid/layout.ts';
import { lazily } from '../../ui/lazily.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { loadWords } from '../../words/index.ts';
import { useNames } from './columns/names.ts';
import { OrderCard } from './columns/OrderCard.tsx';
import { useColumns } from './columns/useColumns.tsx';
import { FilesPopover } from './files/FilesPopover.tsx';
import { useFilters } from './filters/useFilters.tsx';
import type { MassBarProps } from './mass/MassBar.tsx';
import type { MassDialogProps } from './mass/MassDialog.tsx';
import { mostAtOnce } from './mass/run.ts';
import { useMass } from './mass/useMass.ts';
import classes from './orders.module.css';
import { defaultSort, type Filters, type ListedOrder } from './orders.ts';
import { SortSelect } from './SortSelect.tsx';
import { filtersOf, isNarrowed, type Narrow, type OrdersSearch, searchOf, sortOf } from './search.ts';
import { useChosen } from './useChosen.ts';
import { useOrderPages } from './usePages.ts';
import { ViewsMenu } from './views/ViewsMenu.tsx';

const MassBar = lazily<MassBarProps>(async () => ({ default: (await import('./mass/MassBar.tsx')).MassBar }));

/** With the words of what can be done to one order. */
const MassDialog = lazily<MassDialogProps>(async () => {
  await loadWords('actions');
  return { default: (await import('./mass/MassDialog.tsx')).MassDialog };
});

/** With what it needs from the order's page, once somebody looks. */
const LookPanel = lazy(async () => {
  await loadWords('order', 'stuck');
  return import('./look/LookPanel.tsx');
});

const idOf = ({ id }: ListedOrder): string => id;

const OrdersPage = () => {
  const { t } = useTranslation('orders');
  const navigate = useNavigate();
  const raw = useSearch({ strict: false });
  const scope = useScope();
  const search = searchOf(raw);
  const filters = filtersOf(search, scope);
  const narrow: Narrow = (part) => void navigate({ to: '/orders', search: (before) => ({ ...before, ...part }), replace: true });
  const go = (to: OrdersSearch): void => void navigate({ to: '/orders', search: { ...to } });
  const setSort = (sort: string): void => narrow({ sort: sort === defaultSort ? undefined : searchOf({ sort }).sort });
  const pages = useOrderPages(filters, sortOf(search));
  const names = useNames();
  const columns = useColumns(names);
  const layout = useGridLayout('orders', columns);
  const card = useMemo(() => ({ height: 88, cell: (order: ListedOrder) => <OrderCard order={order} names={names} /> }), [names]);
  const count = useCount(filters, !pages.isWaiting);
  const chosen = useChosen(pages.rows);
  const mass = useMass(chosen.orders, chosen.unchoose);
  return (
    <Page
      fill
      title={t('title')}
      about={count !== undefined && t('count', { count, shown: number(count) })}
      actions={
        <>
          <ViewsMenu search={search} layout={layout} go={go} />
          <FilesPopover
            filters={filters}
            sort={sortOf(search)}
            shown={shownColumns(columns, layout.layout).map(({ id }) => id)}
            count={count}
          />
          <span className={classes.wide}>
            <ColumnChooser columns={columns} state={layout} />
          </span>
        </>
      }
    >
      <FilterBar filters={useFilters(search, narrow)}>
        <SortSelect sort={sortOf(search)} set={setSort} />
      </FilterBar>
      {pages.error && <ProblemNote error={pages.error} retry={pages.retry} />}
      {!(pages.error && pages.isWaiting) && (
        <DataGrid
          fill
          label={t('title')}
          columns={columns}
          rows={pages.rows}
          idOf={idOf}
          layout={layout.layout}
          card={card}
          window={pages.window}
          waiting={pages.isWaiting}
          sort={{ by: sortOf(search), set: setSort }}
          selection={chosen.selection}
          onLook={({ id }) => narrow({ look: id })}
          onOpen={({ id }) => void navigate({ to: '/orders/$orderId', params: { orderId: id } })}
          empty={<NoOrders narrowed={isNarrowed(search)} clear={() => go({})} />}
        />
      )}
      {chosen.orders.length > 0 && (
        <MassBar
          chosen={chosen.orders.length}
          chooseAll={
            count !== undefined && count > chosen.orders.length && count <= mostAtOnce
              ? { count, choose: () => void chosen.chooseAll(filters) }
              : undefined
          }
          mass={mass}
          clear={chosen.clear}
        />
      )}
      {search.look && (
        <Suspense>
          <LookPanel orderId={search.look} names={names} close={() => narrow({ look: undefined })} />
        </Suspense>
      )}
      {mass.state && <MassDialog mass={mass} orders={chosen.orders} />}
    </Page>
  );
};

/** How many there are; counted only now and then, and never before the rows that somebody waits for. */
const useCount = (filters: Filters, enabled: boolean): number | undefined => {
  const { data } = useQuery({
    ...order.read('/orders/summary', { params: { query: filters } }),
    enabled,
    staleTime: 15_000,
    meta: { live: false },
    refetchInterval: 15_000,
  });
  return data?.stores.flatMap(({ orders }) => Object.values(orders)).reduce((sum, one) => sum + one, 0);
};

const NoOrders = ({ narrowed, clear }: { readonly narrowed: boolean; readonly clear: () => void }) => {
  const { t } = useTranslation('orders');
  const stores = useStores();
  if (narrowed)
    return (
      <Empty title={t('empty.narrowed')} text={t('empty.narrowedText')}>
        <Button variant="default" onClick={clear}>
          {t('empty.clear')}
        </Button>
      </Empty>
    );
  return stores.length === 0 ? (
    <Empty title={t('empty.none')} text={t('empty.noStore')}>
      <Button component={Link} to="/setup/stores/new">
        {t('empty.addStore')}
      </Button>
    </Empty>
  ) : (
    <Empty title={t('empty.none')} text={t('empty.noneText')}>
      <Button variant="default" component={Link} to="/sync">
        {t('empty.toSync')}
      </Button>
    </Empty>
  );
};

export default OrdersPage;
