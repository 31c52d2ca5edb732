import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fulfillment } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { choiceFilter, textFilter, useSearchChange } from '../../ui/filters.tsx';
import type { GridCard, GridColumn } from '../../ui/grid/columns.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { useGridLayout } from '../../ui/grid/layout.ts';
import { ListCard, listCardHeight } from '../../ui/ListCard.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';
import { Status, type Tone } from '../../ui/Status.tsx';
import { sayingOf } from '../../ui/told.ts';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { ShippingNav } from './ShippingNav.tsx';

const states = ['packed', 'shipped', 'voided'] as const;
const writeStates = ['none', 'waiting', 'uncertain', 'accepted', 'refused'] as const;

const tones: Readonly<Record<(typeof writeStates)[number], Tone>> = {
  none: 'quiet',
  waiting: 'waiting',
  uncertain: 'attention',
  accepted: 'ok',
  refused: 'stopped',
};

/** Every parcel, and whether Amazon knows of it. */
const ParcelsPage = () => {
  const { t } = useTranslation('shipping');
  const navigate = useNavigate();
  const tenant = useScope();
  const change = useSearchChange();
  const { state, write, tracking } = useSearch({ strict: false }) as {
    state?: (typeof states)[number];
    write?: (typeof writeStates)[number];
    tracking?: string;
  };
  const list = useList((cursor) =>
    fulfillment.read('/shipments', { params: { query: { limit: 100, tenant, state, writeState: write, tracking, cursor } } }),
  );
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      { id: 'made', header: t('parcels.made'), width: 120, cell: ({ createdAt }) => <When at={createdAt} /> },
      { id: 'state', header: t('parcels.state'), width: 120, cell: (row) => t(`parcel.${row.state}`) },
      {
        id: 'amazon',
        header: t('parcels.amazon'),
        width: 160,
        cell: ({ amazon: { state: told } }) => <Told state={told} />,
      },
      { id: 'carrier', header: t('packing.carrier'), width: 130, cell: ({ carrier }) => carrier },
      { id: 'tracking', header: t('packing.tracking'), width: 210, cell: ({ trackingNumber }) => trackingNumber },
      {
        id: 'order',
        header: t('board.order'),
        width: 130,
        cell: ({ orderId, position }) => (
          <Link to="/orders/$orderId" params={{ orderId }} search={{ tab: 'shipments' } as never}>
            {t('parcels.nth', { position })}
          </Link>
        ),
      },
      {
        id: 'units',
        header: t('board.units'),
        width: 80,
        align: 'end',
        cell: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
      },
      { id: 'by', header: t('parcels.by'), width: 150, cell: ({ createdBy }) => createdBy },
      { id: 'words', header: t('parcels.words'), width: 320, cell: ({ amazon: { refusal } }) => refusal && sayingOf(refusal) },
    ],
    [t],
  );
  const card = useMemo<GridCard<Row>>(
    () => ({
      height: listCardHeight,
      cell: (row) => (
        <ListCard
          name={row.trackingNumber ?? t('parcels.nth', row)}
          state={<Told state={row.amazon.state} />}
          about={`${t(`parcel.${row.state}`)} · ${row.carrier}`}
          when={<When at={row.createdAt} />}
        />
      ),
    }),
    [t],
  );
  const { layout } = useGridLayout('parcels', columns);
  const filters = [
    choiceFilter({
      ...{ id: 'state', label: t('parcels.state'), value: state, change },
      choices: states.map((one) => [one, t(`parcel.${one}`)] as const),
    }),
    choiceFilter({
      ...{ id: 'write', label: t('parcels.amazon'), value: write, change },
      choices: writeStates.map((one) => [one, t(`told.${one}`)] as const),
    }),
    textFilter({ id: 'tracking', label: t('packing.tracking'), value: tracking, change }),
  ];
  return (
    <Page title={t('parcels.title')} about={t('parcels.about')} fill>
      <ShippingNav />
      <FilterBar filters={filters} />
      {list.error && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={t('parcels.title')}
        columns={columns}
        rows={list.rows}
        idOf={({ id }) => id}
        layout={layout}
        card={card}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId }, search: { tab: 'shipments' } as never })}
        more={list.more}
        waiting={list.waiting}
        fill
        empty={<Empty title={t('parcels.none')} text={t('parcels.noneText')} />}
      />
    </Page>
  );
};

const Told = ({ state }: { readonly state: (typeof writeStates)[number] }) => {
  const { t } = useTranslation('shipping');
  return <Status tone={tones[state]}>{t(`told.${state}`)}</Status>;
};

export default ParcelsPage;
