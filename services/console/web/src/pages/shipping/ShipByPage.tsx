import { Button, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../api/marketplaces.ts';
import { fulfillment } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { wordsFor } from '../../ui/codes.ts';
import { Empty } from '../../ui/Empty.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { choiceFilter, useSearchChange } from '../../ui/filters.tsx';
import type { GridColumn } from '../../ui/grid/columns.ts';
import { OrderGrid } from '../../ui/grid/OrderGrid.tsx';
import { Waiting } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { PrintJob } from '../../ui/PrintJob.tsx';
import { useProgramNames } from '../../ui/programs.ts';
import { Status } from '../../ui/Status.tsx';
import { useList } from '../../ui/useList.ts';
import { When } from '../../ui/When.tsx';
import { Board, boardQuery } from './Board.tsx';
import { bucketOf, buckets, toneOfBucket } from './buckets.ts';
import { ShippingNav } from './ShippingNav.tsx';

const causes = ['stock', 'hold', 'buyer-cancel-request', 'cancellation', 'amazon-refused'] as const;

interface Search {
  readonly bucket?: string;
  readonly marketplace?: string;
  /** The store of a number of the board, without limiting everything else to it. */
  readonly of?: string;
  readonly blocked?: 'true' | 'false';
  readonly cause?: (typeof causes)[number];
}

/** What has to leave, and when: the board, and the orders behind its numbers, the most urgent first. */
const ShipByPage = () => {
  const { t } = useTranslation(['shipping', 'common']);
  const change = useSearchChange();
  const scope = useScope();
  const marketplaces = useMarketplaces();
  const levels: Readonly<Record<string, string>> = t('common:serviceLevel', { returnObjects: true });
  const programName = useProgramNames();
  const search = useSearch({ strict: false }) as Search;
  const bucket = bucketOf(search.bucket);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const query = {
    ...{ limit: 100, bucket, tenant: search.of ?? scope, marketplaceId: search.marketplace },
    ...{ blocked: search.blocked, blockedBy: search.cause },
  };
  const list = useList((cursor) => fulfillment.read('/ship-by/orders', { params: { query: { ...query, cursor } } }));
  // As high as there are marketplaces: what stands below it waits, so that it does not move.
  const board = useQuery(boardQuery);
  type Row = (typeof list.rows)[number];
  const columns = useMemo<GridColumn<Row>[]>(
    () => [
      {
        id: 'bucket',
        header: t('board.urgency'),
        width: 130,
        cell: (row) => <Status tone={toneOfBucket(row.bucket)}>{t(`bucket.${row.bucket}`)}</Status>,
      },
      {
        id: 'shipBy',
        header: t('board.shipBy'),
        width: 120,
        cell: ({ shipBy, marketplaceId }) => shipBy && <When at={shipBy} zone={marketplaces.get(marketplaceId)?.timeZone} />,
      },
      {
        id: 'number',
        header: t('board.order'),
        width: 130,
        fixed: true,
        cell: ({ orderId, number }) => (
          <Link to="/orders/$orderId" params={{ orderId }}>
            #{number}
          </Link>
        ),
      },
      { id: 'amazon', header: t('board.amazonOrder'), width: 190, cell: ({ amazonOrderId }) => amazonOrderId },
      {
        id: 'marketplace',
        header: t('board.marketplace'),
        width: 140,
        cell: ({ marketplaceId }) => marketplaces.get(marketplaceId)?.domain ?? marketplaceId,
      },
      { id: 'units', header: t('board.units'), width: 80, align: 'end', cell: ({ unitsToShip }) => unitsToShip },
      { id: 'service', header: t('board.service'), width: 150, cell: ({ serviceLevel }) => serviceLevel && wordsFor(levels, serviceLevel) },
      { id: 'programs', header: t('board.programs'), width: 130, cell: ({ programs }) => programs.map(programName).join(', ') },
      {
        id: 'obstacles',
        header: t('board.obstacles'),
        width: 320,
        cell: ({ obstacles }) =>
          obstacles.length > 0 && <Status tone="stopped">{obstacles.map(({ cause }) => t(`cause.${cause}`)).join(', ')}</Status>,
      },
    ],
    [t, marketplaces, levels, programName],
  );
  const ids = [...chosen].filter((id) => list.rows.some(({ orderId }) => orderId === id));
  const domainOf = (id: string): string => marketplaces.get(id)?.domain ?? id;
  const filters = [
    choiceFilter({
      ...{ id: 'bucket', label: t('board.urgency'), value: bucket, change },
      choices: buckets.map((one) => [one, t(`bucket.${one}`)] as const),
    }),
    choiceFilter({
      ...{ id: 'marketplace', label: t('board.marketplace'), value: search.marketplace, change },
      choices: [
        ...new Set([...list.rows.map(({ marketplaceId }) => marketplaceId), ...(search.marketplace ? [search.marketplace] : [])]),
      ].map((id) => [id, domainOf(id)] as const),
    }),
    choiceFilter({
      ...{ id: 'blocked', label: t('board.obstacles'), value: search.blocked, change },
      choices: [['true', t('board.some')] as const, ['false', t('board.noObstacle')] as const],
    }),
    choiceFilter({
      ...{ id: 'cause', label: t('board.cause'), value: search.cause, change },
      choices: causes.map((one) => [one, t(`cause.${one}`)] as const),
    }),
  ];
  return (
    <Page
      title={t('title')}
      about={t('about')}
      actions={
        <Button component={Link} to="/packing" search={(ids.length > 0 ? { orders: ids.join(',') } : {}) as never}>
          {ids.length > 0 ? t('board.packThese', { count: ids.length }) : t('board.pack')}
        </Button>
      }
    >
      <ShippingNav />
      {board.isPending ? (
        <Waiting height="60dvh" />
      ) : (
        <>
          <Board />
          <Group justify="space-between" align="start">
            <FilterBar filters={filters} />
            {ids.length > 0 && <PrintJob orderIds={ids} document="pick-list" label={t('packing.pickList')} />}
          </Group>
          <OrderGrid
            id="ship-by"
            label={t('board.orders')}
            columns={columns}
            list={list}
            chosen={chosen}
            choose={setChosen}
            empty={<Empty title={t('board.nothing')} text={t('board.nothingText')} />}
          />
        </>
      )}
    </Page>
  );
};

export default ShipByPage;
