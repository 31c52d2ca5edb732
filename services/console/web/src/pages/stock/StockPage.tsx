import { Alert, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fulfillment } from '../../api/services.ts';
import { Action } from '../../ui/Action.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { textFilter, useSearchChange } from '../../ui/filters.tsx';
import { number } from '../../ui/format.ts';
import { ColumnChooser } from '../../ui/grid/ColumnChooser.tsx';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Status } from '../../ui/Status.tsx';
import { useList } from '../../ui/useList.ts';
import { StockNav } from './StockNav.tsx';

const AddProduct = lazily(async () => ({ default: (await import('./AddProduct.tsx')).AddProduct }));
const StockDrawer = lazily(async () => ({ default: (await import('./StockDrawer.tsx')).StockDrawer }));
const StockImport = lazily(async () => ({ default: (await import('./StockImport.tsx')).StockImport }));

/** What is on the shelf, what of it is set aside, and what is running out. */
const StockPage = () => {
  const { t } = useTranslation('stock');
  const change = useSearchChange();
  const { sku, low, product } = useSearch({ strict: false }) as { sku?: string; low?: 'true'; product?: string };
  const [adds, setAdds] = useState<'product' | 'file'>();
  const differences = useQuery(fulfillment.read('/stock/differences', { params: { query: { limit: 50 } } }));
  const list = useList((cursor) => fulfillment.read('/stock', { params: { query: { limit: 100, sku, low, cursor } } }));
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'sku', header: t('sku'), width: 200, fixed: true, cell: (row) => <strong>{row.sku}</strong> },
      { id: 'title', header: t('product'), width: 320, cell: ({ title }) => title },
      { id: 'available', header: t('available'), width: 110, align: 'end', cell: (row) => <Available {...row} /> },
      { id: 'onHand', header: t('onHand'), width: 110, align: 'end', cell: ({ onHand }) => number(onHand) },
      { id: 'reserved', header: t('reserved'), width: 110, align: 'end', cell: ({ reserved }) => number(reserved) },
      {
        id: 'state',
        header: t('state'),
        width: 150,
        cell: ({ enabled, manageStock }) =>
          enabled ? t(manageStock ? 'managed' : 'unmanaged') : <Status tone="attention">{t('disabled')}</Status>,
      },
      {
        id: 'locations',
        header: t('locations'),
        width: 260,
        cell: ({ locations }) => locations.map(({ location, onHand }) => `${location}: ${number(onHand)}`).join(', '),
      },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (row) => (
        <ListCard
          name={row.sku}
          state={
            <>
              {t('available')}: <Available {...row} />
            </>
          }
          about={row.title}
          when={`${t('onHand')}: ${number(row.onHand)}`}
        />
      ),
    }),
    [t],
  );
  const state = useGridLayout('stock', columns);
  return (
    <Page
      title={t('title')}
      about={t('about')}
      fill
      actions={
        <>
          <ColumnChooser columns={columns} state={state} />
          <Action needs="operate" variant="default" onClick={() => setAdds('file')}>
            {t('import.title')}
          </Action>
          <Action needs="operate" onClick={() => setAdds('product')}>
            {t('add.title')}
          </Action>
        </>
      }
    >
      <StockNav />
      {(differences.data?.items.length ?? 0) > 0 && (
        <Alert color="red" title={t('differences.title')}>
          {t('differences.text')} {differences.data?.items.map((one) => one.sku).join(', ')}
        </Alert>
      )}
      <FilterBar filters={[textFilter({ id: 'sku', label: t('sku'), value: sku, change })]}>
        <Switch
          label={t('lowOnly')}
          checked={low === 'true'}
          onChange={({ currentTarget }) => change({ low: currentTarget.checked ? 'true' : undefined })}
        />
      </FilterBar>
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('title')}
        columns={columns}
        rows={list.rows}
        idOf={(row) => row.sku}
        layout={state.layout}
        card={card}
        onOpen={(row) => change({ product: row.sku })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t(low ? 'noneLow' : 'none')} text={t(low ? 'noneLowText' : 'noneText')} />}
      />
      {product && <StockDrawer sku={product} onClose={() => change({ product: undefined })} />}
      {adds === 'product' && <AddProduct onClose={() => setAdds(undefined)} />}
      {adds === 'file' && <StockImport onClose={() => setAdds(undefined)} />}
    </Page>
  );
};

const Available = ({ available, manageStock }: { readonly available: number; readonly manageStock: boolean }) =>
  manageStock && available <= 0 ? <Status tone="stopped">{number(available)}</Status> : number(available);

export default StockPage;
